import { languageOf } from './language.ts';
import { lookAt } from './look.ts';
import { createMarks } from './model/marks.ts';
import { createReading, readText } from './reading.ts';
import type { Scores } from './score.ts';
import type { Finding, Ruleset } from './types.ts';

/** What lists, phrases and patterns alone say of a text, without the model that weighs them: for tests of the lists. */
export function screenByLists(
  { text, lang }: { text: string; lang?: string },
  rules: Ruleset = {},
): { scores: Scores; findings: Finding[] } {
  const reading = readText(text, createReading());
  const { scores, evidence } = lookAt(reading, lang ?? languageOf(reading), {
    rules,
    marks: createMarks(reading.words),
  });
  return { scores, findings: evidence.map(({ guideline, start, end, why }) => ({ guideline, start, end, why })) };
}
