import { wordsOf, type Words } from '../words.ts';
import ar from './messages/ar.json' with { type: 'json' };
import ckb from './messages/ckb.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import type { WordKey } from './wordKeys.ts';

const catalogues = { en, ar, ckb } satisfies Record<string, Record<WordKey, string>>;

export type DeskLanguage = keyof typeof catalogues;

/** The languages of the desk, each complete: a test compares every catalogue with the English one. */
export const deskLanguages: readonly DeskLanguage[] = ['en', 'ar', 'ckb'];

/** The desk's sentences in one of its languages. */
export function deskWords(language: DeskLanguage): Words<WordKey> {
  return wordsOf(catalogues[language]);
}

// Each language in its own words: a person who cannot read the desk finds the way out, and ICU, which many browsers ship
// without Kurdish, is not needed.
const ownNames: Readonly<Record<string, string>> = {
  en: 'English',
  ar: 'العربية',
  ckb: 'کوردیی ناوەندی',
  kmr: 'Kurmancî',
  ku: 'Kurdî',
  fa: 'فارسی',
  tr: 'Türkçe',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  pt: 'Português',
  nl: 'Nederlands',
  pl: 'Polski',
  ru: 'Русский',
  hi: 'हिन्दी',
};

/** What a language calls itself; its code where that is not known. */
export function nameLanguage(language: string): string {
  return ownNames[language] ?? ownNames[language.split('-')[0] ?? ''] ?? language;
}
