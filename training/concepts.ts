import { existsSync, readFileSync } from 'node:fs';
import { type ConceptEntries, keyOf, phraseHash } from '../src/screening/model/concepts.ts';
import { createReading, readText } from '../src/screening/reading.ts';

/** The concepts in the order of en.txt: number 0 is none. */
export type Concepts = { names: readonly string[]; kinds: readonly string[]; numbers: ReadonlyMap<string, number> };

const folder = new URL('concepts/', import.meta.url);

/** Names, headings and numbers of the concepts. */
export function readConcepts(): Concepts {
  const names = [''];
  const kinds = [''];
  let heading = '';
  for (const line of linesOf('en')) {
    if (line.startsWith('== ')) heading = line.slice(3).trim();
    else {
      names.push(nameOf(line));
      kinds.push(heading);
    }
  }
  return { names, kinds, numbers: new Map(names.map((name, number) => [name, number])) };
}

/** The entries of a language, none where nothing is written for it. Throws, with the line, on a name that en.txt has not. */
export function readConceptEntries(language: string, { numbers }: Concepts): ConceptEntries {
  const entries: [number, number][] = [];
  for (const line of linesOf(language)) {
    if (line.startsWith('== ')) continue;
    const number = numbers.get(nameOf(line));
    if (number === undefined) throw new Error(`training/concepts/${language}.txt: no concept is called "${line}"`);
    for (const form of formsOf(line)) entries.push(...entriesOf(form, number));
  }
  return { keys: Int32Array.from(entries, ([key]) => key), values: Uint16Array.from(entries, ([, value]) => value) };
}

function linesOf(language: string): string[] {
  const file = new URL(`${language}.txt`, folder);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function nameOf(line: string): string {
  return line.split(':', 1)[0]?.trim() ?? '';
}

function formsOf(line: string): string[] {
  return line
    .slice(line.indexOf(':') + 1)
    .split(/\s+/)
    .filter((form) => form !== '');
}

function entriesOf(form: string, number: number): [number, number][] {
  const reading = readText(form.replace(/\*$/, '').replaceAll('_', ' '), createReading());
  const [first, second, third] = reading.hashes.subarray(0, reading.words);
  if (first === undefined || reading.words > 3) return [];
  if (second !== undefined) {
    return [
      [keyOf.firstOfSeveral(first), 1],
      [keyOf.whole(phraseHash(first, second, third)), number],
    ];
  }
  return form.endsWith('*')
    ? [
        [keyOf.beginning(first), number],
        [keyOf.whole(first), number],
      ]
    : [[keyOf.whole(first), number]];
}
