/** One version of a guideline of a site. Titles and wordings are by language; the site's own language is always there. */
export type Guideline = {
  key: string;
  version: number;
  position: number;
  titles: Readonly<Record<string, string>>;
  wordings: Readonly<Record<string, string>>;
  retired: boolean;
};

/** The text for a language, or for the site's language, or any that there is. */
export function inLanguage(texts: Readonly<Record<string, string>>, ...languages: readonly string[]): string {
  for (const language of languages) {
    const found = texts[language] ?? texts[language.split('-')[0] ?? ''];
    if (found !== undefined) return found;
  }
  return texts['en'] ?? Object.values(texts)[0] ?? '';
}
