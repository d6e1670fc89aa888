// Makes src/screening/data/languages.json from the texts in training/languages/, which
// this project wrote: the first line of each file is the language's everyday words, the
// rest sample sentences and words for the letter statistics.
//   node_modules/.bin/node training/languages.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { gramBucket } from '../src/screening/grams.ts';
import { createReading, readText } from '../src/screening/reading.ts';

type Group = { languages: readonly string[]; buckets: number };
type Sample = { words: string; listed: string; text: string };

/** The order of the languages is that of language.ts: the table has a column for each. */
const groups: Record<string, Group> = {
  latin: { languages: ['en', 'tr', 'kmr', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'], buckets: 4096 },
  arabic: { languages: ['ar', 'fa', 'ckb'], buckets: 2048 },
};
const SMOOTHING = 0.4;

writeLanguages();

function writeLanguages(): void {
  const made: Record<string, unknown> = {};
  for (const [name, group] of Object.entries(groups)) {
    const words = Object.fromEntries(group.languages.map((code) => [code, sample(code).words]));
    const listed = Object.fromEntries(group.languages.map((code) => [code, sample(code).listed]));
    made[name] = { buckets: group.buckets, grams: gramTable(group), words, listed };
  }
  made.other = { ru: sample('ru').words, hi: sample('hi').words };
  writeFileSync(new URL('../src/screening/data/languages.json', import.meta.url), `${JSON.stringify(made)}\n`);
}

function gramTable({ languages, buckets }: Group): string {
  const shares = languages.map((language) => countGrams(sample(language).text, buckets));
  const table = new Int8Array(buckets * languages.length);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const mean = shares.reduce((sum, share) => sum + (share[bucket] as number), 0) / languages.length;
    shares.forEach((share, l) => {
      const told = Math.log((share[bucket] as number) / mean);
      table[bucket * languages.length + l] = Math.max(-64, Math.min(64, Math.round(told * 16)));
    });
  }
  return Buffer.from(table.buffer).toString('base64');
}

/** The share of each bucket in the text's letter pairs and triples. */
function countGrams(text: string, buckets: number): Float64Array {
  const reading = readText(text, createReading());
  const counts = new Float64Array(buckets);
  let total = 0;
  const count = (bucket: number): void => {
    (counts[bucket] as number)++;
    total++;
  };
  for (let i = 0; i < reading.words; i++) {
    const end = reading.ends[i] as number;
    let [before, last] = [0, 0x20];
    for (let at = reading.starts[i] as number; at <= end; at++) {
      const unit = at < end ? (reading.units[at] as number) : 0x20;
      count(gramBucket(0, last, unit, buckets));
      if (before !== 0) count(gramBucket(before, last, unit, buckets));
      [before, last] = [last, unit];
    }
  }
  return counts.map((seen) => (seen + SMOOTHING) / (total + SMOOTHING * buckets));
}

function sample(language: string): Sample {
  const text = readFileSync(new URL(`languages/${language}.txt`, import.meta.url), 'utf8');
  const [words = '', ...rest] = text.split('\n');
  const listed = listedWords(language);
  return { words: words.trim(), listed, text: [words, ...rest, listed].join(' ') };
}

/** The words of training/words/ speak for their language too: a comment of one swearword
 *  has nothing else to tell it by. */
function listedWords(language: string): string {
  const words = new Set<string>();
  for (const line of readFileSync(new URL(`words/${language}.txt`, import.meta.url), 'utf8').split('\n')) {
    if (!/^[a-z+]+ [\d.]+:/.test(line)) continue;
    const listed = line.slice(line.indexOf(':') + 1).trim();
    for (const word of listed.split(/\s+/)) {
      if (!word.includes('{') && !word.includes('_')) words.add(word.replace(/^\^?=?|\*$/g, ''));
    }
  }
  return [...words].join(' ');
}
