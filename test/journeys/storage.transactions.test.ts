import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;

before(async () => {
  fresh = await freshDatabase({ migrated: false });
  await withConnection(fresh.database.owner, async (client) => {
    await client.query('create table kept (n bigint primary key)');
    await client.query('grant select, insert on kept to public');
  });
});
after(() => fresh.remove());

test('a transaction whose work throws leaves nothing, and the connection is used again', async () => {
  const { writer } = fresh.database;
  const work = inTransaction(writer, async (client) => {
    await queryRows(client, sql`insert into kept values (${1})`);
    throw new Error('changed its mind');
  });
  await assert.rejects(work, /changed its mind/);
  assert.deepEqual(await queryRows(writer, sql`select n from kept`), []);
  assert.equal(writer.idleCount, writer.totalCount);
});

test('a transaction that swallowed a failed statement does not pass for committed', async () => {
  const work = inTransaction(fresh.database.writer, async (client) => {
    await queryRows(client, sql`insert into kept values (${2})`);
    await queryRows(client, sql`select 1 / ${0}::int`).catch(() => {});
  });
  await assert.rejects(work, /rolled back/);
  assert.deepEqual(await queryRows(fresh.database.writer, sql`select n from kept`), []);
});

test('a connection lost in the middle of a transaction is not put back, and the next one works', async () => {
  const { writer } = fresh.database;
  const work = inTransaction(writer, async (client) => {
    const [row] = await queryRows<{ pid: number }>(client, sql`select pg_backend_pid() as pid`);
    await withConnection(fresh.database.owner, (other) => other.query('select pg_terminate_backend($1)', [row?.pid]));
    await queryRows(client, sql`insert into kept values (${3})`);
  });
  await assert.rejects(work);
  assert.equal(await inTransaction(writer, async () => 'again'), 'again');
  assert.deepEqual(await queryRows(writer, sql`select n from kept`), []);
});

test('values arrive as what they are: whole numbers, times, bytes, days, and no number is rounded', async () => {
  const [row] = await queryRows(
    fresh.database.reader,
    sql`select 9007199254740991::bigint as large, timestamptz '2026-01-02T03:04:05Z' as time, '\\x00ff'::bytea as bytes,
          date '2026-01-02' as day, array[1, null]::bigint[] as many, count(*) as none from kept`,
  );
  assert.deepEqual(row, {
    large: Number.MAX_SAFE_INTEGER,
    time: new Date('2026-01-02T03:04:05Z'),
    bytes: Buffer.from([0, 255]),
    day: '2026-01-02',
    many: [1, null],
    none: 0,
  });
  await assert.rejects(queryRows(fresh.database.reader, sql`select 9007199254740993::bigint as larger`), RangeError);
});

test('nothing stays on the server between statements: no prepared statement, no setting', async () => {
  const { writer } = fresh.database;
  await Promise.all([1, 2, 3, 4].map((n) => queryRows(writer, sql`select ${n}::int as n`)));
  assert.deepEqual(await queryRows(writer, sql`select name from pg_prepared_statements`), []);
  const changed = sql`select name from pg_settings where source = 'session' and name <> 'application_name'`;
  assert.deepEqual(await queryRows(writer, changed), []);
});

test('committed means on disk: the writing role has synchronous_commit on', async () => {
  assert.deepEqual(await queryRows(fresh.database.writer, sql`select current_setting('synchronous_commit') as it`), [
    { it: 'on' },
  ]);
});
