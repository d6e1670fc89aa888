import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { recordErasure } from '../../src/record/erasures.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { startPublisher, type TestPublisher } from '../support/jwks.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let publisher: TestPublisher;
let desk: string;

before(async () => {
  server = await startServer({ site: { screening: 'off' } });
  publisher = await startPublisher(
    () => `${server.url}/s/sample`,
    () => server.now(),
  );
  desk = await server.token('desk');
});
beforeEach(() =>
  server.set({
    'reader.accounts': 'optional',
    'reader.issuer': publisher.issuer,
    // Each test begins with keys that were not asked for before.
    'reader.keys': `${publisher.keysAddress}?${randomUUID()}`,
    'reader.staff': '',
    'newsroom.names': '',
  }),
);
after(async () => {
  await publisher?.stop();
  await server?.stop();
});

type Outcome = { status: number; id: string; reason: string | undefined };

async function write(
  account: string | undefined,
  more: { name?: string; text?: string; key?: string } = {},
): Promise<Outcome> {
  const { name = 'Whoever', text = 'A word.', key = randomUUID() } = more;
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ name, text, ...(account === undefined ? {} : { account }) }),
  });
  const body = (await response.json()) as { id: string; refusal?: { reason: string } };
  return { status: response.status, id: body.id, reason: body.refusal?.reason };
}

const isRefused = async (account: string, reason = 'account_unknown'): Promise<void> => {
  const { status, reason: given } = await write(account);
  assert.deepEqual([given, status], [reason, reason === 'unavailable' ? 503 : 401]);
};

