import pg from 'pg';

const int8 = 20;
const int8Array = 1016;
const date = 1082;

/** The reader of a column's text by its PostgreSQL type: int8 as number (throws a RangeError past 2^53, rather than
 *  round), timestamptz as Date, bytea as Buffer, date as `YYYY-MM-DD` (a day has no time zone), the rest as pg does. */
export const readColumn: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') => {
  if (format === 'binary') return pg.types.getTypeParser(type, 'binary');
  if (type === int8) return readInteger;
  if (type === int8Array) return (text: string) => readIntegers(text);
  if (type === date) return (text: string) => text;
  return pg.types.getTypeParser(type, 'text');
};

function readIntegers(text: string): (number | null)[] {
  return text
    .slice(1, -1)
    .split(',')
    .filter((part) => part !== '')
    .map((part) => (part === 'NULL' ? null : readInteger(part)));
}

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is past what a number holds exactly`);
  return value;
}
