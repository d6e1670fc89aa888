import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { AutomationRow } from '../../src/contract/automation.ts';
import { appendEvent } from '../../src/record/events.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { withConnection } from '../../src/storage/connections.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import {
  asProgram,
  decideMany,
  type Person,
  type Receipt,
  type Reply,
  rowOf,
  rules,
  signInAs,
  switchOn,
  write,
} from '../support/automation.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

let server: TestServer;
let smtp: TestSmtp;
let editor: Person;
let moderator: Person;

before(async () => {
  smtp = await startSmtp();
  server = await startServer({ settings: { smtpUrl: smtp.url, mailFrom: 'desk@harbour.example' } });
  editor = await signInAs(server, 'editor');
  moderator = await signInAs(server, 'moderator');
});
after(async () => {
  await server.stop();
  await smtp.stop();
});

const attack = 'You are an idiot and a fool, mister.';

function put(body: object, person: Person = editor): Promise<Reply> {
  return person(rules, { method: 'PUT', body });
}

function reasonOf({ body }: Reply): unknown {
  return (body['refusal'] as { reason?: unknown } | undefined)?.reason;
}

async function receiptOf({ receipt }: Receipt, language = 'en'): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', 'accept-language': language };
  const body = JSON.stringify({ receipt });
  return (await (await server.fetch('/api/v1/receipts', { method: 'POST', headers, body })).json()) as Record<
    string,
    unknown
  >;
}

async function stateOf({ id }: Receipt): Promise<unknown> {
  return (await editor(`/api/v1/desk/comments/${id}`)).body['state'];
}

async function rejected(receipt: Receipt): Promise<void> {
  await waitUntil(async () => (await stateOf(receipt)) === 'rejected', 'the rule rejects it');
}

/** Resolves when everything written before was considered: a comment that the rule covers is rejected after them. */
async function considered(): Promise<void> {
  await rejected(await write(server, attack));
}

test('nothing is decided without a person before an editor has switched it on', async () => {
  const { status, body } = await editor(rules);
  assert.deepEqual([status, body['rows'], body['least']], [200, [], { decisions: 200, taken: 20 }]);
  const held = await write(server, attack);
  await decideMany(server, moderator, { count: 199 });
  assert.equal(await stateOf(held), 'held');
  const automated = await queryRows(server.store.writer, sql`select 1 from decision where automated`);
  assert.deepEqual(automated, []);
});

test('199 decisions by people are too few, for the desk and for the database', async () => {
  const row = await rowOf(editor);
  assert.deepEqual([row?.decisions, row?.breaches, row?.rule], [199, 100, null]);
  const refused = await switchOn(editor);
  assert.deepEqual([refused.status, reasonOf(refused)], [422, 'precision_unmeasured']);
  assert.match(JSON.stringify(refused.body), /At least 200 are needed .* and 20 of them/);
  assert.equal((refused.body['measured'] as AutomationRow).decisions, 199);
  const body = { guideline: 'attack', language: 'en', threshold: 0.9, precision: 1, decisions: 199, taken: 100 };
  await assert.rejects(setPast({ ...body, model: 'stet-1', fit: '' }), { code: '23514' });
  await assert.rejects(setPast({ ...body, guideline: 'relevance', decisions: 200, model: 'stet-1', fit: '' }), {
    code: '23514',
  });
  assert.equal((await rowOf(editor))?.rule, null);
});

/** An event of whoever holds the writer's role, past the desk. */
async function setPast(body: object): Promise<void> {
  const event = {
    site: 'sample',
    kind: 'automation_set' as const,
    comment: null,
    at: server.now(),
    actor: 'nobody',
    body,
  };
  await inTransaction(server.store.writer, (transaction) => appendEvent(transaction, event));
}

