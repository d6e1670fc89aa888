import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { unconfirmedDays } from '../../src/contract/authorMail.ts';
import { appealDays } from '../../src/contract/site.ts';
import type { FormToken } from '../../src/contract/form.ts';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { openContact } from '../../src/record/contactSeal.ts';
import { receiptTokens } from '../../src/record/receiptToken.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { connectionToUrl, withConnection } from '../../src/storage/connections.ts';
import {
  countComments,
  draft,
  hold,
  makeCall,
  openIntakeDesk,
  post,
  reasonOf,
  secret,
  type IntakeDesk,
} from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
  await desk.set({ 'intake.perNetwork': 1_000_000, 'intake.perStory': 1_000_000 });
});
after(() => desk.remove());

/** Everything that the database holds, as text. */
async function dumpTables(): Promise<string> {
  return withConnection(desk.database.owner, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const dumps: string[] = [];
    for (const { name } of rows) {
      const { rows: lines } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
      dumps.push(...lines.map(({ line }) => line));
    }
    return dumps.join('\n');
  });
}

/** A text as it stands in a dump of bytea columns. */
const hex = (text: string): string => Buffer.from(text).toString('hex');

test('no address, e-mail, key or receipt of a submission stands anywhere in the database', async () => {
  const address = '198.51.100.77';
  const email = 'canary.author@courier.example';
  const key = 'canary-idempotency-key-0001';
  const held = await hold(desk, { ...draft, email }, { address, key, headers: { 'user-agent': 'CanaryBrowser/1.0' } });
  await hold(desk, draft, { address: '2001:db8:cafe:77::7' });
  const dump = await dumpTables();
  assert.ok(dump.includes(draft.text), 'the dump holds what is stored');
  for (const canary of [
    address,
    '198.51.100',
    '2001:db8:cafe',
    email,
    'canary.author',
    key,
    held.receipt,
    'CanaryBrowser',
  ]) {
    assert.equal(dump.includes(canary), false, canary);
    assert.equal(dump.includes(hex(canary)), false, `${canary} in hex`);
  }
  const [row] = await queryRows<{ network: Buffer }>(
    desk.database.writer,
    sql`select network from comment where id = ${held.id}`,
  );
  assert.equal(row?.network.length, 12);
});

test('a site without limits stores nothing of a network, as its privacy notice says', async () => {
  await desk.set({ 'intake.limits': 'off' });
  const { id } = await hold(desk, draft, { address: '198.51.100.77' });
  await desk.set({ 'intake.limits': 'on' });
  const named = sql`select network from comment where id = ${id}`;
  assert.deepEqual(await queryRows(desk.database.writer, named), [{ network: null }]);
});

test('the author address is sealed, opens under the secret alone, and is deleted on its day', async () => {
  await desk.set({ 'retention.contactDays': 7 });
  const now = new Date('2026-11-22T12:00:00Z');
  const held = await hold(desk, { ...draft, email: 'a@courier.example' }, { now });
  const [row] = await queryRows<{ sealed: Buffer; language: string; until: Date }>(
    desk.database.writer,
    sql`select sealed, language, delete_after as until from contact where comment = ${held.id}`,
  );
  assert.ok(row);
  const owner = { site: 'sample', kind: 'comment', id: held.id } as const;
  assert.equal(openContact(secret, owner, row.sealed), 'a@courier.example');
  assert.equal(openContact('another secret', owner, row.sealed), undefined);
  assert.equal(openContact(secret, { ...owner, id: crypto.randomUUID() }, row.sealed), undefined);
  assert.deepEqual([row.language, row.until], ['en', addDays(now, unconfirmedDays)]);
  const code = receiptTokens(secret, 'mail').make({ site: 'sample', id: held.id });
  const confirmed = await desk.intake.handlers.postMail(makeCall({ code, act: 'confirm' }, { now: addDays(now, 1) }));
  assert.equal(confirmed.outcome === 'answered' && confirmed.status, 202);
  const [kept] = await queryRows<{ until: Date }>(
    desk.database.writer,
    sql`select delete_after as until from contact where comment = ${held.id}`,
  );
  assert.deepEqual(kept?.until, addDays(now, appealDays + 7));
  const without = await hold(desk, draft);
  assert.deepEqual(await queryRows(desk.database.writer, sql`select 1 from contact where comment = ${without.id}`), []);
});

