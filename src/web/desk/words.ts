import { writeDigits } from '../../contract/numbers.ts';
import { wordsOf, type Catalogue, type Words } from '../words.ts';
import type { WordKey } from './wordKeys.ts';

// Each in a file of its own that is fetched when somebody chooses it: six languages of sentences weigh more than the desk.
const catalogues = {
  en: async () => (await import('./messages/en.ts')).en,
  ar: async () => (await import('./messages/ar.ts')).ar,
  ckb: async () => (await import('./messages/ckb.ts')).ckb,
  kmr: async () => (await import('./messages/kmr.ts')).kmr,
  tr: async () => (await import('./messages/tr.ts')).tr,
  fa: async () => (await import('./messages/fa.ts')).fa,
} satisfies Record<string, () => Promise<Catalogue<WordKey>>>;

export type DeskLanguage = keyof typeof catalogues;

/** The languages of the desk, each complete: a test compares every catalogue with the English one. */
export const deskLanguages: readonly DeskLanguage[] = ['en', 'ar', 'ckb', 'kmr', 'tr', 'fa'];

const fetched = new Map<DeskLanguage, Words<WordKey>>();

/** Fetches the sentences of a language, once. Rejects where they cannot be reached. */
export async function fetchWords(language: DeskLanguage): Promise<void> {
  if (fetched.has(language)) return;
  const catalogue = await catalogues[language]();
  fetched.set(
    language,
    wordsOf(catalogue, (value) => writeDigits(language, value)),
  );
}

/** The desk's sentences in a language that was fetched before; throws otherwise. */
export function deskWords(language: DeskLanguage): Words<WordKey> {
  const words = fetched.get(language);
  if (!words) throw new Error(`the sentences of ${language} were not fetched`);
  return words;
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
