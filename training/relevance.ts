import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { areaUnderCurve } from '../src/screening/learn/measure.ts';
import { screen } from '../src/screening/screen.ts';
import { dataFolder } from './rows.ts';

/** A comment with a story it was written for (1), or another one (0). */
export type Pair = {
  text: string;
  lang: string;
  story: { headline: string; standfirst: string; text: string };
  label: 0 | 1;
};

/** The pairs of ../shared/data of a language; none where it does not stand. */
export function readPairs(lang: 'en' | 'de'): Pair[] {
  const file = new URL(`relevance_polis_${lang}.jsonl.gz`, dataFolder);
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as { text: string; article: { title: string; standfirst: string }; on_topic: 0 | 1 };
      const { title, standfirst } = row.article;
      return { text: row.text, lang, story: { headline: title, standfirst, text: '' }, label: row.on_topic };
    });
}

/** How well `relevance` tells a comment's own story from another: area under the curve by language, NaN without data. */
export function measureRelevance(): { lang: string; count: number; area: number }[] {
  return (['en', 'de'] as const).map((lang) => {
    const scored = readPairs(lang).map(({ text, story, label }) => {
      const { scores } = screen({ text, lang, story });
      return { score: scores.relevance ?? 0.5, label };
    });
    return { lang, count: scored.length, area: areaUnderCurve(scored) };
  });
}
