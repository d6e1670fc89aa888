import { pluralForm, writeDigits } from './numbers.ts';

type Unit = 'minute' | 'hour' | 'day';
type Table = { now: string; yesterday: string } & Readonly<Record<Unit, { one: string; other: string }>>;

// Browsers know no Sorani here and write "-3 h", and not each of them knows Kurmanji.
const ownTables: Readonly<Record<string, Table>> = {
  ckb: {
    now: 'ئێستا',
    yesterday: 'دوێنێ',
    minute: { one: 'پێش خولەکێک', other: 'پێش {count} خولەک' },
    hour: { one: 'پێش کاتژمێرێک', other: 'پێش {count} کاتژمێر' },
    day: { one: 'پێش ڕۆژێک', other: 'پێش {count} ڕۆژ' },
  },
  kmr: {
    now: 'niha',
    yesterday: 'duh',
    minute: { one: 'berî deqeyekê', other: 'berî {count} deqeyan' },
    hour: { one: 'berî saetekê', other: 'berî {count} saetan' },
    day: { one: 'berî rojekê', other: 'berî {count} rojan' },
  },
};

const minuteMilliseconds = 60_000;
// After a week nobody counts days any more: the date says more.
const mostDays = 7;

/** How long ago a time was, in words of the language and its digits ("3 hours ago", "yesterday"); undefined from a week on, and
 *  for a time more than a minute ahead. Whole units that have passed, 24 hours to a day; "yesterday" is a day ago. Pure. */
export function sayAgo(time: Date, { now, language }: { now: Date; language: string }): string | undefined {
  const minutes = Math.floor((now.getTime() - time.getTime()) / minuteMilliseconds);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < -1 || days >= mostDays) return undefined;
  const [count, unit]: [number, Unit] = days > 0 ? [days, 'day'] : hours > 0 ? [hours, 'hour'] : [minutes, 'minute'];
  const table = ownTables[language.split('-')[0] ?? ''];
  return writeDigits(language, table ? fromTable(table, { count, unit }) : byIntl(language, { count, unit }));
}

type Passed = { count: number; unit: Unit };

function fromTable(table: Table, { count, unit }: Passed): string {
  if (count < 1) return table.now;
  if (unit === 'day' && count === 1) return table.yesterday;
  return table[unit][pluralForm('ckb', count) === 'one' ? 'one' : 'other'].replace('{count}', String(count));
}

function byIntl(language: string, { count, unit }: Passed): string {
  const format = new Intl.RelativeTimeFormat([`${language}-u-nu-latn`, 'en'], { numeric: 'auto' });
  return count < 1 ? format.format(0, 'second') : format.format(-count, unit);
}
