import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scanWords } from './words.ts';
import { lexiconOf } from './lexicon.ts';
import { createReading, readText } from './reading.ts';
import { screen } from './screen.ts';

type Recipe = { name: string; repeat?: string; times?: number; pre?: string; post?: string };

const corpora = new URL('../../../shared/corpora/', import.meta.url);

function corpus(name: string): unknown {
  const file = new URL(name, corpora);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function recipes(): Recipe[] {
  const groups = corpus('text/pathological.json') as Record<string, Recipe[] | string> | undefined;
  return Object.values(groups ?? {})
    .flatMap((group) => (Array.isArray(group) ? group : []))
    .filter(({ repeat }) => repeat !== undefined);
}

function expand({ pre = '', repeat = '', times = 0, post = '' }: Recipe, share = 1): string {
  return pre + repeat.repeat(Math.max(1, Math.floor(times * share))) + post;
}

const missing = existsSync(corpora) ? false : `left out: ${fileURLToPath(corpora)} is not here`;

test('every pathological text is screened', { skip: missing }, () => {
  const all = recipes();
  assert.ok(all.length > 20);
  for (const recipe of all) {
    const { findings } = screen({ text: expand(recipe), lang: 'en' });
    assert.ok(findings.length <= 100, recipe.name);
  }
});

test('twice the pathological text takes at most about twice the steps', { skip: missing }, () => {
  for (const recipe of recipes()) {
    const half = steps(expand(recipe, 0.5));
    const whole = steps(expand(recipe));
    assert.ok(whole <= half * 2.2 + 200, `${recipe.name}: ${half} → ${whole}`);
  }
});

test('every case of bidi-and-invisible.json is screened with offsets inside the text', { skip: missing }, () => {
  for (const { text } of corpus('bidi/bidi-and-invisible.json') as { text?: string }[]) {
    if (text === undefined) continue;
    const { findings } = screen({ text: `${text} you idiot`, lang: 'en' });
    for (const { start, end } of findings)
      assert.ok(start >= 0 && end <= text.length + 10 && start < end, JSON.stringify(text));
  }
});

test('hostile texts of this room’s own weak places take steps in proportion', () => {
  const hostile = [
    'a',
    'a ',
    'f ',
    'f*** ',
    'f**',
    'fuck',
    'fuck ',
    'you are ',
    'i will ',
    '@a',
    '$',
    'a.',
    'http://',
    'www.',
    'ال',
    'و',
    'ه\u200c',
    '"',
    '0750 ',
    '+1 ',
    'son of a ',
    'ﷺ',
    '😀',
    '\ud800',
    'aаa',
  ];
  for (const piece of hostile) {
    const one = steps(piece.repeat(4_000));
    const four = steps(piece.repeat(16_000));
    assert.ok(four <= one * 4.2 + 200, `${JSON.stringify(piece)}: ${one} → ${four}`);
    assert.doesNotThrow(() => screen({ text: piece.repeat(4_000), parent: piece.repeat(1_000) }));
  }
});

test('a million characters are screened', () => {
  const { findings } = screen({ text: 'you are an idiot, '.repeat(60_000), lang: 'en' });
  assert.equal(findings.length, 100);
});

/** Units visited by reading the text and looking its words up in the lists. */
function steps(text: string): number {
  const reading = readText(text, createReading());
  const cues = { masks: new Int32Array(reading.words + 1), ends: new Int32Array(reading.words + 1) };
  let found = 0;
  const walked = scanWords(reading, { lists: { lang: 'en', own: lexiconOf('en') }, cues }, () => found++);
  return reading.steps + walked + found;
}
