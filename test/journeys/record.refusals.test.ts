import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { withConnection } from '../../src/storage/connections.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { sql } from '../../src/storage/sql.ts';
import { openDesk, type Desk } from '../support/desk.ts';

const canary = 'canary that nobody approved';

let desk: Desk;
let held: string;
let approved: string;
let rejected: string;

before(async () => {
  desk = await openDesk('harbour');
  const ada = await desk.person('Ada', 'moderator', 'harbour');
  held = await desk.hold('harbour', { text: canary, name: 'canary' });
  approved = await desk.hold('harbour');
  rejected = await desk.hold('harbour', { text: `${canary}, nor ever will`, name: 'canary' });
  for (const [id, verdict] of [
    [approved, 'approve'],
    [rejected, 'reject'],
  ]) {
    const body = { verdict, guideline: 'attack', explanation: `${canary} explained`, version: 1 };
    assert.equal((await desk.ask('postDecision', { params: { id: id ?? '' }, principal: ada, body })).status, 201);
  }
  await desk.append('harbour', rejected, {
    kind: 'appealed',
    body: { appeal: '00000000-0000-4000-8000-00000000000a', text: canary },
  });
  await desk.tamper('analyze');
});
after(() => desk.remove());

test("R-2b: the readers' role finds no byte of a held comment in any table, view or statistic of the database", async () => {
  const { reader } = desk.database;
  const found = await reader.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'v', 'm', 'p', 'S', 'f') order by 1`,
  );
  const names = found.rows.map(({ name }) => name);
  assert.ok(names.includes('public.comment') && names.includes('pg_catalog.pg_statistic'));
  const open: string[] = [];
  for (const name of names) {
    const rows = await reader.query<{ row: string }>(`select t::text as row from ${name} t`).catch((error: unknown) => {
      assert.ok(error instanceof pg.DatabaseError);
      return undefined;
    });
    if (!rows) continue;
    if (name.startsWith('public.')) open.push(name);
    assert.deepEqual(
      rows.rows.filter(({ row }) => row.includes(canary)),
      [],
      name,
    );
  }
  assert.deepEqual(open, ['public.guideline_version', 'public.published', 'public.site', 'public.story']);
});

test("the readers' role writes nothing and calls nothing", async () => {
  const { reader } = desk.database;
  const statements = [
    `update published set text = 'x'`,
    `delete from published`,
    `insert into story select * from story`,
    `select tell('removed', 'harbour', 'bridge', null)`,
    `select fold_event()`,
    `select unpublish(null)`,
    `copy comment to stdout`,
    `create table public.mine (a int)`,
    `set role ${pg.escapeIdentifier(desk.database.roles.writer)}`,
  ];
  for (const statement of statements) {
    await assert.rejects(
      reader.query(statement),
      ({ code }: pg.DatabaseError) => code === '42501' || code === '0A000',
      statement,
    );
  }
});

const publish = `insert into published (site, id, story, name, text, sha256, lang, dir, published_at, position)
  select site, id, story, name, text, sha256, lang, dir, submitted_at, coalesce(decision, seq) from comment where id = $1`;

// Each with the comment it is tried on. `published` in front of `decision`, as their foreign key has it.
const attempts: [string, () => string, string][] = [
  ['change a text', () => held, `update comment set text = 'x', sha256 = sha256('x') where id = $1`],
  ['change a published text', () => approved, `update published set text = 'x', sha256 = sha256('x') where id = $1`],
  ['change a name', () => held, `update comment set name = 'x' where id = $1`],
  ['change a state', () => held, `update comment set state = 'approved' where id = $1`],
  ['change a version', () => held, `update comment set version = 9 where id = $1`],
  ['change a place in the queue', () => held, `update comment set need = 1 where id = $1`],
  ['move a comment to another story', () => held, `update comment set story = 'x' where id = $1`],
  [
    'blank a text without an erasure',
    () => held,
    `update comment set text = null, name = null, sha256 = null, state = 'erased' where id = $1`,
  ],
  ['delete a comment', () => held, `delete from comment where id = $1`],
  ['change an event', () => held, `update event set actor = 'x' where comment = $1`],
  ['blank an event', () => held, `update event set body = null, salt = null where comment = $1`],
  ['delete an event', () => held, `delete from event where comment = $1`],
  [
    'insert a decision',
    () => held,
    `insert into decision (site, comment, seq, verdict, sha256, actor, decided_at) select site, id, 999, 'approve', sha256, 'x', now() from comment where id = $1`,
  ],
  ['change a decision', () => rejected, `update decision set verdict = 'approve' where comment = $1`],
  ['change an explanation', () => rejected, `update decision set explanation = 'x' where comment = $1`],
  ['delete a decision', () => rejected, `delete from decision where comment = $1`],
  ['publish a held comment', () => held, publish],
  ['publish a rejected comment', () => rejected, publish],
  ['hide a published comment', () => approved, `delete from published where id = $1`],
  ['decide an appeal', () => rejected, `update appeal set state = 'upheld' where comment = $1`],
  ['delete an appeal', () => rejected, `delete from appeal where comment = $1`],
  [
    'reword a guideline in place',
    () => held,
    `update guideline_version set wordings = '{}' where $1::uuid is not null`,
  ],
  ['take a guideline version away', () => held, `delete from guideline_version where $1::uuid is not null`],
];

// Decisions as an event, which the writer may append: the fold says no.
const moves: [string, () => string, object][] = [
  ['decide a second time', () => rejected, { verdict: 'reject', version: 1 }],
  ['decide a second time on the version of now', () => rejected, { verdict: 'reject', version: 2 }],
  ['approve a second time', () => approved, { verdict: 'approve', version: 2 }],
  ['remove what is held', () => held, { verdict: 'remove', version: 1 }],
  ['decide on a version to come', () => held, { verdict: 'approve', version: 2 }],
  ['decide without a version', () => held, { verdict: 'approve' }],
  ['decide about another text', () => held, { verdict: 'approve', version: 1, sha256: 'ab'.repeat(32) }],
  [
    'reject without a guideline',
    () => held,
    { verdict: 'reject', version: 1, guideline: null, guidelineVersion: null },
  ],
  [
    'reject for a guideline that is not there',
    () => held,
    { verdict: 'reject', version: 1, guideline: 'taste', guidelineVersion: 1 },
  ],
  ['give a verdict of its own', () => held, { verdict: 'edit', version: 1 }],
];

for (const role of ['writer', 'owner'] as const) {
  describe(`the database refuses to let the ${role}`, () => {
    async function run(statement: string, values: unknown[]): Promise<unknown> {
      const connection =
        role === 'owner' ? desk.database.owner : { ...desk.database.listen, user: desk.database.roles.writer };
      return withConnection(connection, (client) => client.query(statement, values));
    }

    for (const [name, id, statement] of attempts) {
      test(name, async () => {
        const codes = role === 'writer' ? ['42501', 'ST002'] : ['ST002'];
        await assert.rejects(run(statement, [id()]), ({ code }: pg.DatabaseError) => codes.includes(code ?? ''));
      });
    }

    for (const table of ['comment', 'event', 'decision', 'published', 'appeal', 'guideline_version']) {
      test(`empty the table ${table}`, async () => {
        await assert.rejects(
          run(`truncate ${table} cascade`, []),
          ({ code }: pg.DatabaseError) => code === (role === 'writer' ? '42501' : 'ST002'),
        );
      });
    }

    for (const [name, id, body] of moves) {
      test(name, async () => {
        const [row] = await desk.rows<{ sha256: string }>(
          sql`select encode(sha256, 'hex') as sha256 from comment where id = ${id()}`,
        );
        const full = { sha256: row?.sha256, guideline: 'attack', guidelineVersion: 1, ...body };
        const statement = `insert into event (site, id, kind, comment, at, actor, body, salt, commitment)
          values ('harbour', gen_random_uuid(), 'decided', $1, now(), 'x', $2, 'x', sha256('x'))`;
        const codes = ['ST001', 'ST002', '23502', '23503', '23514'];
        await assert.rejects(run(statement, [id(), JSON.stringify(full)]), ({ code }: pg.DatabaseError) =>
          codes.includes(code ?? ''),
        );
      });
    }
  });
}

test('a trigger of its own gets the writer no further: the depth that the fold has is not enough without its rights', async () => {
  await withConnection({ ...desk.database.listen, user: desk.database.roles.writer }, async (client) => {
    await client.query('create temporary table mine (a int)');
    await client.query(`create function pg_temp.cheat() returns trigger language plpgsql as $$ begin
      update public.comment set state = 'approved' where state = 'held'; return null; end $$`);
    await client.query('create trigger cheat after insert on mine for each row execute function pg_temp.cheat()');
    await assert.rejects(client.query('insert into mine values (1)'), { code: '42501' });
  });
});

test('even past every trigger the keys refuse a second decision in the place of the first, and a text that is not its hash', async () => {
  const decision = `insert into decision (site, comment, seq, verdict, sha256, guideline, guideline_version, actor, decided_at, supersedes)
    select site, comment, 9999, verdict, sha256, guideline, guideline_version, actor, decided_at, supersedes from decision where comment = $1`;
  await assert.rejects(desk.tamper(decision, [rejected]), { code: '23505' });
  const edited = `insert into published (site, id, story, name, text, sha256, lang, dir, published_at, position)
    select site, id, story, name, 'x', sha256, lang, dir, submitted_at, seq from comment where id = $1`;
  await assert.rejects(desk.tamper(edited, [held]), { code: '23514' });
  await assert.rejects(desk.tamper(`update comment set text = 'x' where id = $1`, [held]), { code: '23514' });
});

test('after all of it the record holds', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
