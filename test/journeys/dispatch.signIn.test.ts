import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { addMinutes } from '../../src/contract/time.ts';
import { createIdentity } from '../../src/identity/identify.ts';
import { addModerator, makeSignIn } from '../../src/identity/moderators.ts';
import { listAccounts, removeAccount, saveModerator, saveSignIn } from '../../src/record/accounts.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { askHandler } from '../support/desk.ts';
import { prepareDispatching, type Dispatching } from '../support/dispatching.ts';
import { dumpDatabase, makeNewsroom } from '../support/newsroom.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const site = 'harbour';
let room: Dispatching;
let smtp: TestSmtp;

before(async () => {
  room = await prepareDispatching();
  smtp = await startSmtp();
  await makeNewsroom(room.store, site, { at: room.clock.now });
});
beforeEach(() => {
  smtp.letters.length = 0;
  smtp.mood = 'well';
});
after(async () => {
  await room.remove();
  await smtp.stop();
});

async function invite(email: string): Promise<{ id: string; secret: string }> {
  const at = room.clock.now;
  const { secret, signIn } = makeSignIn(site, at);
  const person = { site, id: randomUUID(), email, role: 'moderator', actor: 'operator', at } as const;
  const id = await saveModerator(room.store, { ...person, signIn: { ...signIn, byMail: true } });
  return { id: id ?? '', secret };
}

async function signIn(secret: string): Promise<string | number> {
  const identity = createIdentity({ store: room.store, secret: 'a secret', publicUrl: 'https://talk.news.example' });
  const answer = await askHandler(identity.handlers.postSession, { body: { secret }, now: room.clock.now });
  return answer.reason ?? answer.status;
}

async function outbox(): Promise<{ body: object; note: string | null; failed: boolean }[]> {
  return queryRows(
    room.store.writer,
    sql`select body, last_error as note, failed_at is not null as failed from outbox where kind = 'sign_in' order by id`,
  );
}

test('a sign-in waits for a mail server as an account’s name, never as a secret, and comes as plain text that works once', async () => {
  const { id, secret } = await invite('nour@news.example');
  const without = await room.start();
  await without.settled();
  await without.close();
  assert.deepEqual(await outbox(), [{ body: { account: id }, note: 'no_smtp', failed: false }]);
  const dispatch = await room.start({ smtpUrl: smtp.url, mailFrom: 'desk@news.example' });
  await dispatch.settled();
  await dispatch.close();
  const [letter, ...more] = smtp.letters;
  assert.ok(letter && more.length === 0);
  assert.deepEqual(letter.to, ['nour@news.example']);
  const mailed = /https:\/\/talk\.news\.example\/desk\/sign-in#(harbour_[\w-]{43})\n/.exec(letter.text)?.[1] ?? '';
  assert.notEqual(mailed, secret);
  assert.ok(!(await dumpDatabase(room.store)).includes(mailed.slice(-43)));
  assert.equal(await signIn(secret), 'sign_in_used');
  assert.deepEqual([await signIn(mailed), await signIn(mailed)], [201, 'sign_in_used']);
});

test('nobody is mailed whose account is gone, and nothing that was owed for a day', async () => {
  const at = room.clock.now;
  const gone = await invite('gone@news.example');
  await removeAccount(room.store, { site, id: gone.id, actor: 'operator', at });
  await addModerator(room.store, { site, email: 'late@news.example', role: 'moderator' }, at);
  const late = (await listAccounts(room.store, site)).find(({ email }) => email === 'late@news.example');
  const owed = { ...makeSignIn(site, at).signIn, byMail: true, actor: 'operator', at };
  assert.ok(await saveSignIn(room.store, { site, id: late?.id ?? '' }, owed));
  await queryRows(
    room.store.writer,
    sql`update outbox set created_at = ${addMinutes(at, -1440)} where body ->> 'account' = ${late?.id}`,
  );
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  await dispatch.close();
  assert.equal(smtp.letters.length, 0);
  const rows = (await outbox()).slice(-2);
  assert.deepEqual(
    rows.map(({ note, failed }) => [note, failed]),
    [
      ['nothing_owed', false],
      ['stale', true],
    ],
  );
});
