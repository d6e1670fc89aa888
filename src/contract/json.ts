import { refused, type Refused } from './refusals.ts';

export type JsonObject = Record<string, unknown>;

export type Parsed<T> = { outcome: 'parsed'; value: T } | Refused;

/** What a parser found, as the parsed outcome. */
export function parsed<T>(value: T): { outcome: 'parsed'; value: T } {
  return { outcome: 'parsed', value };
}

/** Whether the value is a plain JSON object, neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string field of a body: refused as required when it is absent, and as malformed when it is no string, is longer
 *  than `most` code units, or holds NUL or a lone surrogate, which PostgreSQL cannot keep. */
export function readString(body: JsonObject, field: string, most: number): Parsed<string> {
  const value = body[field];
  if (value === undefined || value === null || value === '') return refused('field_required', { field });
  if (!isStorable(value, most)) return refused('field_malformed', { field });
  return parsed(value);
}

/** As `readString`, but absence, null and '' are `undefined`. */
export function readOptionalString(body: JsonObject, field: string, most: number): Parsed<string | undefined> {
  const value = body[field];
  if (value === undefined || value === null || value === '') return parsed(undefined);
  if (!isStorable(value, most)) return refused('field_malformed', { field });
  return parsed(value);
}

function isStorable(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most && !value.includes('\u0000') && value.isWellFormed();
}
