import { writeDigits } from './numbers.ts';

/** How a site shows its times: a pattern of dd, MM, yyyy, HH and mm (also d, M, yy, H, m), `language` for the way the
 *  language writes a long date with its time, or `relative`: the same, of which a script makes "3 hours ago" (contract/ago.ts). */
export type DateStyle = { pattern: string; timeZone: string; language: string };

/** The time as the site wishes, as plain text. Digits and marks of a pattern run from left to right whatever stands
 *  around them, so that the element holding it needs `dir="auto"`. A time zone that is unknown throws a RangeError. */
export function showTime(time: Date, { pattern, timeZone, language }: DateStyle): string {
  if (!isLong(pattern)) return fillPattern(pattern, readClock(time, timeZone));
  const own = findOwnCalendar(language);
  if (own) return own(readClock(time, timeZone));
  return longFormat(language, timeZone).format(time);
}

/** Whether times are shown in the words of the language, and not in digits and marks alone. */
export function isLong(pattern: string): boolean {
  return pattern === 'language' || pattern === 'relative';
}

/** The time as `showTime` makes it, isolated: in a sentence from right to left, where no element can hold it, the parts of a
 *  pattern would change places. */
export function showTimeWithin(time: Date, style: DateStyle): string {
  return `\u2068${showTime(time, style)}\u2069`;
}

type Clock = { year: number; month: number; day: number; hour: number; minute: number };

function readClock(time: Date, timeZone: string): Clock {
  if (timeZone !== 'UTC') return readZonedClock(time, timeZone);
  return {
    year: time.getUTCFullYear(),
    month: time.getUTCMonth() + 1,
    day: time.getUTCDate(),
    hour: time.getUTCHours(),
    minute: time.getUTCMinutes(),
  };
}

function readZonedClock(time: Date, timeZone: string): Clock {
  const clock: Clock = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of zoneFormat(timeZone).formatToParts(time)) {
    if (type in clock) clock[type as keyof Clock] = Number(value);
  }
  return clock;
}

function fillPattern(pattern: string, clock: Clock): string {
  return pattern.replace(/yyyy|yy|dd?|MM?|HH?|mm?/g, (part) => {
    const value = { y: clock.year, d: clock.day, M: clock.month, H: clock.hour, m: clock.minute }[part[0] ?? ''];
    const digits = String(value).padStart(part.length, '0');
    return part === 'yy' ? digits.slice(-2) : digits;
  });
}

// Not every ICU knows Kurdish, and a page must not look different on another machine. The month names are CLDR's
// (ckb and kmr, version 48), in the case that a date takes.
const soraniMonths = [
  'کانوونی دووەم',
  'شوبات',
  'ئازار',
  'نیسان',
  'ئایار',
  'حوزەیران',
  'تەمووز',
  'ئاب',
  'ئەیلوول',
  'تشرینی یەکەم',
  'تشرینی دووەم',
  'کانوونی یەکەم',
];
const kurmanjiMonths = [
  'rêbendana',
  'sibata',
  'adara',
  'nîsana',
  'gulana',
  'hezîrana',
  'tîrmeha',
  'tebaxa',
  'îlona',
  'cotmeha',
  'mijdara',
  'berfanbara',
];

const ownCalendars: Record<string, (clock: Clock) => string> = {
  ckb: showSorani,
  kmr: showKurmanji,
  'ku-arab': showSorani,
  ku: showKurmanji,
};

function findOwnCalendar(language: string): ((clock: Clock) => string) | undefined {
  const [primary = '', script = ''] = language.toLowerCase().split('-');
  return ownCalendars[`${primary}-${script}`] ?? ownCalendars[primary];
}

function showSorani(clock: Clock): string {
  const text = `${clock.day}ی ${soraniMonths[clock.month - 1]}ی ${clock.year}، ${fillPattern('HH:mm', clock)}`;
  return writeDigits('ckb', text);
}

function showKurmanji(clock: Clock): string {
  return `${clock.day}ê ${kurmanjiMonths[clock.month - 1]} ${clock.year}an, ${fillPattern('HH:mm', clock)}`;
}

// Making a formatter costs fifty times as much as using it. There are as many as sites have time zones and languages.
const zoneFormats = new Map<string, Intl.DateTimeFormat>();
const longFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = zoneFormats.get(timeZone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { ...parts, hourCycle: 'h23', timeZone });
  zoneFormats.set(timeZone, made);
  return made;
}

function longFormat(language: string, timeZone: string): Intl.DateTimeFormat {
  const name = `${language} ${timeZone}`;
  const known = longFormats.get(name);
  if (known) return known;
  // CLDR writes Hindi hours with an English "pm".
  const clock = language.startsWith('hi') ? ({ hourCycle: 'h23' } as const) : {};
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone, ...clock } as const;
  const made = new Intl.DateTimeFormat([language, 'en'], style);
  longFormats.set(name, made);
  return made;
}