test('processes on one data folder name a network alike on one day, and differently on the next', async () => {
  const name = async (intake = desk.intake, now = new Date('2026-11-22T12:00:00Z')): Promise<string> => {
    const { id } = await hold(desk, draft, { address: '203.0.113.1', intake, now });
    const [row] = await queryRows<{ network: string }>(
      desk.database.writer,
      sql`select encode(network, 'hex') as network from comment where id = ${id}`,
    );
    return row?.network ?? assert.fail();
  };
  const first = await name();
  assert.equal(await name(desk.openAnother()), first);
  assert.notEqual(await name(desk.intake, new Date('2026-11-23T00:00:00Z')), first);
});

test('once the key of a day is destroyed, no file of the data folder can name its networks again', async () => {
  const file = path.join(desk.dataFolder, 'day-keys');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const before = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  desk.openAnother({ clock: () => new Date('2026-11-25T00:00:00Z') });
  for (const name of readdirSync(desk.dataFolder)) {
    const content = readFileSync(path.join(desk.dataFolder, name), 'utf8');
    for (const key of before) assert.equal(content.includes(key), false, name);
  }
});

test('a site that asks for a proof of work refuses without one, and takes each solution once', async () => {
  await desk.set({ 'intake.proof': 'on' });
  const now = new Date();
  const fresh = async (story = 'welcome'): Promise<FormToken> => {
    const answer = await desk.intake.handlers.getFormToken(makeCall(undefined, { story, now }));
    assert.equal(reasonOf(answer), 'answered 200');
    return (answer as { body: FormToken }).body;
  };
  const solve = async ({ challenge }: FormToken): Promise<string> => {
    assert.ok(challenge);
    const received: Challenge = JSON.parse(JSON.stringify(challenge));
    const solution = await solveChallenge({ challenge: received, deriveKey });
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  };
  const proof = await solve(await fresh());
  const { challenge, solution } = JSON.parse(Buffer.from(proof, 'base64').toString()) as {
    challenge: Challenge;
    solution: { counter: number };
  };
  const forge = (change: object): string =>
    Buffer.from(JSON.stringify({ challenge, solution, ...change })).toString('base64');
  const easier = { ...challenge, parameters: { ...challenge.parameters, cost: 1, keyPrefix: '0' } };
  for (const wrong of [
    undefined,
    '',
    7,
    'x',
    'e30=',
    forge({ solution: { ...solution, counter: solution.counter + 1 } }),
    forge({ challenge: easier }),
    forge({ challenge: { parameters: challenge.parameters } }),
    forge({ solution: null }),
  ]) {
    assert.equal(reasonOf(await post(desk, { ...draft, proof: wrong }, { now })), 'proof_missing');
  }
  await desk.story('other');
  assert.equal(reasonOf(await post(desk, { ...draft, proof }, { now, story: 'other' })), 'proof_missing');
  assert.equal(reasonOf(await post(desk, { ...draft, proof }, { now: addMinutes(now, 121) })), 'proof_missing');
  const copies = await Promise.all(
    Array.from({ length: 5 }, () => hold(desk, { ...draft, proof }, { now, key: 'proven' })),
  );
  assert.equal(new Set(copies.map(({ receipt }) => receipt)).size, 1);
  assert.equal(reasonOf(await post(desk, { ...draft, proof }, { now, key: 'again' })), 'proof_missing');
  assert.deepEqual(await hold(desk, { ...draft, proof }, { now, key: 'proven' }), copies[0]);
  await desk.set({ 'intake.proof': 'off' });
  assert.equal((await fresh()).challenge, undefined);
});

