import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { countCodePoints, findRefusedCharacter, isBlank, normaliseText } from '../contract/text.ts';

/** What a reader wrote beside a comment (an appeal, a report's detail), by the rules of a comment's text; undefined
 *  where nothing of it can be seen. Refused with `field` when it is no text, too long, or holds a refused character. */
export function parseProse(
  value: unknown,
  { field, most }: { field: string; most: number },
): Parsed<string | undefined> {
  if (value === undefined || value === null) return parsed(undefined);
  if (typeof value !== 'string') return refused('field_malformed', { field });
  const text = normaliseText(value);
  const length = countCodePoints(text);
  if (length > most) return refused('text_too_long', { field, values: { most, length } });
  const character = findRefusedCharacter(text);
  if (character !== undefined) {
    const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return refused('text_characters', { field, values: { character: name } });
  }
  return parsed(isBlank(text) ? undefined : text);
}
