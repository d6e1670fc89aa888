import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { claimNextHeld } from '../../src/record/claims.ts';
import { findSubmission } from '../../src/record/comments.ts';
import { listPublished } from '../../src/record/published.ts';
import type { Store } from '../../src/record/store.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';

// So that the schema can later be distributed by site without a rewrite.
let fresh: FreshDatabase;

before(async () => {
  fresh = await freshDatabase();
});
after(() => fresh.remove());

/** Indexes that begin with another column, none of which a reader's request uses. */
const elsewhere: Readonly<Record<string, string>> = {
  story_tags: 'a GIN index, read together with the site',
  comment_suspects: 'a GIN index, read together with the site',
  sorting_words: 'a GIN index, read together with the site',
  sorting_trigram: 'a GIN index, read together with the site',
  account_everywhere: 'one person on several sites; to be looked up by a sign-in',
  contact_due: 'retention, over all sites',
  mail_address_since: 'retention, over all sites',
  push_subscription_due: 'retention, over all sites',
  pending_due: 'verdicts that take effect, over all sites',
  outbox_due: 'delivery, over all sites',
  reader_token_expires: 'retention, over all sites',
};

test('every table has the site in its primary key', async () => {
  const tables = await listTables();
  assert.ok(tables.length >= 18, String(tables));
  const rows = await queryRows<{ name: string }>(
    fresh.database.writer,
    sql`select c.relname as name from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) and a.attname = 'site'
      where c.relnamespace = 'public'::regnamespace order by 1`,
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    tables,
  );
});

test('every index begins with the site, but for those of work over all sites', async () => {
  const indexes = await listIndexes();
  const others = [...indexes].filter(([, first]) => first !== 'site').map(([name]) => name);
  assert.deepEqual(others.toSorted(), Object.keys(elsewhere).toSorted());
});

test('every foreign key stays within its site', async () => {
  const rows = await queryRows<{ name: string }>(
    fresh.database.writer,
    sql`select k.conrelid::regclass || '.' || k.conname as name from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
        select from unnest(k.conkey, k.confkey) as pair (mine, theirs)
          join pg_attribute m on m.attrelid = k.conrelid and m.attnum = mine and m.attname = 'site'
          join pg_attribute t on t.attrelid = k.confrelid and t.attnum = theirs and t.attname = 'site')`,
  );
  assert.deepEqual(rows, []);
});

const now = new Date('2026-11-22T12:00:00Z');
const page = { site: 'a', story: 's', limit: 100 };
const hot: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'the next claim': (store) =>
    claimNextHeld(store, { site: 'a', sections: [], state: 'held' }, { account: randomUUID(), now, expiresAt: now }),
  'a thread from the newest on': (store) => listPublished(store, { ...page, sort: 'newest' }),
  'a thread from the oldest on': (store) =>
    listPublished(store, { ...page, sort: 'oldest', after: { sort: 'oldest', position: 5 } }),
  'a thread by replies': (store) => listPublished(store, { ...page, sort: 'replies' }),
  'a submission sent again': (store) => findSubmission(store, 'a', randomUUID()),
};

for (const [name, ask] of Object.entries(hot)) {
  test(`${name}: each table in the statement is asked for its site, through an index that begins with it`, async () => {
    const asked: Asked[] = [];
    const { database } = fresh;
    const store = { ...database, writer: listening(database.writer, asked), reader: listening(database.reader, asked) };
    await ask(store);
    assert.ok(asked.length > 0);
    for (const statement of asked) await expectBySite(statement);
  });
}

async function expectBySite(statement: Asked): Promise<void> {
  assert.match(statement.text, /\bsite = \$\d/);
  const tables = (await listTables()).join('|');
  const named = [
    ...statement.text.matchAll(new RegExp(`\\b(?:from|join) (${tables})\\b(?: (?!on\\b|as\\b)([a-z]{1,2})\\b)?`, 'g')),
  ];
  assert.ok(named.length > 0);
  for (const [, table, alias] of named) {
    const condition = alias === undefined ? /\bwhere site = / : new RegExp(`\\b${alias}\\.site = `);
    assert.match(statement.text, condition, `${table} ${alias}`);
  }
  const indexes = await listIndexes();
  const used = await listUsed(statement);
  assert.ok(used.length > 0, 'no index is used');
  for (const index of used) assert.equal(indexes.get(index), 'site', index);
}

type Asked = { text: string; values: unknown[] };

/** A pool that notes what it is asked. */
function listening(pool: pg.Pool, asked: Asked[]): pg.Pool {
  const query = (text: string, values: unknown[]): Promise<pg.QueryResult> => {
    asked.push({ text, values });
    return pool.query(text, values);
  };
  return new Proxy(pool, {
    get: (target, name) => {
      const value: unknown = name === 'query' ? query : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type Plan = { 'Index Name'?: string; 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };

/** The indexes of a statement's plan. Fails where a table is read from end to end although that costs more than anything. */
async function listUsed({ text, values }: Asked): Promise<string[]> {
  const plans = await inTransaction(fresh.database.writer, async (transaction) => {
    await transaction.query('set local enable_seqscan = off');
    const { rows } = await transaction.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `explain (format json) ${text}`,
      values,
    );
    return (rows[0]?.['QUERY PLAN'] ?? []).map(({ Plan }) => Plan);
  });
  const nodes = plans.flatMap(function flatten(plan: Plan): Plan[] {
    return [plan, ...(plan.Plans ?? []).flatMap(flatten)];
  });
  for (const node of nodes) assert.notEqual(node['Node Type'], 'Seq Scan', node['Relation Name'] ?? '');
  return nodes.flatMap((node) => node['Index Name'] ?? []);
}

async function listTables(): Promise<string[]> {
  const rows = await queryRows<{ name: string }>(
    fresh.database.writer,
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname <> 'schema_version' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Indexes by name with their first column. */
async function listIndexes(): Promise<Map<string, string>> {
  const rows = await queryRows<{ name: string; first: string }>(
    fresh.database.writer,
    sql`select n.relname as name, a.attname as first from pg_index i join pg_class n on n.oid = i.indexrelid
      join pg_class c on c.oid = i.indrelid and c.relname <> 'schema_version'
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where n.relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(({ name, first }) => [name, first]));
}
