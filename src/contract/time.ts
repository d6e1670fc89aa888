/** A time for the public: UTC, ISO 8601, rounded down to the minute, so that it tells less of who was online. */
export function publicTime(time: Date): string {
  return `${time.toISOString().slice(0, 16)}:00Z`;
}

/** `time` moved by a number of minutes. */
export function addMinutes(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}

/** `time` moved by a number of days of 24 hours. */
export function addDays(time: Date, days: number): Date {
  return addMinutes(time, days * 1440);
}

/** When the name of a network that was written down at a time means nothing any more: a day's key is kept on its UTC day
 *  and the next. */
export function networkEnd(written: Date): Date {
  return new Date((Math.floor(written.getTime() / 86_400_000) + 2) * 86_400_000);
}