test('what does not fit is refused by its field, whatever the desk has measured', async () => {
  await decideMany(server, moderator, { count: 1, from: 199 });
  const fits = { guideline: 'attack', language: 'en', threshold: 0.9, precision: 1 };
  const tries: readonly [object, string][] = [
    [[], 'body_malformed'],
    [{ ...fits, guideline: undefined }, 'field_required'],
    [{ ...fits, guideline: 7 }, 'field_malformed'],
    [{ ...fits, guideline: 'relevance' }, 'guideline_not_automatable'],
    [{ ...fits, guideline: 'toxic' }, 'guideline_not_automatable'],
    [{ ...fits, guideline: 'house-rule' }, 'guideline_not_automatable'],
    [{ ...fits, language: 'EN' }, 'field_malformed'],
    [{ ...fits, language: "en' or true" }, 'field_malformed'],
    [{ ...fits, threshold: undefined }, 'field_required'],
    [{ ...fits, threshold: '0.9' }, 'field_malformed'],
    [{ ...fits, threshold: 2 }, 'field_malformed'],
    [{ ...fits, threshold: 0.1 }, 'field_malformed'],
    [{ ...fits, threshold: 0.901 }, 'field_malformed'],
    [{ ...fits, precision: undefined }, 'field_required'],
    [{ ...fits, precision: -1 }, 'field_malformed'],
    [{ ...fits, language: 'de' }, 'precision_unmeasured'],
    // All 200 were measured and hardly any of them reaches the threshold.
    [{ ...fits, guideline: 'threat', precision: 0 }, 'precision_unmeasured'],
  ];
  for (const [body, reason] of tries) assert.equal(reasonOf(await put(body)), reason, JSON.stringify(body));
  assert.equal(reasonOf(await put(fits, moderator)), 'not_allowed');
  for (const scope of ['desk', 'stories'] as const) {
    const program = asProgram(server, await server.token(scope));
    assert.equal(reasonOf(await put(fits, program)), 'not_allowed');
    assert.equal(reasonOf(await program(rules)), 'not_allowed');
  }
  assert.equal(reasonOf(await put({ ...fits, precision: 0.5 })), 'precision_moved_on');
  assert.equal((await rowOf(editor))?.rule, null);
});

test('with 200 it is switched on at the precision that the editor was shown, and the record says by whom', async () => {
  const { status, body } = await switchOn(editor);
  assert.equal(status, 200, JSON.stringify(body));
  const row = await rowOf(editor);
  assert.equal(row?.decisions, 200);
  const { threshold, precision, decisions, taken, by, stale } = row?.rule ?? {};
  assert.deepEqual(
    { threshold, precision, decisions, taken, by, stale },
    { threshold: 0.9, precision: 1, decisions: 200, taken: 100, by: 'editor', stale: false },
  );
  const events = await queryRows<{ actor: string }>(
    server.store.writer,
    sql`select actor from event where kind = 'automation_set' and site = 'sample'`,
  );
  assert.match(events[0]?.actor ?? '', /^moderator:/);
  const seen = queryRows(server.store.reader, sql`select * from automation_rule`);
  await assert.rejects(seen, { code: '42501' });
});

test('a comment that the rule covers is rejected, and receipt, mail and desk say that no person took the decision', async () => {
  const receipt = await write(server, attack, { email: 'nina@readers.example' });
  await rejected(receipt);
  const { state, decision } = (await receiptOf(receipt)) as { state: string; decision: Record<string, unknown> };
  assert.equal(state, 'rejected');
  assert.deepEqual([decision['verdict'], decision['automated']], ['reject', true]);
  assert.equal((decision['guideline'] as { key: string }).key, 'attack');
  assert.match(String(decision['explanation']), /attacks a person.*No person took this decision\. You can appeal/);

  const { body } = await moderator('/api/v1/desk/queue?site=sample&state=rejected&order=newest&limit=1');
  const [shown] = body['comments'] as { id: string; decision: { automated: boolean; by: string } }[];
  assert.deepEqual([shown?.id, shown?.decision.automated], [receipt.id, true]);
  assert.match(shown?.decision.by ?? '', /^policy:/);

  const lettersToNina = (): typeof smtp.letters => smtp.letters.filter(({ to }) => to.includes('nina@readers.example'));
  const asked = await waitUntil(() => lettersToNina()[0], 'a letter that asks whether the address is right');
  const [, code] = /\/receipt\?lang=en#(\S+)/.exec(asked.text) ?? [];
  const confirmed = await server.fetch('/api/v1/mail', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, act: 'confirm' }),
  });
  assert.equal(confirmed.status, 202);
  const letter = await waitUntil(() => lettersToNina()[1], 'a letter that tells of the decision');
  assert.match(letter.text, /by a rule without a person/);
  assert.match(letter.text, /No person took this decision/);
  assert.equal(await verifyRecord(server.store), undefined);
});

