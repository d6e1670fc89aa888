import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ColumnWriter, type ElementType, type ElementValue } from '../../src/record/columnWriter.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
before(async () => {
  fresh = await freshDatabase({ migrated: false });
});
after(() => fresh.remove());

const columns = new ColumnWriter();

async function roundTrip(type: ElementType, values: readonly ElementValue[]): Promise<unknown[]> {
  const column = columns.write(type, values);
  const { rows } = await fresh.database.writer.query<{ value: unknown }>(
    `select value from unnest($1::${type}[]) as value`,
    [column],
  );
  return rows.map(({ value }) => value);
}

const cases: [ElementType, ElementValue[], unknown[]?][] = [
  ['text', []],
  ['text', ['', 'a', null, 'سڵاو \u{1f600}', 'x'.repeat(5000), '"{},\\ NULL']],
  ['uuid', ['0d9c2f6e-4a31-4c7b-9e55-7b0f2a6c1d38', null]],
  [
    'bytea',
    ['00ff7f', Buffer.from([0, 255]), null, ''],
    [Buffer.from([0, 255, 127]), Buffer.from([0, 255]), null, Buffer.alloc(0)],
  ],
  [
    'timestamptz',
    [
      new Date('2026-11-22T12:00:00.123Z'),
      new Date('1999-12-31T23:59:59.999Z'),
      new Date('2038-01-19T03:14:08Z'),
      null,
    ],
  ],
  ['real', [0, 0.5, 1, null]],
  ['float8', [0, -12.3456789, 1e6, null]],
  ['jsonb', ['{"a": [1, "\\u00e9\u{1f600}"]}', 'null', null], [{ a: [1, 'é\u{1f600}'] }, null, null]],
];

test('every type comes back from PostgreSQL as it went in', async () => {
  for (const [type, values, expected = values] of cases)
    assert.deepEqual(await roundTrip(type, values), expected, type);
});

test('columns stay good until they are reset, also when the arena is outgrown', async () => {
  const first = columns.write('text', ['first']);
  const large = columns.write('text', Array<string>(100).fill('ە'.repeat(4000)));
  const last = columns.write('text', ['last']);
  const { rows } = await fresh.database.writer.query(
    'select $1::text[] as first, cardinality($2::text[]) as n, $3::text[] as last',
    [first, large, last],
  );
  assert.deepEqual(rows, [{ first: ['first'], n: 100, last: ['last'] }]);
  columns.reset();
  assert.deepEqual(await roundTrip('text', ['again']), ['again']);
});

test('a value of another type is refused before anything is sent', () => {
  const wrong: [ElementType, ElementValue][] = [
    ['uuid', 'x'],
    ['uuid', 7],
    ['real', '1'],
    ['timestamptz', 'now'],
    ['jsonb', 7],
    ['text', 7],
    ['bytea', 7],
  ];
  for (const [type, value] of wrong) assert.throws(() => columns.write(type, [value]), TypeError, type);
});
