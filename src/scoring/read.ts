import { detectLanguage, type Ruleset, type Screening, type screen } from '../screening/index.ts';
import { type Attribute, readsEveryText, valueOf } from './attributes.ts';
import * as faults from './faults.ts';
import type { Fault } from './faults.ts';
import { readLanguageTag } from './languages.ts';

export type Screen = typeof screen;

/** A text read once in each language that it is said to be in. */
export type Readings = {
  readings: readonly Screening[];
  /** The tags of the request that the engine does not read, as they were sent. */
  unread: readonly string[];
  /** Whether the caller named languages. */
  named: boolean;
  detected: string;
  /** The engine that read. */
  model: string;
  /** Reads a piece of the text in the same languages. */
  readPiece: (piece: string) => readonly Screening[];
};

/** Reads a text. A language that was named is believed where the text is in its script; else the engine goes by what it
 *  detects, since Coral names `en` for every language it does not know. Throws when the engine does. */
export function readTextIn(
  text: string,
  { tags, rules, screenWith }: { tags: readonly string[]; rules: Ruleset; screenWith: Screen },
): Readings {
  const codes = new Set<string | undefined>();
  const unread: string[] = [];
  for (const tag of tags) {
    const code = readLanguageTag(tag);
    if (code === undefined) unread.push(tag);
    else codes.add(code);
  }
  // What is read in every text is read in theirs, too.
  if (tags.length === 0 || unread.length > 0) codes.add(undefined);
  const readIn = (piece: string, langs: Iterable<string | undefined>): Map<string, Screening> => {
    const found = new Map<string, Screening>();
    for (const lang of langs) {
      const screening = screenWith({ text: piece, lang }, rules);
      found.set(screening.lang, screening);
    }
    return found;
  };
  const readings = readIn(text, codes);
  return {
    readings: [...readings.values()],
    unread,
    named: tags.length > 0,
    // Told no language, the engine has gone by what it detects: no need to look again.
    detected: (tags.length === 0 ? [...readings.keys()][0] : undefined) ?? detectLanguage(text),
    model: [...readings.values()].map(({ model }) => model)[0] ?? '',
    readPiece: (piece) => [...readIn(piece, readings.keys()).values()],
  };
}

/** The attribute's value, the highest of the readings; undefined where one of the languages does not give it. */
export function highestValue(
  attribute: Attribute,
  { readings, unread }: Pick<Readings, 'readings' | 'unread'>,
): number | undefined {
  if (unread.length > 0 && !readsEveryText(attribute)) return undefined;
  let highest: number | undefined;
  for (const reading of readings) {
    const value = valueOf(attribute, reading);
    if (value === undefined) return undefined;
    highest = Math.max(highest ?? 0, value);
  }
  return highest;
}

/** The fault that says in which language the attribute is not given. */
export function explainMissing(
  attribute: Attribute,
  { readings, unread, named }: Readings,
  tags: readonly string[],
): Fault {
  if (attribute.from.length === 0 && named)
    return faults.languageUnsupported(attribute.name, { requestedLanguages: tags });
  if (unread.length > 0) return faults.languageUnsupported(attribute.name, { requestedLanguages: unread });
  const lacking = readings.filter((reading) => valueOf(attribute, reading) === undefined).map(({ lang }) => lang);
  if (lacking.includes('und') && !readsEveryText(attribute) && attribute.from.length > 0)
    return faults.languageUndetected();
  return faults.languageUnsupported(attribute.name, { detectedLanguages: lacking });
}
