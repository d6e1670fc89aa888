import { existsSync, readFileSync } from 'node:fs';
import { type Labels, readLabels } from './labels.ts';

/** A comment of training/checks/: the text without brackets, its labels, and the places that break a guideline, as UTF-16
 *  offsets, end exclusive. */
export type Check = {
  text: string;
  lang: string;
  labels: Labels;
  newsroom: boolean;
  places: { start: number; end: number }[];
};

/** The checks of a language; none where nothing is written for it. Throws with file and line on a mistake. */
export function readChecks(lang: string): Check[] {
  const file = new URL(`checks/${lang}.txt`, import.meta.url);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) =>
      line.trim() === '' || line.startsWith('#') ? [] : [parseCheck(line, { lang, place: `${lang}:${i + 1}` })],
    );
}

function parseCheck(line: string, { lang, place }: { lang: string; place: string }): Check {
  const at = line.indexOf('|');
  if (at < 0) throw new Error(`training/checks/${place}: no "labels | comment"`);
  const { text, places } = takeBrackets(line.slice(at + 1).trim());
  const { labels, newsroom } = readLabels(line.slice(0, at).trim(), []);
  if (labels.identity === 0 && labels.toxic === 0 && places.length > 0 && line.startsWith('ok')) {
    throw new Error(`training/checks/${place}: marks words of a comment that breaks nothing`);
  }
  return { text, lang, labels, newsroom, places };
}

function takeBrackets(marked: string): { text: string; places: { start: number; end: number }[] } {
  const places: { start: number; end: number }[] = [];
  let text = '';
  for (const [i, part] of marked.split(/\[\[|\]\]/).entries()) {
    if (i % 2 === 1) places.push({ start: text.length, end: text.length + part.length });
    text += part;
  }
  return { text, places };
}
