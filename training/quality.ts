import { createReading, readText } from '../src/screening/reading.ts';
import { findConcepts } from '../src/screening/model/concepts.ts';
import { type Measures, type Scored, areaUnderCurve, measureAt } from '../src/screening/learn/measure.ts';
import { screen } from '../src/screening/screen.ts';
import type { ScoreKey, Screening } from '../src/screening/types.ts';
import type { Grounding } from './ground.ts';
import { type Head, heads } from './labels.ts';

/** A text with what is true of it, as it is measured. */
export type Truth = {
  text: string;
  lang: string;
  labels: Partial<Record<Head, 0 | 1>>;
  source: string;
  places?: readonly { start: number; end: number }[];
};

/** A line of the tables: what was measured on which rows. */
export type Quality = Measures & { source: string; lang: string; head: Head; area: number };

/** A truth and what the machine read. */
export type Read = { truth: Truth; screening: Screening };

/** Screens every text as the product does; its language is told, as a story tells it. */
export function readAll(truths: readonly Truth[]): Read[] {
  return truths.map((truth) => ({ truth, screening: screen({ text: truth.text, lang: truth.lang }) }));
}

/** Measures by source, language and head, where at least one row is of each kind, or of one kind and `oneKind`. */
export function measureHeads(read: readonly Read[], { oneKind = false } = {}): Quality[] {
  const groups = new Map<string, { truth: Truth; head: Head; rows: Scored[] }>();
  for (const { truth, screening } of read) {
    for (const head of heads) {
      const label = truth.labels[head];
      const score = screening.scores[head as ScoreKey];
      if (label === undefined || score === undefined) continue;
      const key = `${truth.source} ${truth.lang} ${head}`;
      const group = groups.get(key) ?? { truth, head, rows: [] };
      groups.set(key, group);
      group.rows.push({ score, label });
    }
  }
  return [...groups.values()]
    .map(({ truth: { source, lang }, head, rows }) => ({
      source,
      lang,
      head,
      area: areaUnderCurve(rows),
      ...measureAt(rows),
    }))
    .filter(({ count, breaches }) => oneKind || (breaches >= 5 && count - breaches >= 5));
}

/** Mean F1 of characters: what the findings of abusive guidelines point at against what people marked. A text where
 *  neither marks anything counts 1 (as in the published scoring of such tasks). */
export function measureSpans(read: readonly Read[]): number {
  const scores = read.map(({ truth: { places = [] }, screening: { findings } }) => {
    const theirs = charactersOf(places);
    const ours = charactersOf(
      findings.filter(({ guideline }) => guideline !== 'promotion' && guideline !== 'relevance'),
    );
    if (theirs.size === 0 || ours.size === 0) return theirs.size === ours.size ? 1 : 0;
    const both = [...ours].filter((at) => theirs.has(at)).length;
    return (2 * both) / (ours.size + theirs.size);
  });
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

function charactersOf(places: readonly { start: number; end: number }[]): Set<number> {
  const characters = new Set<number>();
  for (const { start, end } of places) for (let at = start; at < end; at++) characters.add(at);
  return characters;
}

/** Whom harmless texts name, and how many of them are taken for abuse: `toxic` or `identity` over the line. */
export type Gap = { lang: string; group: string; count: number; alarms: number };

/** False alarms on harmless texts by the group they name; `none` are those that name none. */
export function measureGaps(read: readonly Read[], { tables, kinds }: Grounding, names: readonly string[]): Gap[] {
  const gaps = new Map<string, Gap>();
  const reading = createReading();
  for (const { truth, screening } of read) {
    if (truth.labels.toxic !== 0) continue;
    const table = tables.get(truth.lang);
    if (table === undefined) continue;
    readText(truth.text, reading);
    const concepts = new Uint16Array(reading.words);
    findConcepts(reading, table, concepts);
    const named = new Set([...concepts].map((concept) => names[kinds[concept] as number] ?? ''));
    const groups = [...named].filter((name) => name.startsWith('protected'));
    const alarm = Math.max(screening.scores.toxic ?? 0, screening.scores.identity ?? 0) >= 0.5 ? 1 : 0;
    for (const group of groups.length === 0 ? ['none'] : groups) {
      const key = `${truth.lang} ${group}`;
      const gap = gaps.get(key) ?? { lang: truth.lang, group: group.replace('protected ', ''), count: 0, alarms: 0 };
      gaps.set(key, { ...gap, count: gap.count + 1, alarms: gap.alarms + alarm });
    }
  }
  return [...gaps.values()];
}
