import { writeDigits } from '../../../contract/numbers.ts';

/** How figures are written in one language of the desk. Intl is not asked: few browsers know Kurdish, and the same figure must
 *  not look different on another machine. The marks are CLDR's. */
export type Writer = {
  /** A number with its thousands apart; rounded to the decimals, none unless told. */
  number: (value: number, decimals?: number) => string;
  /** A share of 1 in whole percent. All and nothing are only said where they are so: 0.999 is 99 %. */
  percent: (share: number) => string;
  /** A length of time in the two largest units that say something: "3 h 20 min". */
  duration: (seconds: number) => string;
  /** A day, 2026-11-22, as "22-11-2026", apart from what stands around it. */
  day: (day: string) => string;
  /** The same without the year. */
  shortDay: (day: string) => string;
  /** A full hour as "18:00". */
  hour: (hour: number) => string;
};

/** The words for lengths of time, as the catalogues have them. */
export type UnitWords = (
  unit: 'age.days' | 'age.hours' | 'age.minutes' | 'happened.seconds',
  values: { n: string },
) => string;

type Marks = { thousands: string; decimal: string; percent: string };

const english: Marks = { thousands: ',', decimal: '.', percent: '{n}%' };
const turkish: Marks = { thousands: '.', decimal: ',', percent: '%{n}' };
const persian: Marks = { thousands: '٬', decimal: '٫', percent: '{n}٪' };
const marksOf: Readonly<Record<string, Marks>> = { ckb: persian, fa: persian, kmr: turkish, tr: turkish };

/** The writer of a language, whose words for units are given. */
export function writerOf(language: string, words: UnitWords): Writer {
  const marks = marksOf[language] ?? english;
  const number = (value: number, decimals = 0): string => writeNumber(language, marks, value.toFixed(decimals));
  // The joiners keep a date in one line.
  const ordered = (parts: readonly string[]): string =>
    `\u2066${writeDigits(language, parts.join('\u2060-\u2060'))}\u2069`;
  return {
    number,
    percent: (share) => marks.percent.replace('{n}', number(wholePercent(share))),
    duration: (seconds) => writeDuration(seconds, number, words),
    day: (day) => ordered(day.split('-').toReversed()),
    shortDay: (day) => ordered(day.split('-').slice(1).toReversed()),
    hour: (hour) => `\u2066${writeDigits(language, `${String(hour).padStart(2, '0')}:00`)}\u2069`,
  };
}

function writeNumber(language: string, { thousands, decimal }: Marks, plain: string): string {
  const [whole = '', rest] = plain.replace('-', '\u2212').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return writeDigits(language, rest === undefined ? grouped : `${grouped}${decimal}${rest}`);
}

function wholePercent(share: number): number {
  if (share <= 0 || share >= 1) return share <= 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round(share * 100)));
}

const units: readonly { seconds: number; word: Parameters<UnitWords>[0] }[] = [
  { seconds: 86_400, word: 'age.days' },
  { seconds: 3600, word: 'age.hours' },
  { seconds: 60, word: 'age.minutes' },
  { seconds: 1, word: 'happened.seconds' },
];

function writeDuration(seconds: number, number: (value: number) => string, words: UnitWords): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = Math.max(
    0,
    units.findIndex((unit) => whole >= unit.seconds),
  );
  const largest = units[whole < 1 ? units.length - 1 : first];
  if (!largest) return '';
  const next = units[units.indexOf(largest) + 1];
  const told = [words(largest.word, { n: number(Math.floor(whole / largest.seconds)) })];
  const left = next ? Math.floor((whole % largest.seconds) / next.seconds) : 0;
  // Seconds beside minutes are a precision that nobody waits for.
  if (next && next.seconds > 1 && left > 0) told.push(words(next.word, { n: number(left) }));
  return told.join(' ');
}
