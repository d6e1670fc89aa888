import { type KnownLanguage, knownLanguages } from '../screening/index.ts';
import { type Attribute, attributes, describeSource, readsEveryText, valueOf } from './attributes.ts';
import type { Quality } from './quality.ts';
import type { Screen } from './read.ts';

// A word of one letter in the script of the language, so that the engine believes the language it is told.
const letters: Partial<Record<KnownLanguage, string>> = { ar: 'ا', fa: 'ا', ckb: 'ا', ru: 'а', hi: 'अ' };

/** The languages in which each attribute is given, by its name: asked of the engine, one short reading a language. Throws
 *  when the engine does. */
export function findCoverage(screenWith: Screen): ReadonlyMap<string, readonly KnownLanguage[]> {
  const readings = knownLanguages
    .map((lang) => ({ lang, reading: screenWith({ text: letters[lang] ?? 'a', lang }) }))
    .filter(({ lang, reading }) => reading.lang === lang);
  const languagesOf = (attribute: Attribute): readonly KnownLanguage[] =>
    readings.filter(({ reading }) => valueOf(attribute, reading) !== undefined).map(({ lang }) => lang);
  return new Map(attributes.map((attribute) => [attribute.name, languagesOf(attribute)]));
}

/** An attribute as `GET /v1alpha1/attributes` shows it. */
export type ShownAttribute = {
  name: string;
  family: string;
  computedFrom: string;
  scores: readonly string[];
  /** Whether texts in any other language are read for it as well. */
  everyText: boolean;
  /** By language: whether the scores behind it were measured on texts that the model had not seen, and what was found. */
  languages: Readonly<Record<string, { calibrated: boolean; heldOut: Readonly<Record<string, object>> }>>;
};

/** The registry with what is known of each attribute. */
export function showAttributes(screenWith: Screen, quality: Quality): readonly ShownAttribute[] {
  const coverage = findCoverage(screenWith);
  return attributes.map((attribute) => {
    const { name, family, from } = attribute;
    const languages = (coverage.get(name) ?? []).map((lang) => {
      const measured = from.flatMap((key) => {
        const found = quality.find((row) => row.lang === lang && row.head === key);
        return found ? [[key, found.measures] as const] : [];
      });
      return [lang, { calibrated: measured.length === from.length, heldOut: Object.fromEntries(measured) }] as const;
    });
    return {
      name,
      family,
      computedFrom: describeSource(attribute),
      scores: from,
      everyText: readsEveryText(attribute),
      languages: Object.fromEntries(languages),
    };
  });
}
