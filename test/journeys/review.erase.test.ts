import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let moderator: Principal;
let editor: Principal;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  moderator = await desk.person('Ada', 'moderator', 'harbour');
  editor = await desk.person('Eli', 'editor', 'harbour');
});
after(() => desk.remove());

function erase(id: string, principal = editor, body: unknown = {}): Promise<Read> {
  return desk.ask('postErasure', { params: { id }, principal, body });
}

test('only an editor erases, with a known reason, and once', async () => {
  const id = await desk.hold('harbour');
  assert.equal((await erase(id, moderator)).reason, 'not_allowed');
  assert.equal((await erase(id, editor, { reason: 'mood' })).reason, 'field_malformed');
  assert.equal((await erase(id, editor, [])).reason, 'body_malformed');
  assert.equal((await erase(await desk.hold('valley'))).reason, 'comment_unknown');
  assert.equal((await erase(id)).status, 201);
  assert.equal((await erase(id)).reason, 'state_moved_on');
});

test('P-3: an erasure takes the text from every table, leaves a tombstone, and commitments stay as they were', async () => {
  const canary = 'A canary that must not be found again';
  const contact = { sealed: Buffer.from('canary address'), language: 'en', deleteAfter: addMinutes(noon, 600_000) };
  const id = await desk.hold('harbour', { name: 'Canary Person', text: canary, contact });
  const decided = await desk.ask('postDecision', {
    params: { id },
    principal: moderator,
    body: { verdict: 'approve', version: 1, explanation: 'canary explanation' },
  });
  assert.equal(decided.status, 201);
  const events = sql`select seq, id, kind, actor, commitment from event where site = 'harbour' and comment = ${id} order by seq`;
  const before = await desk.rows<{ kind: string }>(events);
  const erased = await erase(id, editor, { reason: 'request' });
  assert.deepEqual(erased.body, {
    comment: id,
    state: 'erased',
    version: 3,
    reason: 'request',
    erasedAt: noon.toISOString(),
  });
  const later = await desk.rows<{ kind: string }>(events);
  assert.deepEqual(later.slice(0, before.length), before);
  assert.deepEqual(
    later.map(({ kind }) => kind),
    ['received', 'decided', 'erased'],
  );
  const [row] = await desk.rows<object>(
    sql`select state, name, text, sha256, network, fingerprint, screening from comment where id = ${id}`,
  );
  const gone = {
    name: null,
    text: null,
    sha256: null,
    network: null,
    fingerprint: null,
    screening: null,
  };
  assert.deepEqual(row, { state: 'erased', ...gone });
  const left = await desk.rows<{ found: string }>(sql`
    select t::text as found from comment t union all select t::text from event t union all select t::text from decision t
    union all select t::text from published t union all select t::text from contact t union all select t::text from outbox t`);
  assert.deepEqual(
    left.filter(({ found }) => /canary/i.test(found)),
    [],
  );
  assert.equal(await verifyRecord(desk.database), undefined);
});

test('an erased comment is shown to the desk as a tombstone with its history', async () => {
  const id = await desk.hold('harbour');
  await erase(id);
  const shown = await desk.ask('getComment', { params: { id }, principal: moderator });
  assert.deepEqual(
    [shown.body['state'], shown.body['text'], shown.body['name'], shown.body['sha256']],
    ['erased', null, null, null],
  );
  const history = shown.body['history'] as { kind: string; by: string; body: object | null }[];
  assert.deepEqual(
    history.map(({ kind, by, body }) => ({ kind, by, body })),
    [
      { kind: 'received', by: 'reader', body: null },
      { kind: 'erased', by: 'Eli', body: { reason: 'request' } },
    ],
  );
});
