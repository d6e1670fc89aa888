// Makes src/screening/data/words.json and src/screening/NOTICE.md from training/words/
// and ../shared/data/lexicons. Run by hand; its output is committed.
//   node_modules/.bin/node training/lexicons.ts
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { foldKey } from '../src/screening/normalise.ts';
import { type Source, sources } from './sources.ts';

type Row = { categories: string; weight: number; words: string };
type Credit = { code: string; counts: number[]; own: number };

const here = new URL('words/', import.meta.url);

writeLexicons();

function writeLexicons(): void {
  const codes = readdirSync(here)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -4))
    .sort();
  const made = Object.fromEntries(codes.map((code) => [code, readRows(code)]));
  writeFileSync(new URL('../src/screening/data/words.json', import.meta.url), `${JSON.stringify(made)}\n`);
  const credits = codes.map((code) => creditSources(code, made[code] ?? []));
  writeFileSync(new URL('../src/screening/NOTICE.md', import.meta.url), noticeText(credits));
}

function readRows(code: string): Row[] {
  const rows: Row[] = [];
  for (const line of readFileSync(new URL(`${code}.txt`, here), 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, categories, weight, listed] = /^([a-z+]+)(?: ([\d.]+))?:(.*)$/.exec(line) ?? [];
    if (categories === undefined || listed === undefined || listed.trim() === '') {
      throw new Error(`training/words/${code}.txt has a line that is not "category weight: words": ${line}`);
    }
    const words = [...new Set(listed.trim().split(/\s+/).flatMap(expandBraces))];
    rows.push({ categories, weight: Number(weight ?? 0), words: words.join(' ') });
  }
  return rows;
}

function expandBraces(word: string): string[] {
  const [, before, parts, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(word) ?? [];
  if (parts === undefined) return [word];
  return parts.split(',').flatMap((part) => expandBraces(`${before}${part}${after}`));
}

/** How many of a language's words each source has, the first that has it counting. */
function creditSources(code: string, rows: readonly Row[]): Credit {
  const known = sources.map(({ words }: Source) => words(code === 'shared' ? 'en' : code).map(plainKey));
  const counts = sources.map(() => 0);
  let own = 0;
  for (const word of rows.filter(({ categories }) => categories !== 'allow').flatMap(({ words }) => words.split(' '))) {
    const key = plainKey(word);
    const fits = (entry: string): boolean => (word.endsWith('*') ? entry.startsWith(key) : entry === key);
    const at = known.findIndex((list) => list.some(fits));
    if (at < 0) own++;
    else counts[at] = (counts[at] ?? 0) + 1;
  }
  return { code, counts, own };
}

function plainKey(word: string): string {
  const plain = word.trim().replace(/^\^?=?|\*$/g, '');
  return foldKey(plain.replaceAll('_', ' '))
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}

function noticeText(credits: readonly Credit[]): string {
  return `# Sources of the word lists

\`data/words.json\` is made by \`training/lexicons.ts\`. Each word was chosen, classed and weighted for this project
(\`training/words/\`); this page says which public list has it, the first of the table that does. The changes: selection,
classes, weights, endings. Words in no list were written for this project, as were \`data/phrases.json\` and
\`data/languages.json\` (Apache-2.0, as the rest). What the model was trained on is in \`model/NOTICE.md\`.

\`data/looks.json\` is made by \`training/looks.ts\` from \`confusables.txt\` 17.0.0 (Unicode Security Mechanisms, UTS 39),
© 2025 Unicode, Inc., under the Unicode License v3 (\`data/UNICODE-LICENSE.txt\`). The changes: letters and digits
of the scripts that readers write in, without signs, and without marks beside letters that are not Arabic.

| list | licence | repository @ commit |
|---|---|---|
${sources.map(({ name, licence, repository }) => `| ${name} | ${licence} | ${repository} |`).join('\n')}

turkce-kufur-karaliste (CC-BY-SA-4.0) was not used. No public Kurdish list is usable: the words for Sorani (\`ckb\`) and
Kurmanji (\`kmr\`) are the project's own.

| words | ${sources.map(({ name }) => name).join(' | ')} | own |
|---|${sources.map(() => '---|').join('')}---|
${credits.map(({ code, counts, own }) => `| ${code} | ${counts.map((count) => count || '').join(' | ')} | ${own} |`).join('\n')}
`;
}
