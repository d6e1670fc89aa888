import { directionOfLanguage } from '../contract/languages.ts';

/** A catalogue of sentences in one language, by key. */
export type Catalogue<Key extends string> = Readonly<Record<Key, string>>;

/** The sentence for a key, with its `{name}` places filled in. */
export type Words<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const rememberedLanguage = 'stet.language';

/** The words of one language; `write` has its digits for the numbers among them. Each filled-in string stands between U+2068 and
 *  U+2069, so that a name written from right to left cannot turn the sentence around it. */
export function wordsOf<Key extends string>(
  catalogue: Catalogue<Key>,
  write: (value: number) => string = String,
): Words<Key> {
  return (key, values = {}) =>
    catalogue[key].replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      if (value === undefined) return place;
      return typeof value === 'number' ? write(value) : `\u2068${value}\u2069`;
    });
}

/** The first of the wanted languages that is spoken, or `standard`. `ckb-IQ` is spoken where `ckb` is. */
export function chooseSpoken<Language extends string>(
  wanted: readonly (string | null | undefined)[],
  spoken: readonly Language[],
  standard: Language,
): Language {
  for (const tag of wanted) {
    const found = spoken.find((language) => tag === language || tag?.toLowerCase().startsWith(`${language}-`));
    if (found) return found;
  }
  return standard;
}

/** The language that the moderator chose in this browser, if any. */
export function recallLanguage(): string | null {
  return recall('localStorage', rememberedLanguage);
}

/** Remembers the moderator's choice in this browser. */
export function rememberLanguage(language: string): void {
  remember('localStorage', rememberedLanguage, language);
}

/** Sets language and direction of the whole page. */
export function turnPage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOfLanguage(language);
}

/** A storage by its name: where the browser forbids it, already to name `localStorage` itself throws. */
export type StorageName = 'localStorage' | 'sessionStorage';

/** What a storage holds under a name; null as well where the browser forbids storage. */
export function recall(storage: StorageName, name: string): string | null {
  try {
    return globalThis[storage].getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a value in a storage, or takes it out with null. A full or forbidden storage is passed over: the desk works
 *  without a memory, it only forgets. */
export function remember(storage: StorageName, name: string, value: string | null): void {
  try {
    if (value === null) globalThis[storage].removeItem(name);
    else globalThis[storage].setItem(name, value);
  } catch {
    return;
  }
}
