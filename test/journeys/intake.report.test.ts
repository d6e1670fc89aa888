import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from '../../src/contract/http.ts';
import { openContact } from '../../src/record/contactSeal.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import {
  decide,
  draft,
  hold,
  makeCall,
  openIntakeDesk,
  reasonOf,
  secret,
  type IntakeDesk,
  type Sent,
} from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
});
after(() => desk.remove());

async function report(id: string, body: unknown, sent: Sent = {}): Promise<Answer> {
  return desk.intake.handlers.postReport(makeCall(body, { ...sent, params: { id } }));
}

async function published(): Promise<string> {
  const { id } = await hold(desk, draft);
  await decide(desk, id, { verdict: 'approve' });
  return id;
}

test('a report of a published comment is stored with a receipt, and whoever reported is sealed', async () => {
  const comment = await published();
  const answer = await report(comment, {
    reason: 'attack',
    detail: 'It names\r\nmy family.',
    name: 'Rojîn',
    email: 'r@courier.example',
    state: 'upheld',
  });
  assert.equal(reasonOf(answer), 'answered 202');
  const { id, receipt } = (answer as { body: { id: string; receipt: string } }).body;
  const [row] = await queryRows<{ sealed: Buffer }>(
    desk.database.writer,
    sql`select comment, reason, detail, state, sealed_contact as sealed from report where id = ${id}`,
  );
  assert.ok(row);
  const { sealed, ...rest } = row;
  assert.deepEqual(rest, { comment, reason: 'attack', detail: 'It names\nmy family.', state: 'open' });
  assert.deepEqual(JSON.parse(openContact(secret, { site: 'sample', kind: 'report', id }, sealed) ?? ''), {
    name: 'Rojîn',
    email: 'r@courier.example',
  });
  const asComment = await desk.intake.handlers.postReceipt(makeCall({ receipt }));
  assert.equal(reasonOf(asComment), 'receipt_unknown');
});

test('what is not published cannot be reported, and its existence does not show', async () => {
  const { id } = await hold(desk, draft);
  for (const unknown of [id, '00000000-0000-4000-8000-000000000000', 'x', '', '../x']) {
    assert.deepEqual(await report(unknown, { reason: 'other' }), {
      outcome: 'refused',
      refusal: { reason: 'comment_unknown' },
    });
  }
});

test('the reason is one of the guidelines of the site, illegal or other; the rest has the rules of a text', async () => {
  const comment = await published();
  const refusals = [
    [{}, 'report_reason_unknown'],
    [null, 'body_malformed'],
    [{ reason: 'boring' }, 'report_reason_unknown'],
    [{ reason: ['attack'] }, 'report_reason_unknown'],
    [{ reason: 'other', detail: 'a\u202e' }, 'text_characters'],
    [{ reason: 'other', detail: 'x'.repeat(2001) }, 'text_too_long'],
    [{ reason: 'other', email: 'x' }, 'email_malformed'],
    [{ reason: 'other', name: 'n'.repeat(81) }, 'name_too_long'],
    [{ reason: 'other', detail: 7 }, 'field_malformed'],
  ] as const;
  for (const [body, reason] of refusals)
    assert.equal(reasonOf(await report(comment, body)), reason, JSON.stringify(body));
  for (const reason of ['illegal', 'other', 'relevance'])
    assert.equal(reasonOf(await report(comment, { reason })), 'answered 202');
});

test('a network reports twenty times in ten minutes, and then waits', async () => {
  const comment = await published();
  const address = '192.0.2.44';
  for (let count = 0; count < 20; count += 1)
    assert.equal(reasonOf(await report(comment, { reason: 'other' }, { address })), 'answered 202');
  assert.equal(reasonOf(await report(comment, { reason: 'other' }, { address })), 'too_many_attempts');
  assert.equal(reasonOf(await report(comment, { reason: 'other' }, { address: '198.51.100.1' })), 'answered 202');
});

test('a plain form ends on a page, with the receipt or with why not', async () => {
  const comment = await published();
  const statuses = [
    await report(comment, { reason: 'other' }, { form: true, address: '198.51.100.9' }),
    await report('x', { reason: 'other' }, { form: true }),
  ];
  assert.deepEqual(
    statuses.map((answer) => answer.outcome === 'answered' && answer.status),
    [202, 404],
  );
  assert.ok(desk.shown.reported[0]?.report?.receipt);
  assert.equal(desk.shown.reported[1]?.refusal?.reason, 'comment_unknown');
});