test('what is harmless, speaks of the newsroom, or is in another language waits for a person', async () => {
  const waits = [
    await write(server, 'The ferry should run at night as well.'),
    await write(server, 'Your editor is an idiot and a fool, mister.'),
    await write(server, 'The Harbour Post, you are an idiot and a fool, mister.'),
    await write(server, 'تۆ گەمژەیەکی پیسیت، سەگ، گەمژە', { story: 'bexer' }),
  ];
  await considered();
  for (const receipt of waits) assert.equal(await stateOf(receipt), 'held');
});

test('its author may appeal, and a person decides', async () => {
  const receipt = await write(server, attack);
  await rejected(receipt);
  const appeal = await server.fetch('/api/v1/receipts/appeal', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ receipt: receipt.receipt, text: 'My brother and I always talk like this.' }),
  });
  assert.equal(appeal.status, 202);
  const { body } = await moderator('/api/v1/desk/appeals?site=sample');
  const [{ id } = { id: '' }] = body['appeals'] as { id: string }[];
  const verdict = { verdict: 'overturn', explanation: 'So you do.' };
  const overturned = await moderator(`/api/v1/desk/appeals/${id}/decisions`, { method: 'POST', body: verdict });
  assert.equal(overturned.status, 201);
  assert.equal(await stateOf(receipt), 'approved');
  const { decision } = (await receiptOf(receipt)) as { decision: { automated: boolean } };
  assert.equal(decision.automated, false);
});

test('the database takes no automated decision that no rule in force covers', async () => {
  const { id } = await write(server, 'The ferry was on time.');
  await considered();
  const { body } = await editor(`/api/v1/desk/comments/${id}`);
  const rule = (await rowOf(editor))?.rule?.id;
  const verdict = { verdict: 'reject', guideline: 'attack', guidelineVersion: 1, version: 1, sha256: body['sha256'] };
  const tries: readonly [string, object][] = [
    [`policy:${rule}`, { ...verdict, automated: true }],
    [`policy:${rule}`, verdict],
    [`policy:${randomUUID()}`, { ...verdict, automated: true }],
    ['nobody', { ...verdict, automated: true }],
    [`policy:${rule}`, { ...verdict, verdict: 'approve', automated: true }],
  ];
  for (const [actor, of] of tries) {
    const event = { site: 'sample', kind: 'decided' as const, comment: id, at: server.now(), actor, body: of };
    const appended = inTransaction(server.store.writer, (transaction) => appendEvent(transaction, event));
    await assert.rejects(appended, { code: 'ST001' }, JSON.stringify(of));
  }
  const written = server.store.writer.query(sql`update automation_rule set threshold = 0.5`);
  await assert.rejects(written, { code: '42501' });
  assert.equal(await stateOf({ id, receipt: '' }), 'held');
});

test('where screening fails or is switched off, or the model is another one, every comment waits', async () => {
  await server.set({ screening: 'off' });
  const unread = await write(server, attack);
  await server.set({ screening: 'on' });
  await considered();
  assert.equal(await stateOf(unread), 'held');

  await tamper(`update automation_rule set model = 'stet-of-last-year'`);
  await server.set({ screening: 'on' });
  assert.equal((await rowOf(editor))?.rule?.stale, true);
  const other = await write(server, attack);
  assert.match((await verifyRecord(server.store)) ?? '', /the rule for attack in en is not what its event says/);
  assert.equal((await switchOn(editor)).status, 200);
  await considered();
  assert.equal(await stateOf(other), 'held');
});

/** A statement as a superuser, past every trigger. */
async function tamper(statement: string): Promise<void> {
  await withConnection(server.store.owner, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(statement);
  });
}

test('an editor switches it off, and from then on every comment waits', async () => {
  const off = { guideline: 'attack', language: 'en', threshold: null };
  assert.equal(reasonOf(await put(off, moderator)), 'not_allowed');
  const { status, body } = await put(off);
  assert.deepEqual([status, body['rule']], [200, null]);
  assert.equal((await put(off)).status, 200);
  // A server settles what it has considered before it ends.
  const other = await server.another();
  const receipt = await write({ ...server, fetch: (path, init) => fetch(other.url + path, init) }, attack);
  await other.close();
  assert.equal(await stateOf(receipt), 'held');
  assert.equal((await rowOf(editor))?.rule, null);
  assert.equal(await verifyRecord(server.store), undefined);
});
