/** The longest name and text, in code points after NFC (contract.md). */
export const nameCodePoints = 80;
export const textCodePoints = 4000;

/** The one documented normalisation of what a reader wrote: Unicode NFC, and CRLF to LF. Nothing else is ever changed. */
export function normaliseText(written: string): string {
  return written.replaceAll('\r\n', '\n').normalize('NFC');
}

/** The number of code points; a surrogate pair counts once. Linear. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}

// Nothing of this line can be wrong in a text, and most comments in Latin script are nothing else.
const plainText = /^[\n\t -~\u00a0-\u00ac\u00ae-\u036f]*$/u;

// threats.md §4: controls (tab and line feed stay), bidi embeddings, overrides and isolates, interlinear annotation,
// noncharacters. ZWNJ, ZWJ, LRM, RLM and ALM stay: Kurdish, Persian and emoji need them.
const refusedInText =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\p{Noncharacter_Code_Point}]/u;

// A flag sequence is a black flag, tag letters or digits, and the cancel tag; tag characters anywhere else hide text.
const flagSequence = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}/gu;
const tagCharacter = /[\u{e0000}-\u{e007f}]/u;

/** The first character that a comment's text may not hold, or undefined. `text` is normalised; pure and linear. */
export function findRefusedCharacter(text: string): string | undefined {
  if (plainText.test(text)) return undefined;
  if (!text.isWellFormed()) return '\ufffd';
  const refused = refusedInText.exec(text) ?? tagCharacter.exec(text.replace(flagSequence, ''));
  return refused?.[0];
}

/** "U+202E" for a character that cannot be shown, as a refusal names it. */
export function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

// U+2800 is Braille's space: Unicode counts it among the symbols, and nothing of it is seen.
const visible = /[^\s\u2800\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** Whether nothing of the text can be seen: white space and invisible characters only. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

const nameBidiOrIgnorable = /[\u2800\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cc}]/u;
const arabicJoiner = /(?<=\p{Script=Arabic}\p{M}*)\u200c(?=\p{Script=Arabic})/gu;
const letters = /[\p{L}\p{M}]/u;

const otherScripts = (
  'Greek Hebrew Devanagari Armenian Georgian Thai Bengali Tamil Telugu Gujarati Gurmukhi Kannada Malayalam Sinhala ' +
  'Khmer Lao Myanmar Tibetan Ethiopic Syriac Thaana Mongolian Cherokee Tifinagh Nko'
).split(' ');

// Scripts that one language writes together count as one (UTS 39 §5.1, augmented script sets).
const scripts: readonly RegExp[] = [
  /^[\p{Script=Latin}\p{Script=Inherited}\p{Script=Common}]*$/u,
  /^[\p{Script=Arabic}\p{Script=Inherited}\p{Script=Common}]*$/u,
  /^[\p{Script=Cyrillic}\p{Script=Inherited}\p{Script=Common}]*$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Inherited}\p{Script=Common}]*$/u,
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Inherited}\p{Script=Common}]*$/u,
  /^[\p{Script=Han}\p{Script=Bopomofo}\p{Script=Inherited}\p{Script=Common}]*$/u,
  ...otherScripts.map((script) => new RegExp(`^[\\p{Script=${script}}\\p{Script=Inherited}\\p{Script=Common}]*$`, 'u')),
];

/** Whether a name holds something that could make it look like another: bidi controls, invisible characters (a ZWNJ
 *  between two Arabic letters stays, Kurdish spelling needs it), or letters of scripts that no language mixes. */
export function hasRefusedNameCharacter(name: string): boolean {
  if (/^[ -~]*$/.test(name)) return false;
  if (!name.isWellFormed() || findRefusedCharacter(name) !== undefined) return true;
  const joined = name.replace(arabicJoiner, '');
  if (nameBidiOrIgnorable.test(joined)) return true;
  return letters.test(joined) && !isOfOneScript(joined);
}

/** Whether all letters are of one script, or of those that one language writes together. */
export function isOfOneScript(text: string): boolean {
  return scripts.some((script) => script.test(text));
}

const strong = /[\p{L}\p{Nl}]/u;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of the first strong character, as `dir=auto` finds it (HTML, "the directionality"); 'ltr' without one. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const first = strong.exec(text);
  return first && rightToLeft.test(first[0]) ? 'rtl' : 'ltr';
}
