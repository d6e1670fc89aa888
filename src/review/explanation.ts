import { explanationCodeUnits } from '../contract/desk.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { findRefusedCharacter, isBlank, normaliseText } from '../contract/text.ts';

/** An explanation under the rules of a reader's text, because a reader gets to read it: NFC, LF, no controls and no
 *  invisible tricks. One that shows nothing counts as none. */
export function parseExplanation(written: string | undefined): Parsed<string | undefined> {
  if (written === undefined) return parsed(undefined);
  const field = 'explanation';
  const explanation = normaliseText(written);
  const character = findRefusedCharacter(explanation);
  if (character !== undefined) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return refused('text_characters', { field, values: { character: `U+${code}` } });
  }
  if (explanation.length > explanationCodeUnits) {
    return refused('explanation_too_long', { field, values: { most: explanationCodeUnits } });
  }
  return parsed(isBlank(explanation) ? undefined : explanation);
}
