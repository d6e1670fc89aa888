// Makes src/screening/data/looks.json, the letters that a reader takes for others, from the table of Unicode's
// security mechanisms (../shared/corpora/unicode/confusables.txt; UTS 39). Run by hand; its output is committed.
//   node_modules/.bin/node training/looks.ts
import { readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../../shared/corpora/unicode/confusables.txt', import.meta.url);
const target = new URL('../src/screening/data/looks.json', import.meta.url);

// The scripts of the languages that readers write in here, and digits of any.
const written =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Armenian}\p{N}]$/u;

const looks: Record<string, string> = {};
for (const line of readFileSync(source, 'utf8').split('\n')) {
  const [, from, to] = /^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA/.exec(line) ?? [];
  if (from === undefined || to === undefined) continue;
  const letter = read(from);
  // What a name's key is made of: no compatibility forms, no signs, and no marks but the dots that tell Arabic letters apart.
  const besides = /\p{Script=Arabic}/u.test(letter) ? /[^\p{L}\p{N}\p{M}]/gu : /[^\p{L}\p{N}]/gu;
  const like = read(to).normalize('NFD').replaceAll(besides, '');
  const isKept = letter.length === 1 && written.test(letter) && letter.normalize('NFKD') === letter;
  if (isKept && like !== '') looks[letter] = like;
}
writeFileSync(target, `${JSON.stringify(looks)}\n`);

function read(codes: string): string {
  return String.fromCodePoint(
    ...codes
      .trim()
      .split(' ')
      .map((code) => Number.parseInt(code, 16)),
  );
}
