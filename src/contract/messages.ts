import { ar } from './messages/ar.ts';
import { ckb } from './messages/ckb.ts';
import { de } from './messages/de.ts';
import { en } from './messages/en.ts';
import { es } from './messages/es.ts';
import { fa } from './messages/fa.ts';
import { fr } from './messages/fr.ts';
import { he } from './messages/he.ts';
import { hi } from './messages/hi.ts';
import { it } from './messages/it.ts';
import { kmr } from './messages/kmr.ts';
import { nl } from './messages/nl.ts';
import { pl } from './messages/pl.ts';
import { pt } from './messages/pt.ts';
import { ru } from './messages/ru.ts';
import { tr } from './messages/tr.ts';
import { pluralForm, writeDigits, type PluralForm } from './numbers.ts';
import type { Refusal } from './refusals.ts';

export type MessageKey = keyof typeof en;

/** A sentence that counts something: it has a form for each plural category of a language, `<key>.one`, `<key>.other`. */
export type CountedKey = {
  [Key in MessageKey]: Key extends `${infer Stem}.other` ? (`${Stem}.one` extends MessageKey ? Stem : never) : never;
}[MessageKey];

type Catalogue = Readonly<Record<MessageKey, string>>;

const catalogues: Readonly<Record<string, Catalogue>> = {
  en,
  ckb,
  ar,
  kmr,
  fa,
  tr,
  de,
  fr,
  es,
  it,
  pt,
  nl,
  pl,
  ru,
  hi,
  he,
};

/** The languages of the interface, each complete: a test compares every catalogue with the English one. */
export const interfaceLanguages: readonly string[] = Object.keys(catalogues);

type Values = Readonly<Record<string, string | number>>;

/** The sentence for a key in a language (English where Stet does not speak it), with `{name}` places filled in; a number
 *  in the digits of the language. Plain text: whoever puts it into a page escapes it. */
export function translate(language: string, key: MessageKey, values: Values = {}): string {
  const { spoken, catalogue } = findCatalogue(language);
  return fillIn(spoken, catalogue[key] ?? en[key], values);
}

/** The sentences of several keys, each under the name that its key has here, their places open. */
export function translateAll<Name extends string>(
  language: string,
  keys: Readonly<Record<Name, MessageKey>>,
): Readonly<Record<Name, string>> {
  const words = Object.entries<MessageKey>(keys).map(([name, key]) => [name, translate(language, key)]);
  return Object.fromEntries(words) as Record<Name, string>;
}

/** The sentence for a count, in the form that its language gives it; `{count}` is filled in besides the other places. */
export function translateCount(language: string, key: CountedKey, count: number, values: Values = {}): string {
  const { spoken } = findCatalogue(language);
  const forms = formsOf(language, key);
  return fillIn(spoken, forms[pluralForm(spoken, count)] ?? forms.other, { ...values, count });
}

/** The forms of a counted sentence, by plural category, with their places open: for a page that counts on by itself. */
export function formsOf(language: string, key: CountedKey): Forms {
  const sentences: Readonly<Record<string, string>> = findCatalogue(language).catalogue;
  const forms = pluralCategories.map((category) => [category, sentences[`${key}.${category}`]] as const);
  return Object.fromEntries(forms.filter(([, sentence]) => sentence !== undefined)) as Forms;
}

const pluralCategories = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

type Forms = Readonly<Partial<Record<PluralForm, string>> & { other: string }>;

function findCatalogue(language: string): { spoken: string; catalogue: Catalogue } {
  const spoken = findSpoken(language) ?? 'en';
  return { spoken, catalogue: catalogues[spoken] ?? en };
}

// Tags that name a language of ours by another name, the longest first: browsers and publishers say `ku` for Kurdish, which
// is Kurmanji unless its script says otherwise, and some still say `iw` for Hebrew.
const otherNames: readonly (readonly [string, string])[] = [
  ['ku-arab', 'ckb'],
  ['ku', 'kmr'],
  ['iw', 'he'],
];

/** The language of the interface that a tag means, in whatever case: `ckb-IQ` is `ckb`. Undefined where Stet does not
 *  speak it. */
function findSpoken(tag: string): string | undefined {
  const wanted = tag.toLowerCase();
  const covers = (name: string) => wanted === name || wanted.startsWith(`${name}-`);
  const named = otherNames.find(([name]) => covers(name))?.[1];
  return interfaceLanguages.find((language) => language === named || covers(language));
}

function fillIn(language: string, sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? writeDigits(language, value) : value;
  });
}

/** The sentence for a refusal. */
export function explainRefusal(language: string, { reason, field = '', values }: Refusal): string {
  return translate(language, `refusal.${reason}`, { field, ...values });
}

/** The first of the languages that Stet speaks, or English. `ckb-IQ` is spoken where `ckb` is, and `ku-Arab` as `ckb`. */
export function chooseInterface(...languages: readonly (string | undefined)[]): string {
  for (const language of languages) {
    const found = language === undefined ? undefined : findSpoken(language);
    if (found) return found;
  }
  return 'en';
}

/** The interface language that a reader's Accept-Language names first, or `standard`. */
export function chooseLanguage(acceptLanguage: string | undefined, standard: string): string {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(';');
      return { tag, quality: Number(quality.trim().slice(2)) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const found = findSpoken(tag);
    if (found) return found;
  }
  return standard;
}
