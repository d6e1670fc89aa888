// The table in src/README.md is the rule: a room imports only what its row names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImports, type Import } from './imports.ts';
import { isNode, parseSource, readSources, readText, type Source, walk } from './sources.ts';

/** What a room may take of another: all of it, its types, or its types and the values of a few files. */
type Permit = 'all' | { values: string[] };
type Rooms = Map<string, Map<string, Permit>>;

// How the table names a single file of contract.
const namedFiles: Record<string, string> = {
  'route table': 'src/contract/routes.ts',
};

test('every room is in the table, and every import is one that its row names', () => {
  const sources = readSources(['src']);
  assert.ok(sources.length > 0);
  assert.deepEqual(findForeignImports(sources, readRooms(readText('src/README.md'))), []);
});

test('SQL stands only in record and storage', () => {
  assert.deepEqual(readSources(['src']).flatMap(findMisplacedSql), []);
});

test('the environment is read only in cli', () => {
  assert.deepEqual(readSources(['src']).flatMap(findEnvironmentReads), []);
});

test('bench and training import only screening', () => {
  const wrong = readSources(['bench', 'training'])
    .flatMap(findImports)
    .filter(({ to }) => to?.startsWith('src/') && roomOf(to) !== 'screening');
  assert.deepEqual(wrong.map(inWords), []);
});

test('planted imports are found, each of its kind', () => {
  const faults = [
    plant('src/review/a.ts', `import { x } from '../intake/b.ts';`),
    plant('src/review/b.ts', `export { x } from '../intake/b.ts';`),
    plant('src/review/c.ts', `export * from '../intake/b.ts';`),
    plant('src/review/d.ts', `const { x } = await import('../intake/b.ts');`),
    plant('src/review/e.ts', `export type X = import('../intake/b.ts').X;`),
    plant('src/review/f.ts', `import type { X } from '../intake/b.ts';`),
    plant('src/review/g.ts', `import { screen } from 'stet/screening';`),
    plant('src/review/h.ts', `const file = '../intake/b.ts'; await import(file);`),
    plant('src/review/deep/i.ts', `import '../../intake/b.ts';`),
    plant('src/contract/j.ts', `import { screen } from '../screening/screen.ts';`),
    plant('src/contract/k.ts', `import { type Screening } from '../screening/types.ts';`),
    plant('src/web/l.tsx', `import { screen } from '../screening/screen.ts'; export const a = <p>{screen}</p>;`),
    plant('src/web/m.ts', `import { x } from '../record/comments.ts';`),
    plant('src/record/n.ts', `import { x } from '../../test/support/postgres.ts';`),
    plant('src/lobby/o.ts', `export const here = 'a room that is not in the table';`),
    plant('src/p.ts', `export const nowhere = 'in no room';`),
  ];
  const rooms = readRooms(readText('src/README.md'));
  for (const fault of faults) assert.equal(findForeignImports([fault], rooms).length, 1, fault.text);
});

test('allowed imports are not found', () => {
  const allowed = [
    plant('src/contract/a.ts', `import type { Screening } from '../screening/types.ts'; import './text.ts';`),
    plant('src/web/b.ts', `import { routes } from '../contract/routes.ts'; import type { X } from '../contract/x.ts';`),
    plant('src/record/c.ts', `import { sql } from '../storage/sql.ts'; import pg from 'pg'; import fs from 'node:fs';`),
    plant('src/web/desk/d.ts', `import './desk.css'; export { x } from '../words.ts';`),
  ];
  assert.deepEqual(findForeignImports(allowed, readRooms(readText('src/README.md'))), []);
});

test('planted SQL and planted reads of the environment are found', () => {
  const statements = [
    'await pool.query(sql`select 1`);',
    `import pg from 'pg';`,
    `const text = 'select * from comment';`,
    'const text = `insert into comment values (${1})`;',
    `const text = 'UPDATE comment SET text = $1';`,
  ];
  for (const text of statements) assert.equal(findMisplacedSql(plant('src/review/a.ts', text)).length, 1, text);
  assert.deepEqual(findMisplacedSql(plant('src/record/a.ts', statements.join('\n'))), []);
  assert.deepEqual(findMisplacedSql(plant('src/site/a.ts', `const label = 'Select a reason from the list';`)), []);
  const reads = [
    'const port = process.env.PORT;',
    `const port = process['env'];`,
    'const { env } = process;',
    `import { env } from 'node:process';`,
    'const port = globalThis.process.env.PORT;',
  ];
  for (const text of reads) assert.equal(findEnvironmentReads(plant('src/server/a.ts', text)).length, 1, text);
  assert.deepEqual(findEnvironmentReads(plant('src/cli/a.ts', reads[0] ?? '')), []);
});

