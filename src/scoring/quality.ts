import { readFileSync } from 'node:fs';
import { isObject } from '../contract/json.ts';

/** What was measured of a score in a language, on texts that the model had not seen. */
export type Quality = readonly { lang: string; head: string; measures: Readonly<Record<string, number>> }[];

const file = new URL('../screening/model/quality.json', import.meta.url);

/** The measurements that the training wrote beside the model. None where there is no such file or it is unreadable: then
 *  nothing was measured, and that is what is shown. */
export function readQuality(): Quality {
  try {
    return parseQuality(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  } catch {
    return [];
  }
}

/** The rows of a list of `{lang, head, …numbers}` that can be read; the rest is passed over, and so are figures over texts
 *  of which none breaks anything, or every one: they say nothing. Pure. */
export function parseQuality(value: unknown): Quality {
  if (!Array.isArray(value)) return [];
  return value.flatMap((row: unknown) => {
    if (!isObject(row) || typeof row['lang'] !== 'string' || typeof row['head'] !== 'string') return [];
    const { lang, head, ...rest } = row;
    if (rest['breaches'] === 0 || (rest['count'] !== undefined && rest['breaches'] === rest['count'])) return [];
    const numbers = Object.entries(rest).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
    return numbers.length === 0
      ? []
      : [{ lang: String(lang), head: String(head), measures: Object.fromEntries(numbers) }];
  });
}
