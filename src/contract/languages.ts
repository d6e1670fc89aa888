/** Languages whose texts are written from right to left, by their primary subtag. */
const rightToLeftLanguages: ReadonlySet<string> = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

/** The direction of a language's script: a script subtag decides where there is one (`ku-Arab`, `az-Latn`). */
export function directionOfLanguage(language: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = language.toLowerCase().split('-');
  if (rest.includes('arab') || rest.includes('hebr')) return 'rtl';
  if (rest.includes('latn') || rest.includes('cyrl')) return 'ltr';
  return rightToLeftLanguages.has(primary) ? 'rtl' : 'ltr';
}

/** Whether the value has the shape of a BCP 47 tag (`en`, `ckb`, `ku-Arab-IQ`). */
export function isLanguageTag(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(value);
}
