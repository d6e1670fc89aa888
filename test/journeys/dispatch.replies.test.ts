import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { confirmAddress } from '../../src/record/authorMail.ts';
import { nameAddress } from '../../src/record/mailAddress.ts';
import { recordWithdrawal } from '../../src/record/receipts.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { prepareDispatching, type Dispatching } from '../support/dispatching.ts';
import { decide, dumpDatabase, holdComment, makeNewsroom, secret, type Held } from '../support/newsroom.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const canary = 'canary.kanarya@readers.example';
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
});
after(async () => {
  await room.remove();
  await smtp.stop();
});

async function approved(about: { email?: string; parent?: string; text?: string } = {}): Promise<Held> {
  const at = room.clock.now;
  const comment = await holdComment(room.store, site, { at, ...about });
  await decide(room.store, site, { comment, verdict: 'approve', version: 1, at });
  return comment;
}

/** An approved comment whose author wants to hear of replies, after the mail about its decision. */
async function listening(email: string = canary): Promise<Held> {
  const comment = await approved({ email });
  const days = 213;
  const named = { site, comment: comment.id };
  assert.ok(await confirmAddress(room.store, { ...named, replies: true, at: room.clock.now, days }));
  await room.store.writer.query(sql`update outbox set delivered_at = ${room.clock.now} where kind = 'decision'`);
  return comment;
}

/** What arrived after everything that is due `minutes` from now went out. */
async function arrivedAfter(minutes: number): Promise<typeof smtp.letters> {
  room.clock.now = addMinutes(room.clock.now, minutes);
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  await dispatch.close();
  return smtp.letters.splice(0);
}

test('replies are told of once, together, with their places and without a word of theirs, and not again within the hour', async () => {
  const comment = await listening();
  const replies = [
    await approved({ parent: comment.id, text: 'A reply that no mail repeats' }),
    await approved({ parent: comment.id }),
  ];
  assert.deepEqual(await arrivedAfter(4), []);
  const [letter, ...others] = await arrivedAfter(1);
  assert.equal(others.length, 0);
  assert.deepEqual(letter?.to, [canary]);
  assert.match(letter.headers, /^subject: Replies to your comment at The Harbour$/im);
  assert.match(letter.headers, /^content-type: text\/plain; charset=utf-8/im);
  assert.match(letter.text, /^2 replies to your comment under “The bridge opens again” have been published\./);
  for (const { id } of replies)
    assert.ok(letter.text.includes(`https://talk.news.example/s/harbour/bridge?comment=${id}#c-${id}\n`));
  assert.doesNotMatch(letter.raw + letter.text, /no mail repeats|Nina/);
  const [, stop = ''] =
    /^list-unsubscribe: <(https:\/\/talk\.news\.example\/mail\/stop\/[\w-]+\?lang=en)>$/im.exec(letter.headers) ?? [];
  assert.ok(letter.text.includes(`${stop}\n`));
  assert.match(letter.headers, /^list-unsubscribe-post: List-Unsubscribe=One-Click$/im);
  await approved({ parent: comment.id });
  assert.deepEqual(await arrivedAfter(58), []);
  const [next] = await arrivedAfter(2);
  assert.match(next?.text ?? '', /^One reply to/);
});

test('a held, rejected or removed reply is told of to nobody, and none where the comment itself is no longer published', async () => {
  const comment = await listening();
  const at = room.clock.now;
  await holdComment(room.store, site, { at, parent: comment.id });
  const rejected = await holdComment(room.store, site, { at, parent: comment.id });
  await decide(room.store, site, { comment: rejected, verdict: 'reject', version: 1, at });
  const removed = await approved({ parent: comment.id });
  await decide(room.store, site, { comment: removed, verdict: 'remove', version: 2, at });
  assert.deepEqual(await arrivedAfter(90), []);
  await approved({ parent: comment.id });
  await decide(room.store, site, { comment, verdict: 'remove', version: 2, at: room.clock.now });
  const told = await arrivedAfter(90);
  assert.deepEqual(
    told.map(({ headers }) => /^subject: (.*)$/im.exec(headers)?.[1]),
    ['About your comment at The Harbour'],
  );
});

test('whoever withdrew a comment, did not ask for replies, or did not confirm hears of none', async () => {
  const withdrawn = await listening();
  await approved({ parent: withdrawn.id });
  await recordWithdrawal(room.store, { site, comment: withdrawn.id, at: room.clock.now });
  const silent = await approved({ email: canary });
  const at = room.clock.now;
  const unconfirmed = await holdComment(room.store, site, { at, email: 'nobody@readers.example', isConfirmed: false });
  await decide(room.store, site, { comment: unconfirmed, verdict: 'approve', version: 1, at });
  for (const { id } of [silent, unconfirmed]) await approved({ parent: id });
  const subjects = (await arrivedAfter(90)).map(
    ({ to, headers }) => `${to[0]} ${/^subject: (.*)$/im.exec(headers)?.[1]}`,
  );
  assert.deepEqual(subjects.toSorted(), [
    `${canary} About your comment at The Harbour`,
    'nobody@readers.example Please confirm your address: The Harbour',
  ]);
});

test('where the site has switched it off, replies are passed over and not told later', async () => {
  const comment = await listening();
  const set = (value: 'on' | 'off') =>
    changeSettings(room.store, site, { settings: { 'mail.replies': value }, at: room.clock.now, actor: 'cli' });
  await set('off');
  await approved({ parent: comment.id });
  assert.deepEqual(await arrivedAfter(90), []);
  await set('on');
  assert.deepEqual(await arrivedAfter(90), []);
  await approved({ parent: comment.id });
  assert.match((await arrivedAfter(90))[0]?.text ?? '', /^One reply to/);
});

test('an address that is left again and again is asked five times a day, under whatever spelling', async () => {
  const at = room.clock.now;
  for (const email of [
    'flood@gmail.com',
    'FLOOD@gmail.com',
    'f.lood@gmail.com',
    'flood+a@gmail.com',
    'flood+b@gmail.com',
    'fl.ood+c@gmail.com',
  ])
    await holdComment(room.store, site, { at, email, isConfirmed: false });
  assert.equal((await arrivedAfter(0)).length, 5);
  room.clock.now = addDays(room.clock.now, 1);
  await holdComment(room.store, site, { at: room.clock.now, email: 'flood@gmail.com', isConfirmed: false });
  assert.equal((await arrivedAfter(0)).length, 1);
  const everything = await dumpDatabase(room.store);
  assert.doesNotMatch(everything, /flood|gmail/i);
  const kept = await queryRows<{ name: string }>(
    room.store.writer,
    sql`select encode(address, 'hex') as name from mail_address`,
  );
  assert.ok(kept.some(({ name }) => name === nameAddress(secret, site, 'flood@gmail.com')));
});
