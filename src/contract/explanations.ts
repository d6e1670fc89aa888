import type { Guideline, Texts } from './guideline.ts';
import { interfaceLanguages, translate } from './messages.ts';
import { startingGuidelines } from './startingGuidelines.ts';

/** The sentences for authors of a guideline by language: those that were written for it, else the ones that Stet brings for
 *  a guideline that sites start with, else none. */
export function explanationsOf({ key, explanations }: Pick<Guideline, 'key' | 'explanations'>): Texts {
  const known = startingGuidelines.find((one) => one === key);
  if (known === undefined || Object.keys(explanations).length > 0) return explanations;
  return Object.fromEntries(
    interfaceLanguages.map((language) => [language, translate(language, `guideline.${known}.explanation`)]),
  );
}
