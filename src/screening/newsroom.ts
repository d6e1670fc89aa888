import { CUE_NEWSROOM } from './entries.ts';
import { lookAt } from './look.ts';
import { createMarks } from './model/marks.ts';
import { foldKey } from './normalise.ts';
import { createReading, readText } from './reading.ts';

const aside = createReading();

/** Whether a text speaks of the newsroom: its article, its editors and writers, its site, or one of these names. Criticism
 *  of the publisher is never a ground, so what speaks of it is for people to read. Pure; linear in the text. */
export function speaksOfNewsroom({ text, lang }: { text: string; lang: string }, names: readonly string[]): boolean {
  const key = foldKey(text);
  if (names.some((name) => name.trim() !== '' && key.includes(foldKey(name.trim())))) return true;
  const reading = readText(text, aside);
  const { glance } = lookAt(reading, lang, { rules: {}, marks: createMarks(reading.words) });
  for (let i = 0; i < reading.words; i++) {
    if ((glance.cues.masks[i] as number) & CUE_NEWSROOM) return true;
  }
  return false;
}