function findForeignImports(sources: Source[], rooms: Rooms): string[] {
  const homeless = sources.filter(({ file }) => !rooms.has(roomOf(file)));
  const foreign = sources
    .flatMap(findImports)
    .filter((found) => rooms.has(roomOf(found.file)) && !isAllowed(found, rooms));
  return [...homeless.map(({ file }) => `${file} is in no room of the table`), ...foreign.map(inWords)];
}

function isAllowed({ file, to, typeOnly }: Import, rooms: Rooms): boolean {
  if (to === undefined) return false;
  if (!to.startsWith('src/')) return !/^(test|bench|training|scripts|bin)\//.test(to);
  const [from, into] = [roomOf(file), roomOf(to)];
  if (from === into) return true;
  const permit = rooms.get(from)?.get(into);
  if (permit === undefined) return false;
  return permit === 'all' || typeOnly || permit.values.includes(to);
}

/** The rows of the table: room → what it may import. Throws for a row that it does not understand. */
function readRooms(text: string): Rooms {
  const rows = text
    .split('\n')
    .filter((line) => /^\| [a-z]+ \|/.test(line) && !line.startsWith('| room '))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.map(([, room = '', , may = '']) => [room, may === 'nothing' ? new Map() : readPermits(may)]));
}

function readPermits(may: string): Map<string, Permit> {
  // Commas inside the brackets belong to what is taken of one room.
  const parts = may.split(/,\s*(?![^(]*\))/);
  return new Map(
    parts.map((part): [string, Permit] => {
      const [, room, note] = /^([a-z]+)(?: \((.*)\))?$/.exec(part) ?? [];
      assert.ok(room, `src/README.md: "${part}" names no room`);
      if (note === undefined) return [room, 'all'];
      const values = note.split(/,\s*|\s+and\s+/).filter((word) => word !== 'types');
      for (const word of values) assert.ok(namedFiles[word], `src/README.md: "${word}" names no file`);
      return [room, { values: values.map((word) => namedFiles[word] ?? '') }];
    }),
  );
}

function findMisplacedSql(source: Source): string[] {
  if (['record', 'storage'].includes(roomOf(source.file)) || source.file.endsWith('.test.ts')) return [];
  const statement =
    /^\s*(select\s.+\sfrom\s|insert into\s|update\s+\S+\s+set\s|delete from\s|(create|alter|drop) (table|role|database)\s)/s;
  const found = [...walk(parseSource(source))].some((node) => {
    if (node.type === 'TaggedTemplateExpression') return isNode(node['tag']) && node['tag']['name'] === 'sql';
    if (node.type === 'ImportDeclaration')
      return isNode(node['source']) && node['source']['value'] === 'pg' && node['importKind'] !== 'type';
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
      const text = source.text.slice(node.start + 1, node.end - 1);
      return (
        statement.test(text) ||
        (text.toUpperCase() !== text.toLowerCase() && /^\s*(SELECT|INSERT|UPDATE|DELETE) /.test(text))
      );
    }
    return false;
  });
  return found ? [`${source.file} holds SQL`] : [];
}

function findEnvironmentReads(source: Source): string[] {
  if (roomOf(source.file) === 'cli' || source.file.endsWith('.test.ts')) return [];
  const isProcess = (node: unknown): boolean =>
    isNode(node) &&
    (node['name'] === 'process' ||
      (node.type === 'MemberExpression' && isNode(node['property']) && node['property']['name'] === 'process'));
  const found = [...walk(parseSource(source))].some((node) => {
    if (node.type === 'MemberExpression' && isProcess(node['object'])) {
      return isNode(node['property']) && [node['property']['name'], node['property']['value']].includes('env');
    }
    if (node.type === 'VariableDeclarator' && isProcess(node['init']))
      return isNode(node['id']) && node['id'].type === 'ObjectPattern';
    if (node.type === 'ImportDeclaration')
      return isNode(node['source']) && /^(node:)?process$/.test(String(node['source']['value']));
    return false;
  });
  return found ? [`${source.file} reads the environment`] : [];
}

function roomOf(file: string): string {
  const [, room = '', inside] = file.split('/');
  return inside === undefined ? '' : room;
}

function inWords({ file, to, typeOnly }: Import): string {
  return `${file} imports ${typeOnly ? 'types of ' : ''}${to ?? 'what only running it would tell'}`;
}

function plant(file: string, text: string): Source {
  return { file, text };
}
