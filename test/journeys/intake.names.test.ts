import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { makeNameKey, type Stated } from '../support/nameKey.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

before(async () => {
  server = await startServer({ site: { screening: 'off', 'names.protect': 'on' } });
});
after(() => server?.stop());

type Written = { name: string; text?: string; story?: string; holder?: string; submission?: string };

async function write({
  name,
  text = 'A word.',
  story = 'welcome',
  holder,
  submission = randomUUID(),
}: Written): Promise<string> {
  const response = await server.fetch(`/api/v1/sites/sample/stories/${story}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': submission },
    body: JSON.stringify({ name, text, ...(holder === undefined ? {} : { holder }) }),
  });
  const body = (await response.json()) as { refusal?: { reason: string } };
  return body.refusal?.reason ?? String(response.status);
}

/** Writes with the key, as its holder would. */
function hold(key: ReturnType<typeof makeNameKey>, name: string, stated: Partial<Stated> = {}): Promise<string> {
  const submission = randomUUID();
  const text = 'A word of mine.';
  return write({ name, text, submission, holder: key.prove({ submission, name, text, ...stated }) });
}

test('whoever protects a name may go on writing under it, and nobody else may, nor under what looks like it', async () => {
  const [nina, other] = [makeNameKey(), makeNameKey()];
  assert.equal(await write({ name: 'Nina Berg' }), '202', 'free until somebody protects it');
  assert.equal(await hold(nina, 'Nina Berg'), '202');
  assert.equal(await hold(nina, 'nina berg'), '202', 'the same name for its holder');
  for (const name of ['Nina Berg', 'NINA  BERG', 'N1na Berg', 'Nína Berg', 'NlNA BERG']) {
    assert.equal(await write({ name }), 'name_protected', name);
    assert.equal(await hold(other, name), 'name_protected', name);
  }
  assert.equal(await write({ name: 'Nina Bergen' }), '202');
  assert.equal(await hold(nina, 'Somebody Else'), '202', 'one key may hold several names');
});

test('a protected name is marked in the thread, once a person approved the comment', async () => {
  const key = makeNameKey();
  const submission = randomUUID();
  const stated = { submission, name: 'Marked One', text: 'Mine.' };
  assert.equal(await write({ ...stated, holder: key.prove(stated) }), '202');
  const desk = await server.token('desk');
  const [row] = await queryRows<{ id: string }>(
    server.store.writer,
    sql`select id from comment where name = 'Marked One'`,
  );
  await server.fetch(`/api/v1/desk/comments/${row?.id}/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk}`, 'content-type': 'application/json' },
    body: JSON.stringify({ verdict: 'approve', version: 1 }),
  });
  const thread = await (await server.fetch('/api/v1/sites/sample/stories/welcome/thread')).json();
  assert.partialDeepStrictEqual(thread, { comments: [{ name: 'Marked One', speaker: 'name' }] });
});

test('a proof is good for one comment, under one story, in one name, sent under one key', async () => {
  const key = makeNameKey();
  assert.equal(await hold(key, 'Bound'), '202');
  const moved: Partial<Stated>[] = [
    { story: 'bexer' },
    { site: 'other' },
    { name: 'Somebody' },
    { text: 'Other words.' },
    { submission: randomUUID() },
  ];
  for (const stated of moved) assert.equal(await hold(key, 'Bound', stated), 'name_unproven', JSON.stringify(stated));
  const submission = randomUUID();
  const proof = key.prove({ submission, name: 'Bound', text: 'A word.' });
  for (const holder of [
    proof.slice(0, -6),
    `${proof}.x`,
    `.${proof}`,
    'x',
    `${'A'.repeat(87)}.${proof.split('.')[1]}`,
  ]) {
    assert.equal(await write({ name: 'Bound', submission, holder }), 'name_unproven', holder);
  }
  assert.equal(await write({ name: 'Bound', submission, holder: proof }), '202');
});

test('of two browsers that want one name at the same moment one gets it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const name = `Wanted ${'abcde'[round]}`;
    const answers = await Promise.all([hold(makeNameKey(), name), hold(makeNameKey(), name.toUpperCase())]);
    assert.deepEqual(answers.toSorted(), ['202', 'name_protected']);
  }
});

test('a name that nobody used for the days of the setting is free again', async () => {
  await server.set({ 'names.unusedDays': 2 });
  const key = makeNameKey();
  assert.equal(await hold(key, 'Gone Away'), '202');
  assert.equal(await write({ name: 'Gone Away' }), 'name_protected');
  server.pass(2 * 24 * 60 + 1);
  assert.equal(await write({ name: 'Gone Away' }), '202');
  assert.equal(await hold(makeNameKey(), 'Gone Away'), '202', 'another takes it');
  assert.equal(await hold(key, 'Gone Away'), 'name_protected');
  await server.set({ 'names.unusedDays': 180 });
});

test('whoever holds the key gives its names up, of this site, now; nobody else can', async () => {
  const [key, other] = [makeNameKey(), makeNameKey()];
  assert.equal(await hold(key, 'Given Up'), '202');
  const release = async (body: object, site = 'sample'): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await server.fetch(`/api/v1/sites/${site}/names/release`, sent);
    const answer = (await response.json()) as { refusal?: { reason: string } };
    return answer.refusal?.reason ?? String(response.status);
  };
  const at = server.now().toISOString();
  const late = new Date(server.now().getTime() - 25 * 3_600_000).toISOString();
  assert.equal(await release({ at }), 'name_unproven');
  assert.equal(await release({ at: 'now', holder: key.release({ site: 'sample', at: 'now' }) }), 'name_unproven');
  assert.equal(await release({ at: late, holder: key.release({ site: 'sample', at: late }) }), 'name_unproven');
  assert.equal(await release({ at, holder: key.release({ site: 'other', at }) }), 'name_unproven');
  assert.equal(await release({ at, holder: key.release({ site: 'nowhere', at }) }, 'nowhere'), 'not_found');
  assert.equal(await release({ at, holder: other.release({ site: 'sample', at }) }), '200', 'it holds none');
  assert.equal(await write({ name: 'Given Up' }), 'name_protected');
  assert.equal(await release({ at, holder: key.release({ site: 'sample', at }) }), '200');
  assert.equal(await write({ name: 'Given Up' }), '202');
  assert.equal(await hold(other, 'Given Up'), '202', 'another takes it');
});

test('a site may do without, and the database knows no name by sight', async () => {
  const key = makeNameKey();
  assert.equal(await hold(key, 'Unread Name'), '202');
  const kept = JSON.stringify(await queryRows(server.store.writer, sql`select p::text from protected_name p`));
  assert.doesNotMatch(kept, /unread/i);
  await server.set({ 'names.protect': 'off' });
  assert.equal(await write({ name: 'Unread Name' }), '202');
  await server.set({ 'names.protect': 'on' });
  assert.equal(await write({ name: 'Unread Name' }), 'name_protected');
});
