import { parsed, type Parsed } from './json.ts';
import { refused } from './refusals.ts';
import { countCodePoints, findRefusedCharacter, isBlank, nameCharacter, normaliseText } from './text.ts';

/** What a reader wrote (a comment, an appeal, a report's detail), normalised; undefined where nothing of it can be seen.
 *  Refused with `field` when it is no text, longer than `most` code points, or holds a refused character. */
export function parseProse(
  value: unknown,
  { field, most }: { field: string; most: number },
): Parsed<string | undefined> {
  if (value === undefined || value === null) return parsed(undefined);
  if (typeof value !== 'string') return refused('field_malformed', { field });
  const text = normaliseText(value);
  // Counted only where it matters: a text has never more code points than code units.
  const length = text.length > most ? countCodePoints(text) : text.length;
  if (length > most) return refused('text_too_long', { field, values: { most, length } });
  const character = findRefusedCharacter(text);
  if (character !== undefined) {
    return refused('text_characters', { field, values: { character: nameCharacter(character) } });
  }
  return parsed(isBlank(text) ? undefined : text);
}
