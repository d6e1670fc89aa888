// What screening costs beside word filters from npm, on the same texts, in one process and one run; prints it as JSON. The
// texts are comments of all fifteen languages, 50 to 600 characters, with everything on: a prepared story, a parent now and
// then, a hundred recent fingerprints. Run it alone: node_modules/.bin/node bench/screening.ts
import { readFileSync, readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { RegExpMatcher, englishDataset, englishRecommendedTransformers } from 'obscenity';
import { Profanity } from '@2toad/profanity';
import { checkProfanity } from 'glin-profanity';

/** Comments a second of each contender (median of the rounds), by processor time; times in
 *  milliseconds of the clock. */
export type ScreeningFigures = {
  texts: number;
  meanLength: number;
  loadMilliseconds: number;
  rates: Record<string, number>;
  /** of each round, Stet's rate over obscenity's */
  ratios: number[];
  p99Milliseconds: number;
  hostile: { name: string; milliseconds: number }[];
};

const { createRecentPrints, prepareStory, rememberPrint, screen } = await import('../src/screening/index.ts');
const begin = performance.now();
screen({ text: 'The first comment reads the model.', lang: 'en' });
const loadMilliseconds = performance.now() - begin;

const folder = new URL('../training/checks/', import.meta.url);
const texts = readComments();
const story = prepareStory({
  headline: 'Council cuts bus services in the northern quarter',
  standfirst: 'From March a bus will run once an hour; residents say nobody asked them.',
  text: 'The city council decided on Tuesday to cut bus services in the northern quarter. '.repeat(20),
  tags: ['transport', 'council'],
});
const recentFingerprints = createRecentPrints(100);
for (const text of texts.slice(0, 100)) rememberPrint(recentFingerprints, text);
const rules = { recentFingerprints };
const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
const toad = new Profanity({ languages: ['en', 'ar', 'de', 'es', 'fr', 'hi', 'it', 'pt', 'ru'] });

const contenders: Record<string, (text: string, i: number) => unknown> = {
  stet: (text, i) => screen({ text, story, parent: i % 4 === 0 ? texts[0] : undefined }, rules),
  obscenity: (text) => matcher.getAllMatches(text),
  '@2toad/profanity': (text) => toad.exists(text),
  'glin-profanity': (text) => checkProfanity(text, { languages: ['english', 'arabic', 'german', 'turkish'] }),
};
const ROUNDS = 5;
const rounds = Object.fromEntries(Object.keys(contenders).map((name) => [name, [] as number[]]));
measureRound();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, rate] of Object.entries(measureRound())) rounds[name]?.push(rate);
}

const figures: ScreeningFigures = {
  texts: texts.length,
  meanLength: Math.round(texts.reduce((sum, { length }) => sum + length, 0) / texts.length),
  loadMilliseconds,
  rates: Object.fromEntries(Object.entries(rounds).map(([name, rates]) => [name, middle(rates)])),
  ratios: (rounds['stet'] ?? []).map((rate, round) => rate / (rounds['obscenity']?.[round] ?? Number.NaN)),
  p99Milliseconds: measureP99(),
  hostile: measureHostile(),
};
console.log(JSON.stringify(figures));

/** Texts of 50 to 600 characters, every length as often, languages mixed: the checks' comments, with others of the same
 *  language behind them where they are too short. */
function readComments(): string[] {
  const byLanguage = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8').split('\n').flatMap(readComment));
  const longest = Math.max(...byLanguage.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => byLanguage.flatMap((list) => lengthen(list, i))).flat();
}

function lengthen(list: readonly string[], i: number): string[] {
  const wanted = 50 + ((i * 367) % 551);
  let text = list[i];
  if (text === undefined) return [];
  for (let k = i + 1; text.length < wanted; k++) text += ` ${list[k % list.length]}`;
  return [text.slice(0, wanted)];
}

function readComment(line: string): string[] {
  const at = line.indexOf('|');
  const text = line
    .slice(at + 1)
    .replaceAll(/\[\[|\]\]/g, '')
    .trim();
  return at > 0 && !line.startsWith('#') && text.length >= 50 && text.length <= 600 ? [text] : [];
}

/** Comments a second of each contender. They take turns of 100 ms, so that what else the machine does falls on all alike;
 *  each goes on in the texts where it stopped. */
function measureRound(): Record<string, number> {
  const turns = Object.entries(contenders).map(([name, run]) => ({ name, run, done: 0, milliseconds: 0 }));
  for (let turn = 0; turn < 10; turn++) for (const one of turns) takeTurn(one, 100);
  return Object.fromEntries(turns.map(({ name, done, milliseconds }) => [name, (done / milliseconds) * 1000]));
}

type Turn = { run: (text: string, i: number) => unknown; done: number; milliseconds: number };

function takeTurn(turn: Turn, milliseconds: number): void {
  const start = readClock();
  while (readClock() - start < milliseconds) {
    for (let k = 0; k < 20; k++, turn.done++) turn.run(texts[turn.done % texts.length] as string, turn.done);
  }
  turn.milliseconds += readClock() - start;
}

/** Of 5,000 texts of 600 characters each, and of each the fastest of three: on a machine that does other things too, one
 *  reading in a hundred says for how long the scheduler took the processor away. */
function measureP99(): number {
  const long = texts.map((_, i) =>
    [0, 1, 2, 3, 4, 5]
      .map((k) => texts[(i + k * 15) % texts.length])
      .join(' ')
      .slice(0, 600),
  );
  const times = Array.from({ length: 5000 }, (_, i) => {
    const input = { text: long[i % long.length] as string, story };
    return Math.min(...[0, 1, 2].map(() => timeOf(() => screen(input, rules))));
  });
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] as number;
}

function measureHostile(): { name: string; milliseconds: number }[] {
  const hostile: Record<string, string> = {
    'a run, then !': `${'a'.repeat(20_479)}!`,
    'combining marks': `a${'\u0301'.repeat(10_239)}`,
    'letters apart': 'f '.repeat(10_240),
    'masked words': 'f*** '.repeat(4_096),
    'http colon run': 'http://'.repeat(2_925),
    'a swearword, again': 'fuck '.repeat(4_096),
    'different words': Array.from({ length: 2_400 }, (_, i) => `w${i.toString(36)}you`)
      .join(' ')
      .slice(0, 20_480),
  };
  return Object.entries(hostile).map(([name, text]) => {
    const times = Array.from({ length: 40 }, () => timeOf(() => screen({ text })));
    return { name, milliseconds: middle(times.slice(5)) };
  });
}

function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Milliseconds of processor time that this thread has taken: what other programs do beside it is nobody's doing here. */
function readClock(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
