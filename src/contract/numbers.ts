/** The plural categories of CLDR. */
export type PluralForm = Intl.LDMLPluralRule;

/** The form that a noun takes after a count in a language; a language that nobody knows counts as English does. So does
 *  Kurdish (ckb, kmr) by CLDR, so that it does not matter which ICU knows it. */
export function pluralForm(language: string, count: number): PluralForm {
  return rulesOf(primaryOf(language)).select(count);
}

/** The forms that whole numbers below a million take in a language, `other` always among them: those that its sentences
 *  have to have. French `many`, for instance, begins at a million. */
export function pluralForms(language: string): readonly PluralForm[] {
  const forms = rulesOf(primaryOf(language)).resolvedOptions().pluralCategories;
  const taken = new Set(Array.from({ length: 201 }, (_, count) => pluralForm(language, count)));
  return forms.filter((form) => form === 'other' || taken.has(form));
}

// The first digit, zero, of languages whose press does not write 0–9. Arabic papers write both; the reader's pages write
// 0–9 there, as CLDR does for `ar`.
const zeros: Readonly<Record<string, number>> = { ckb: 0x660, fa: 0x6f0 };

/** A whole number or a text with numbers, its digits as the language writes them; without separators. */
export function writeDigits(language: string, text: string | number): string {
  const zero = zeros[primaryOf(language)];
  if (zero === undefined) return String(text);
  return String(text).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

const kept = new Map<string, Intl.PluralRules>();

function rulesOf(primary: string): Intl.PluralRules {
  const known = kept.get(primary);
  if (known) return known;
  const made = new Intl.PluralRules([primary, 'en']);
  kept.set(primary, made);
  return made;
}

function primaryOf(language: string): string {
  return language.split('-')[0] ?? '';
}