test('a form token is given for open stories alone', async () => {
  await desk.story('shut', { comments: 'closed' });
  const ask = async (story: string): Promise<string> =>
    reasonOf(await desk.intake.handlers.getFormToken(makeCall(undefined, { story })));
  assert.deepEqual(await Promise.all(['shut', 'none', 'welcome'].map(ask)), [
    'comments_closed',
    'story_unknown',
    'answered 200',
  ]);
});

test('when too many wait, the rest are told to come back, and none of the accepted is lost', async () => {
  const small = desk.openAnother({ batch: { rows: 4, waiting: 8, inFlight: 1, worth: 1 } });
  const before = await countComments(desk.database);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, at) => post(desk, draft, { key: `burst-${at}`, intake: small })),
  );
  const reasons = answers.map(reasonOf);
  const accepted = reasons.filter((reason) => reason === 'answered 202').length;
  assert.ok(reasons.includes('overloaded') && accepted >= 8);
  assert.equal(await countComments(desk.database), before + accepted);
  const late = answers.find((answer) => answer.outcome === 'refused');
  assert.ok(late?.outcome === 'refused' && (late.refusal.retryAfterSeconds ?? 0) > 0);
  await small.close();
  assert.equal(reasonOf(await post(desk, draft, { intake: small })), 'overloaded');
});

test('closing answers everything: what was taken is stored, the rest is told to come back', async () => {
  const intake = desk.openAnother();
  const before = await countComments(desk.database);
  const answers = Promise.all(Array.from({ length: 20 }, () => post(desk, draft, { intake })));
  await post(desk, draft, { intake });
  await intake.close();
  const reasons = (await answers).map(reasonOf);
  assert.deepEqual(
    reasons.filter((reason) => reason !== 'answered 202' && reason !== 'overloaded'),
    [],
  );
  const accepted = reasons.filter((reason) => reason === 'answered 202').length;
  assert.equal(await countComments(desk.database), before + accepted + 1);
});

test('one row that the database does not take fails alone', async () => {
  const good = desk.openAnother({
    screen: () => ({ lang: 'en', scores: {}, suggestion: 'approve', findings: [], model: 'm' }),
  });
  const bad = { lang: 'en', scores: {}, suggestion: 'approve' as const, findings: [], model: '\u0000' };
  let asked = 0;
  const mixed = desk.openAnother({ screen: () => (++asked === 3 ? bad : { ...bad, model: 'm' }) });
  await desk.set({ screening: 'on' });
  const settled = await Promise.allSettled(
    Array.from({ length: 6 }, (_, at) => post(desk, draft, { intake: mixed, key: `mixed-${at}` })),
  );
  assert.deepEqual(settled.map(({ status }) => status).toSorted(), [...Array<string>(5).fill('fulfilled'), 'rejected']);
  await hold(desk, draft, { intake: good });
  await desk.set({ screening: 'off' });
});

test('while the database cannot be reached a submission is refused for now, and the same key is taken afterwards', async () => {
  const own = new URL(desk.databaseUrl);
  const name = own.pathname.slice(1);
  own.pathname = '/postgres';
  const onServer = (statement: string): Promise<unknown> =>
    withConnection(connectionToUrl(own.toString()), (client) => client.query(statement));
  await onServer(`alter database ${name} allow_connections false`);
  await onServer(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${name}'`);
  try {
    const answer = await post(desk, draft, { key: 'while-down' });
    assert.equal(reasonOf(answer), 'unavailable');
    assert.ok(answer.outcome === 'refused' && answer.refusal.retryAfterSeconds);
    assert.equal(reasonOf(await post(desk, draft, { form: true })), 'answered 503');
    assert.equal(desk.shown.refused.at(-1)?.written.text, draft.text);
  } finally {
    await onServer(`alter database ${name} allow_connections true`);
  }
  await hold(desk, draft, { key: 'while-down' });
});
