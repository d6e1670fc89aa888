/** Midnight of the day that it is in the zone, as if the zone were UTC. */
export function readLocalDay(timeZone: string, now: Date): number {
  const local = now.getTime() + offsetAt(timeZone, now.getTime());
  return Math.floor(local / 86_400_000) * 86_400_000;
}

/** The instant at which a clock of the zone shows the minutes of a day. In the hour that the clocks leave out it is the
 *  moment they are moved on by; of an hour that comes twice it is one of both. */
export function toInstant(timeZone: string, day: number, minutes: number): number {
  const local = day + minutes * 60_000;
  const guess = local - offsetAt(timeZone, local);
  return local - offsetAt(timeZone, guess);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(timeZone: string, instant: number): number {
  const format = formats.get(timeZone) ?? makeFormat(timeZone);
  formats.set(timeZone, format);
  const read: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) read[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  const parts = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { ...parts, hourCycle: 'h23', timeZone });
}
