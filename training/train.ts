// Trains the model that is shipped, from ../shared/data and training/contrast/, and writes src/screening/model/weights.bin.
//   node_modules/.bin/node training/train.ts [--no-share-alike] [--least 4] [--most 605000] [--out FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { knownLanguages } from '../src/screening/language.ts';
import { type Judged, calibrate } from '../src/screening/learn/calibrate.ts';
import { type Calibration, type ModelFile, writeModel } from '../src/screening/model/file.ts';
import { WIDTH } from '../src/screening/model/rows.ts';
import { listScores, makeExamples } from './examples.ts';
import { readContrast } from './contrast.ts';
import { readConcepts } from './concepts.ts';
import { type Grounding, readGround } from './ground.ts';
import { cutFragments } from './fragments.ts';
import { type Head, heads } from './labels.ts';
import { learnInsults } from './insults.ts';
import { INPUTS, type Network, forward, logitOf, trainNetwork } from './network.ts';
import { keepFeatures, packRows, quantise, trimFeatures } from './pack.ts';
import { type Row, readRows } from './rows.ts';
import { learnTopics } from './topics.ts';

const { values } = parseArgs({
  options: {
    'no-share-alike': { type: 'boolean', default: false },
    least: { type: 'string', default: '4' },
    most: { type: 'string', default: '605000' },
    seed: { type: 'string', default: '20261125' },
    out: { type: 'string', default: new URL('../src/screening/model/weights.bin', import.meta.url).pathname },
    name: { type: 'string', default: 'stet-1' },
  },
});
const say = (line: string): void => console.log(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${line}`);

/** How many comments near the line breach a guideline, where that is not two in five. */
const BREACHES: Partial<Record<Head, number>> = {
  toxic: 0.5,
  identity: 0.6,
  sexism: 0.3,
  racism: 0.3,
  homophobia: 0.3,
  xenophobia: 0.35,
  threat: 0.2,
  vulgarity: 0.2,
  promotion: 0.25,
};

/** A score is given in a language where this many breaches were learnt from. */
const TAUGHT = 20;

/** So many breaches of a language's own weigh as much as those of all languages together: a dozen sentences of one contrast
 *  set would put the line anywhere. */
const STEADY = 80;

const ground = readGround();
const texts = [...readRows({ withShareAlike: !values['no-share-alike'] }), ...readContrast()];
const rows = [...texts, ...cutFragments(texts)];
const read = makeExamples(rows, ground);
const chosen = Int32Array.from(rows.keys()).filter((i) => rows[i]?.split === 'train');
const met = keepFeatures(read, chosen, Number(values.least));
say(`${rows.length} texts, ${chosen.length} to learn from, ${met.hashes.length} features`);
const training = { chosen, sources: numberSources(rows), passes: 2, rate: 0.05, seed: Number(values.seed), say };
const whole = trainNetwork(met.examples, met.hashes.length, training);
const { hashes, examples, rows: weights } = trimFeatures(met, whole.rows, { chosen, most: Number(values.most) });
const network = { ...whole, rows: weights };
say(`${hashes.length} features stay`);
const cut = quantise(network.rows);
network.rows.forEach((_, k) => {
  network.rows[k] = (cut.steps[k] as number) * (cut.scales[k % WIDTH] as number);
});
trainNetwork(examples, hashes.length, { ...training, passes: 1, rate: 0.02, onTopOf: network });
say('packing');
/** Languages with texts enough to learn what words stand near each other. */
const topics = new Map(
  ['en', 'tr', 'pt', 'de'].map((lang) => [
    lang,
    learnTopics(
      rows.filter((row) => row.lang === lang && !row.source.startsWith('contrast')),
      {
        most: lang === 'en' ? 7000 : 4000,
        width: lang === 'en' ? 100 : 40,
      },
    ),
  ]),
);
const file = describe(network, { rows: packRows(hashes, cut), scales: cut.scales, ground });
writeFileSync(values.out, writeModel(file));
say(`wrote ${values.out}`);

function numberSources(all: readonly Row[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(all, ({ source, lang }) => {
    const name = `${source} ${lang}`;
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name) as number;
  });
}

type Parts = { rows: ModelFile['rows']; scales: Float64Array; ground: Grounding };

function describe(trained: Network, { rows: packed, scales, ground: { entries, ...facts } }: Parts): ModelFile {
  const concepts = Object.fromEntries([...entries].map(([language, { keys }]) => [language, keys.length]));
  return {
    rows: packed,
    concepts: entries,
    topics,
    head: {
      format: 2,
      name: values.name,
      heads,
      languages: knownLanguages,
      scales: [...scales],
      offsets: [...trained.offsets],
      out: heads.map((_, h) => [...trained.out.subarray(h * (INPUTS + 1), (h + 1) * (INPUTS + 1))]),
      lists: listScores,
      calibration: calibrateAll(trained),
      kinds: facts.kinds,
      denies: facts.denies,
      groups: facts.groups,
      strong: facts.strong,
      insults: learnInsults(rows, ground, [...new Set(readConcepts().kinds)]),
      concepts,
      buckets: packed.pilots.length,
      slots: packed.prints.length,
      topics: Object.fromEntries(
        [...topics].map(
          ([
            lang,
            {
              hashes: { length: stems },
              width,
            },
          ]) => [lang, { stems, width }],
        ),
      ),
    },
  };
}

/** By language and head, on development rows; what contrast sets say counts as much as what the other sources say. */
function calibrateAll(trained: Network): Record<string, Record<string, Calibration>> {
  const inputs = new Float64Array(INPUTS + 1);
  const judged = new Map<string, Judged[]>();
  rows.forEach((row, i) => {
    if (row.split !== 'dev') return;
    forward(examples, trained, i, inputs);
    heads.forEach((head, h) => {
      const label = examples.labels[i * heads.length + h] as number;
      if (label < 0) return;
      const key = `${row.lang} ${head}`;
      const list = judged.get(key) ?? [];
      judged.set(key, list);
      list.push({ logit: logitOf(trained, inputs, h), label: label as 0 | 1, weight: 1 });
    });
  });
  const pooled = new Map(
    heads.map((head) => [
      head,
      calibrate(
        knownLanguages.flatMap((language) => judged.get(`${language} ${head}`) ?? []),
        BREACHES[head],
      ),
    ]),
  );
  return Object.fromEntries(
    knownLanguages.map((language) => [
      language,
      Object.fromEntries(
        heads.flatMap((head) => {
          if (!isTaught(language, head)) return [];
          const calibration = settle(judged.get(`${language} ${head}`) ?? [], head, pooled.get(head));
          return calibration === undefined ? [] : [[head, calibration]];
        }),
      ),
    ]),
  );
}

/** A language's own calibration, drawn the more towards that of all languages, the fewer breaches speak for it. */
function settle(own: readonly Judged[], head: Head, pooled: Calibration | undefined): Calibration | undefined {
  const fitted = calibrate(own, BREACHES[head]);
  if (fitted === undefined || pooled === undefined) return fitted ?? pooled;
  const breaches = own.filter(({ label }) => label === 1).length;
  const share = breaches / (breaches + STEADY);
  return {
    slope: share * fitted.slope + (1 - share) * pooled.slope,
    offset: share * fitted.offset + (1 - share) * pooled.offset,
  };
}

function isTaught(language: string, head: Head): boolean {
  const breaches = rows.filter((row) => row.lang === language && row.split === 'train' && row.labels[head] === 1);
  return breaches.length >= TAUGHT || head === 'profanity' || head === 'vulgarity';
}
