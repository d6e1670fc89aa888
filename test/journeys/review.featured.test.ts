import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RouteName } from '../../src/contract/routes.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { findPublished, listPublished } from '../../src/record/published.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let bo: Principal;

before(async () => {
  desk = await openDesk('harbour');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  bo = await desk.person('Bo', 'moderator', 'harbour');
});
after(() => desk.remove());

const ask = (name: RouteName, id: string, principal: Principal, body?: object): Promise<Read> =>
  desk.ask(name, { params: { id }, principal, body });
const publish = async (): Promise<string> => {
  const id = await desk.hold('harbour');
  assert.equal((await ask('postDecision', id, ada, { verdict: 'approve', version: 1 })).status, 201);
  return id;
};
const isShown = async (id: string): Promise<boolean | undefined> =>
  (await findPublished(desk.database, { site: 'harbour', story: 'bridge', id }))?.featured;
const featured = async (): Promise<{ ids: string[]; counted: number }> => {
  const named = { site: 'harbour', story: 'bridge' };
  const page = await listPublished(desk.database, { ...named, sort: 'featured', limit: 10 });
  return { ids: page.rows.map(({ id }) => id), counted: page.featured };
};

test('nothing but a published comment is featured, and nothing where the site has switched it off', async () => {
  const held = await desk.hold('harbour');
  assert.equal((await ask('putFeatured', held, ada)).reason, 'state_moved_on');
  assert.equal((await ask('deleteFeatured', held, ada)).reason, 'state_moved_on');
  const rejection = { verdict: 'reject', guideline: 'attack', version: 1 };
  assert.equal((await ask('postDecision', held, ada, rejection)).status, 201);
  assert.equal((await ask('putFeatured', held, ada)).reason, 'state_moved_on');
  const id = await publish();
  await ask('putFeatured', id, ada);
  assert.equal(await isShown(id), true);
  const turn = (value: 'on' | 'off'): Promise<unknown> =>
    changeSettings(desk.database, 'harbour', { settings: { featured: value }, at: noon, actor: 'operator' });
  await turn('off');
  assert.equal(await isShown(id), false);
  assert.deepEqual(await featured(), { ids: [], counted: 0 });
  const other = await publish();
  assert.equal((await ask('putFeatured', other, ada)).reason, 'switched_off');
  assert.equal((await ask('getComment', other, ada)).body['mayFeature'], false);
  await turn('on');
  assert.deepEqual(await featured(), { ids: [id], counted: 1 });
  // Taken away where it is switched off, too.
  await turn('off');
  assert.equal((await ask('deleteFeatured', id, ada)).status, 200);
  await turn('on');
  assert.equal(await isShown(id), false);
});

test('two who feature a comment make one mark, of whoever was first; the record has who, when and that it was taken back', async () => {
  const id = await publish();
  const mark = { by: 'Ada', at: noon.toISOString() };
  assert.deepEqual((await ask('putFeatured', id, ada)).body, { comment: id, featured: mark });
  assert.deepEqual((await ask('putFeatured', id, bo)).body, { comment: id, featured: mark });
  assert.deepEqual((await ask('getComment', id, bo)).body['featured'], mark);
  for (const _ of [1, 2]) assert.equal((await ask('deleteFeatured', id, bo)).body['featured'], null);
  await ask('putFeatured', id, bo);
  const events = await desk.rows<{ kind: string; by: string }>(
    sql`select e.kind, a.name as by from event e join account a on 'moderator:' || a.id = e.actor
      where e.comment = ${id} and e.kind like '%featured' order by e.seq`,
  );
  assert.deepEqual(
    events.map(({ kind, by }) => `${kind} by ${by}`),
    ['featured by Ada', 'unfeatured by Bo', 'featured by Bo'],
  );
  assert.equal(await verifyRecord(desk.database), undefined);
});

test('a mark goes with the comment that is taken down, and does not come back with it', async () => {
  const id = await publish();
  await ask('putFeatured', id, ada);
  assert.equal((await ask('postRemoval', id, ada, { guideline: 'attack' })).status, 201);
  assert.ok(!(await featured()).ids.includes(id));
  assert.equal((await ask('putFeatured', id, ada)).reason, 'state_moved_on');
  assert.equal((await ask('postReversal', id, ada, { verdict: 'approve', version: 3 })).status, 201);
  assert.equal(await isShown(id), false);
  assert.equal(await verifyRecord(desk.database), undefined);
});

test('verify finds a mark and a reaction that nothing accounts for', async () => {
  const held = await desk.hold('harbour');
  const shown = await publish();
  const featured = `insert into featured values ('harbour', $1, 'bridge', 1, 'moderator:x', now())`;
  const reacted = `insert into reaction values ('harbour', $1, decode(repeat('00', 16), 'hex'), 'thanks')`;
  const broken: [string, string, RegExp][] = [
    [featured, shown, /it is marked as featured by no event/],
    [featured, held, /it is marked as featured by no event/],
    [reacted, held, /a reader reacted to a comment that is not published/],
  ];
  for (const [statement, id, words] of broken) {
    await desk.tamper(statement, [id]);
    assert.match((await verifyRecord(desk.database)) ?? '', words);
    for (const table of ['featured', 'reaction']) await desk.tamper(`delete from ${table} where comment = $1`, [id]);
  }
});

test('a mark is written by an event alone, told to readers without its author, and missed where it was taken away', async () => {
  const id = await publish();
  await ask('putFeatured', id, ada);
  const { writer, reader } = desk.database;
  for (const statement of [
    sql`delete from featured`,
    sql`update featured set actor = 'moderator:x'`,
    sql`insert into featured select site, id, story, 1, 'moderator:x', now() from published`,
  ])
    await assert.rejects(writer.query(statement), { code: '42501' });
  await assert.rejects(reader.query(sql`select actor from featured`), { code: '42501' });
  await assert.rejects(desk.append('harbour', id, { kind: 'featured', body: {} }), { code: /23505|23514/ });
  await desk.tamper(`update featured set actor = 'moderator:somebody' where comment = $1`, [id]);
  assert.match((await verifyRecord(desk.database)) ?? '', /mark has another actor/);
  await desk.tamper(`delete from featured where comment = $1`, [id]);
  assert.match((await verifyRecord(desk.database)) ?? '', /it has no mark/);
});
