import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Labels } from './labels.ts';

/** A labelled text: where it comes from, and whether it is for training or for choosing and measuring. */
export type Row = {
  text: string;
  lang: string;
  labels: Labels;
  source: string;
  split: 'train' | 'dev';
  weight: number;
  places?: { start: number; end: number }[];
  /** what a contrast set is about */
  heading?: string;
};

export const dataFolder = new URL('../../shared/data/', import.meta.url);

/** Sources whose licence is share-alike: left out by `--no-share-alike`. */
export const shareAlike: ReadonlySet<string> = new Set(['stormfront', 'toldbr']);

/** What one text of a source counts; 1 unless named. Davidson's lists made casual speech offensive, templates repeat
 *  themselves, and talk to chatbots and text messages are no comments. Chosen on development rows. */
const sourceWeights: Readonly<Record<string, number>> = {
  davidson: 0.4,
  mlma: 0.5,
  jigsaw_templates: 0.3,
  cat_wikipedia: 1,
  sms_spam: 0.7,
};

/** The labelled rows of ../shared/data; empty where it does not stand. */
export function readRows({ withShareAlike = true }: { withShareAlike?: boolean } = {}): Row[] {
  if (!existsSync(dataFolder)) return [];
  return readdirSync(dataFolder)
    .filter((name) => name.endsWith('.jsonl.gz') && !name.startsWith('relevance_'))
    .filter((name) => withShareAlike || !shareAlike.has(name.slice(0, -9)))
    .sort()
    .flatMap((name) => readFile(name));
}

function readFile(name: string): Row[] {
  const source = name.slice(0, -9);
  const rows: Row[] = [];
  for (const line of gunzipSync(readFileSync(new URL(name, dataFolder)))
    .toString()
    .split('\n')) {
    if (line === '') continue;
    const { text, lang, labels, split, toxic_chars: marked } = JSON.parse(line) as Row & { toxic_chars?: number[] };
    rows.push({
      text,
      lang,
      labels: fill(labels, source),
      source,
      split,
      weight: sourceWeights[source] ?? 1,
      ...(marked === undefined ? {} : { places: toPlaces(text, marked) }),
    });
  }
  return rows;
}

/** Sources of talk in which hardly anybody advertises: what spam is compared with. */
const ordinary: ReadonlySet<string> = new Set([
  'cat_wikipedia',
  'convabuse',
  'edos',
  'gahd',
  'guest_misogyny',
  'hatemojibuild',
  'mpold',
  'paradetox',
  'polis',
  'stormfront',
  'toxic_spans',
]);

/** A text that abuses nobody breaks none of the abusive guidelines; that is how the sources define it. */
function fill(labels: Labels | undefined, source: string): Labels {
  const filled: Labels = { ...labels };
  if (ordinary.has(source)) filled.promotion ??= 0;
  if (filled.toxic === 0) for (const head of abusive) filled[head] ??= 0;
  if (filled.identity === 0) for (const head of groups) filled[head] ??= 0;
  return filled;
}

const groups = ['sexism', 'racism', 'homophobia', 'xenophobia'] as const;
const abusive = ['identity', 'threat', 'attack', ...groups] as const;

/** Marked characters as places; the source counts code points. */
function toPlaces(text: string, marked: readonly number[]): { start: number; end: number }[] {
  const offsets = [0];
  for (const char of text) offsets.push((offsets.at(-1) as number) + char.length);
  return marked.map((point) => ({ start: offsets[point] ?? text.length, end: offsets[point + 1] ?? text.length }));
}
