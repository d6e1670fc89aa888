import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A public word list: whose it is, and its words for a language, as they stand there. */
export type Source = { name: string; licence: string; repository: string; words: (code: string) => string[] };

const lists = new URL('../../shared/data/lexicons/', import.meta.url);
if (!existsSync(lists)) throw new Error('../shared/data/lexicons is missing: the sources of the words cannot be named');

/** turkce_kufur_karaliste (CC-BY-SA-4.0) is left out: its words would have to stay separable. */
export const sources: readonly Source[] = [
  {
    name: 'LDNOOBW',
    licence: 'CC-BY-4.0',
    repository: 'LDNOOBW/List-of-Dirty-Naughty-Obscene-and-Otherwise-Bad-Words @ 5faf2ba',
    words: (code) => linesOf(`ldnoobw/${code}.txt`),
  },
  {
    name: 'LDNOOBW V2',
    licence: 'CC0-1.0',
    repository: 'LDNOOBWV2/List-of-Dirty-Naughty-Obscene-and-Otherwise-Bad-Words_V2 @ e2f7430',
    words: (code) => linesOf(`ldnoobw_v2/${code}.txt`),
  },
  {
    name: 'censor-text',
    licence: 'Unlicense',
    repository: 'censor-text/profanity-list @ fe2e5b5',
    words: (code) => linesOf(`censor_text/${code}.txt`),
  },
  {
    name: 'surge',
    licence: 'MIT',
    repository: 'surge-ai/profanity @ 77dabf3',
    words: (code) => (code === 'en' ? linesOf('surge_profanity_en.csv').map((line) => before(line, ',')) : []),
  },
  {
    name: 'dsojevic',
    licence: 'MIT',
    repository: 'dsojevic/profanity-list @ c279243',
    words: (code) => (code === 'en' ? readDsojevic() : []),
  },
  {
    name: 'abusive-words',
    licence: 'CC-BY-4.0',
    repository: 'uds-lsv/lexicon-of-abusive-words @ 0a38d2c',
    words: (code) => (code === 'en' ? readAbusiveWords() : []),
  },
  { name: 'cuss', licence: 'MIT', repository: 'words/cuss @ 6bab3fe', words: readCuss },
  {
    name: 'Persian-Swear-Words',
    licence: 'Apache-2.0',
    repository: 'amirshnll/Persian-Swear-Words @ 0af4b1a',
    words: (code) => (code === 'fa' ? readPersian() : []),
  },
  {
    name: 'rudetoxifier',
    licence: 'MIT',
    repository: 's-nlp/rudetoxifier @ aef5989',
    words: (code) =>
      code === 'ru'
        ? gunzipSync(readFileSync(new URL('snlp_mat_ru.txt.gz', lists)))
            .toString()
            .split('\n')
        : [],
  },
  {
    name: 'Russan-Hate-speech-Recognition',
    licence: 'CC-BY-4.0',
    repository: 'Sariellee/Russan-Hate-speech-Recognition @ a906e30',
    words: (code) => (code === 'ru' ? linesOf('russian_offensive_words.csv') : []),
  },
];

function linesOf(name: string): string[] {
  const file = new URL(name, lists);
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
    : [];
}

function before(line: string, sign: string): string {
  return line.split(sign, 1)[0] ?? '';
}

function readDsojevic(): string[] {
  const rows: { match: string }[] = JSON.parse(readFileSync(new URL('dsojevic_en.json', lists), 'utf8'));
  return rows.flatMap(({ match }) => match.replaceAll('*', '').split('|'));
}

function readAbusiveWords(): string[] {
  return ['base', 'expanded'].flatMap((part) => linesOf(`uds_abusive_${part}_en.txt`)).map((line) => before(line, '_'));
}

function readCuss(code: string): string[] {
  const part = new Map([
    ['en', 'index'],
    ['es', 'es'],
    ['fr', 'fr'],
    ['it', 'it'],
    ['pt', 'pt'],
  ]).get(code);
  if (part === undefined) return [];
  return linesOf(`cuss_${part}.js`).flatMap((line) => /^\s+['"]?(.+?)['"]?: \d,?$/.exec(line)?.[1] ?? []);
}

function readPersian(): string[] {
  const { word }: { word: string[] } = JSON.parse(readFileSync(new URL('persian_swear_words.json', lists), 'utf8'));
  return word;
}