async function readShown(id: string): Promise<Record<string, unknown> | undefined> {
  const decided = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk}`, 'content-type': 'application/json' },
    body: JSON.stringify({ verdict: 'approve', version: 1 }),
  });
  assert.equal(decided.status, 201, await decided.text());
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/thread?limit=200');
  const { comments } = (await response.json()) as { comments: Record<string, unknown>[] };
  return comments.find((comment) => comment['id'] === id);
}

test('a comment with the token of an account is published under the account’s name, and marked', async () => {
  const { id } = await write(await publisher.sign({ sub: 'secret-number-77' }));
  const { name, speaker } = (await readShown(id)) ?? {};
  assert.deepEqual([name, speaker], ['Nina Berg', 'account']);
  const page = await (await server.fetch('/s/sample/welcome')).text();
  assert.match(page, /Nina Berg<\/bdi> <span class="comment-known">With an account<\/span>/);
  const kept = await queryRows(server.store.writer, sql`select s::text || e::text from speaker s, event e`);
  assert.doesNotMatch(JSON.stringify(kept), /secret-number-77/);
});

test('a token that is out of date, early, of another site, issuer or shape is no account', async () => {
  const seconds = Math.floor(server.now().getTime() / 1000);
  const bad = [
    { exp: seconds - 61 },
    { nbf: seconds + 120 },
    { exp: seconds + 25 * 3600 },
    { exp: undefined },
    { aud: `${server.url}/s/other` },
    { aud: undefined },
    { iss: 'https://accounts.elsewhere.example' },
    { iss: server.url },
    { sub: undefined },
    { sub: '' },
    { sub: 7 as unknown as string },
    { name: undefined },
    { name: 7 },
  ];
  for (const claims of bad) await isRefused(await publisher.sign(claims));
  await isRefused('rubbish');
  await isRefused('a.b.c');
  await isRefused('x'.repeat(5000));
  const good = await publisher.sign();
  await isRefused(`${good.slice(0, -4)}AAAA`);
  const [head = '', , signature = ''] = good.split('.');
  await isRefused([head, Buffer.from(JSON.stringify({ sub: 'boss' })).toString('base64url'), signature].join('.'));
  assert.equal((await write(await publisher.sign({ exp: seconds - 30 }))).status, 202, 'clocks differ by a little');
});

test('nobody makes a token by choosing the algorithm, naming a key or bringing one along', async () => {
  const claims = { sub: 'x', name: 'Forged', iss: publisher.issuer, aud: `${server.url}/s/sample` };
  const exp = Math.floor(server.now().getTime() / 1000) + 600;
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  await isRefused(`${encode({ alg: 'none' })}.${encode({ ...claims, exp })}.`);
  const stranger = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(stranger.publicKey);
  for (const header of [{ jwk }, { jku: 'http://localhost:1/keys' }, { kid: 'key 1', jwk }, { kid: '../../keys' }]) {
    await isRefused(
      await new SignJWT({ ...claims, exp }).setProtectedHeader({ alg: 'ES256', ...header }).sign(stranger.privateKey),
    );
  }
  // The public key as if it were a shared secret.
  const pem = await exportSPKI(stranger.publicKey);
  for (const secret of [pem, JSON.stringify(jwk), '', 'secret']) {
    const body = `${encode({ alg: 'HS256', kid: 'key 1' })}.${encode({ ...claims, exp })}`;
    await isRefused(`${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`);
  }
  const own = `${encode({ alg: 'HS256' })}.${encode({ ...claims, iss: server.url, exp })}`;
  await isRefused(`${own}.${createHmac('sha256', 'guess').update(own).digest('base64url')}`);
});

test('a new key is found by itself, an old one holds until it is taken off, and unknown ones are not asked for each time', async () => {
  const old = await publisher.sign();
  await publisher.rotate();
  // A key set that was just fetched is not fetched again for a key that it does not have.
  assert.equal((await write(old)).status, 202);
  const before = publisher.asked();
  for (let times = 0; times < 5; times += 1) await isRefused(await publisher.sign({}, { kid: 'nobody knows' }));
  assert.ok(publisher.asked() - before <= 1, `${publisher.asked() - before} requests`);
  await server.set({ 'reader.keys': `${publisher.keysAddress}?fresh` });
  assert.equal((await write(await publisher.sign())).status, 202);
  assert.equal((await write(old)).status, 202);
  await publisher.rotate({ forgetOld: true });
  await server.set({ 'reader.keys': `${publisher.keysAddress}?fresher` });
  await isRefused(old);
  assert.equal((await write(await publisher.sign())).status, 202);
});

test('while the keys cannot be had comments are told to come back, and none goes unmarked', async () => {
  publisher.answer(500);
  await server.set({ 'reader.keys': `${publisher.keysAddress}?down` });
  await isRefused(await publisher.sign(), 'unavailable');
  publisher.answer(undefined);
});

test('keys may stand in the setting itself, and a secret one may not', async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const [open, secret] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  await server.set({ 'reader.keys': JSON.stringify({ keys: [{ ...open, kid: 'here', alg: 'EdDSA' }] }) });
  const claims = { sub: 'x', name: 'Sami', iss: publisher.issuer, aud: `${server.url}/s/sample` };
  const token = await new SignJWT({ ...claims, exp: Math.floor(server.now().getTime() / 1000) + 60 })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'here' })
    .sign(pair.privateKey);
  assert.equal((await write(token)).status, 202);
  const { siteSettings } = await import('../../src/contract/siteSettings.ts');
  for (const bad of [{ keys: [secret] }, { keys: [{ kty: 'oct', k: 'AAAA' }] }, { keys: [] }, {}, []]) {
    assert.equal(siteSettings['reader.keys'].parse(JSON.stringify(bad)), undefined);
  }
});

test('a token that names itself holds for one comment, which may be sent again', async () => {
  const token = await publisher.sign({ jti: 'once' });
  const key = randomUUID();
  const first = await write(token, { key });
  assert.equal(first.status, 202);
  assert.deepEqual(await write(token, { key }), first);
  const second = await write(token);
  assert.deepEqual([second.status, second.reason], [409, 'account_used']);
  const reusable = await publisher.sign();
  assert.deepEqual([(await write(reusable)).status, (await write(reusable)).status], [202, 202]);
});

test('the badge of the newsroom’s people comes from the newsroom’s list alone, and their names are theirs', async () => {
  await server.set({ 'reader.staff': 'ada-7, sami-9', 'newsroom.names': 'Ada Stone' });
  const claimed = await write(await publisher.sign({ sub: 'x', name: 'A Reader', staff: true, role: 'staff' }));
  assert.equal((await readShown(claimed.id))?.['speaker'], 'account');
  const posing = await write(await publisher.sign({ sub: 'x', name: 'Αda Stοne' }));
  assert.equal(posing.reason, 'name_characters');
  const alike = await write(await publisher.sign({ sub: 'x', name: 'Ada St0ne' }));
  assert.equal(alike.reason, 'name_reserved');
  const ada = await write(await publisher.sign({ sub: 'ada-7', name: 'Ada Stone' }));
  const { name, speaker } = (await readShown(ada.id)) ?? {};
  assert.deepEqual([name, speaker], ['Ada Stone', 'staff']);
  await assert.rejects(
    server.store.writer.query(sql`insert into speaker (site, comment, kind, account)
      values ('sample', ${claimed.id}, 'staff', decode('00', 'hex'))
      on conflict (site, comment) do update set kind = 'staff'`),
    { code: 'ST002' },
  );
});

test('where accounts are required nobody writes without, and where they are off a token means nothing', async () => {
  await server.set({ 'reader.accounts': 'required' });
  const without = await write(undefined);
  assert.deepEqual([without.status, without.reason], [401, 'account_required']);
  assert.equal((await write(await publisher.sign())).status, 202);
  await server.set({ 'reader.accounts': 'off' });
  const { id } = await write(await publisher.sign(), { name: 'Just Me' });
  const { name, speaker } = (await readShown(id)) ?? {};
  assert.deepEqual([name, speaker], ['Just Me', undefined]);
});

test('an erased comment takes what is known of its account with it', async () => {
  const { id } = await write(await publisher.sign());
  const erasure = { site: 'sample', id, reason: 'request', actor: 'cli', now: server.now() } as const;
  assert.equal((await recordErasure(server.store, erasure)).outcome, 'erased');
  assert.deepEqual(await queryRows(server.store.writer, sql`select from speaker where comment = ${id}`), []);
});
