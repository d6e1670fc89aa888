import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { oweNotice } from '../../src/record/outbox.ts';
import { prepareDispatching, type Dispatching } from '../support/dispatching.ts';
import { append, decide, dumpDatabase, holdComment, makeNewsroom } from '../support/newsroom.ts';
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
  smtp.mood = 'well';
});
after(async () => {
  await room.remove();
  await smtp.stop();
});

async function rejected(about: {
  email?: string;
  language?: string;
  explanation?: string;
  text?: string;
  deleteAfter?: Date;
}) {
  const at = room.clock.now;
  const comment = await holdComment(room.store, site, { at, ...about });
  const explanation = about.explanation ?? 'It calls a neighbour names.';
  await decide(room.store, site, { comment, verdict: 'reject', version: 1, at, explanation });
  return comment;
}

async function outboxOf(comment: { id: string }) {
  const rows = await queryRows<{
    attempts: number;
    delivered: boolean;
    failed: boolean;
    due: Date;
    error: string | null;
  }>(
    room.store.writer,
    sql`select attempts, delivered_at is not null as delivered, failed_at is not null as failed, due_at as due,
        last_error as error from outbox where body ->> 'comment' = ${comment.id} and kind <> 'confirm' order by id`,
  );
  return rows[0];
}

test('an author is told once of a rejection, in plain text, without the words of the comment', async () => {
  const comment = await rejected({ email: canary, text: 'A sentence that no mail may repeat <b>at all</b>' });
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  await dispatch.settled();
  assert.equal(smtp.letters.length, 1);
  const [letter] = smtp.letters;
  assert.deepEqual(letter?.to, [canary]);
  assert.match(letter.headers, /^content-type: text\/plain; charset=utf-8/im);
  assert.match(letter.headers, /^subject: About your comment at The Harbour$/im);
  assert.match(letter.headers, /^auto-submitted: auto-generated$/im);
  for (const told of [
    'was rejected',
    'The bridge opens again',
    '“Personal attacks”, version 1',
    'https://talk.news.example/s/harbour/guidelines/attack/1',
    'It calls a neighbour names.',
    'What led to it: the newsroom, of its own accord',
    comment.sha256.toString('hex'),
    'https://talk.news.example/receipt\n',
    '2027-05-04 10:00',
  ]) {
    assert.ok(letter.text.includes(told), `the mail does not say ${told}:\n${letter.text}`);
  }
  assert.doesNotMatch(letter.raw + letter.text, /no mail may repeat|at all|<b>|text\/html|multipart/i);
  assert.equal((await outboxOf(comment))?.delivered, true);
  await dispatch.close();
});

test('an author is told in the language they wrote in', async () => {
  await rejected({ email: canary, language: 'ckb' });
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  assert.match(smtp.letters[0]?.headers ?? '', /^content-language: ckb$/im);
  assert.ok(smtp.letters[0]?.text.includes('هێرشی کەسی'));
  await dispatch.close();
});

test('the outcome of an appeal reaches the author with its own explanation', async () => {
  const at = room.clock.now;
  const comment = await holdComment(room.store, site, { at, email: canary });
  const seq = await decide(room.store, site, { comment, verdict: 'reject', version: 1, at });
  const body = { appeal: comment.id, text: 'Please look again' };
  await append(room.store, site, { kind: 'appealed', comment, at, body });
  const verdict = { verdict: 'uphold', explanation: 'A second reader agrees.' };
  await append(room.store, site, { kind: 'appeal_decided', comment, at, actor: 'moderator:2', body: verdict });
  await inTransaction(room.store.writer, (transaction) =>
    oweNotice(transaction, { site, kind: 'appeal', comment: comment.id, seq, at }),
  );
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  const letter = smtp.letters.find(({ headers }) => headers.includes('About your appeal'));
  assert.match(letter?.text ?? '', /The decision stands[\s\S]*A second reader agrees\./);
  assert.doesNotMatch(letter?.text ?? '', /You can appeal|Please look again/);
  await dispatch.close();
});

test('nobody is written to who left no address, whose day is past, or whose comment is erased', async () => {
  const silent = await rejected({});
  const past = await rejected({ email: canary, deleteAfter: addMinutes(room.clock.now, -1) });
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  assert.equal(smtp.letters.length, 0);
  for (const comment of [silent, past]) assert.equal((await outboxOf(comment))?.error, 'nothing_owed');
  const kept = await queryRows(room.store.writer, sql`select from contact where comment = ${past.id}`);
  assert.equal(kept.length, 0, 'the contact whose day is past is still there');
  await dispatch.close();
});

for (const mood of ['silent', 'garbage', 421, 451, 550] as const) {
  test(`a mail server that answers ${mood} only delays the mail`, async () => {
    const comment = await rejected({ email: canary });
    smtp.mood = mood;
    // A server that says nothing is given up early; one that answers is given the time that a busy machine takes.
    const mailMilliseconds = typeof mood === 'number' ? undefined : 500;
    const impatient = await room.start({ smtpUrl: smtp.url, mailMilliseconds });
    await impatient.settled();
    await impatient.close();
    assert.equal(smtp.letters.length, 0);
    const failed = await outboxOf(comment);
    assert.match(failed?.error ?? '', typeof mood === 'number' ? new RegExp(`^smtp_${mood}$`) : /^smtp_[A-Z]+$/);
    assert.equal(failed?.failed, false);
    assert.ok(failed && failed.due > room.clock.now);
    smtp.mood = 'well';
    room.clock.now = addMinutes(room.clock.now, 90);
    const dispatch = await room.start({ smtpUrl: smtp.url });
    await dispatch.settled();
    assert.equal(smtp.letters.length, 1);
    assert.equal((await outboxOf(comment))?.delivered, true);
    await dispatch.close();
  });
}

test('a mail server that is down is tried again under the same Message-ID', async () => {
  await rejected({ email: canary });
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  const [first] = smtp.letters;
  // As after a crash between sending and marking: the lease runs out and the row is due once more.
  await room.store.writer.query(sql`update outbox set delivered_at = null where body ->> 'comment' is not null
    and id = (select max(id) from outbox)`);
  await smtp.stop();
  await dispatch.settled();
  await smtp.start();
  room.clock.now = addMinutes(room.clock.now, 10);
  await dispatch.settled();
  assert.equal(smtp.letters.length, 2);
  const ids = smtp.letters.map(
    ({ headers }) => /^message-id: (<[0-9a-f]{32}@talk\.news\.example>)$/im.exec(headers)?.[1],
  );
  assert.ok(ids[0]);
  assert.equal(ids[0], ids[1]);
  assert.ok(first);
  await dispatch.close();
});

test('a mail that is refused for good is given up with a reason, and counted', async () => {
  const comment = await rejected({ email: canary });
  smtp.mood = 550;
  const dispatch = await room.start({ smtpUrl: smtp.url });
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await dispatch.settled();
    room.clock.now = addMinutes(room.clock.now, 200);
  }
  const row = await outboxOf(comment);
  assert.deepEqual([row?.failed, row?.error, row?.attempts], [true, 'smtp_550', 6]);
  assert.equal((await dispatch.waitingFigures()).outboxFailed, 1);
  await dispatch.close();
});

test('two servers at once send one mail', async () => {
  for (let count = 0; count < 12; count += 1) await rejected({ email: `reader${count}@readers.example` });
  const [one, two] = await Promise.all([room.start({ smtpUrl: smtp.url }), room.start({ smtpUrl: smtp.url })]);
  await Promise.all([one.settled(), two.settled()]);
  const told = smtp.letters.flatMap(({ to }) => to).toSorted();
  assert.equal(told.length, 12);
  assert.equal(new Set(told).size, 12);
  await Promise.all([one.close(), two.close()]);
});

test('a row whose process died goes out when its lease has run out, and not before', async () => {
  const comment = await rejected({ email: canary });
  const leasedUntil = addMinutes(room.clock.now, 2);
  await room.store.writer.query(
    sql`update outbox set leased_until = ${leasedUntil}, attempts = 1 where body ->> 'comment' = ${comment.id}`,
  );
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  assert.equal(smtp.letters.length, 0);
  room.clock.now = leasedUntil;
  await dispatch.settled();
  assert.equal(smtp.letters.length, 1);
  assert.equal((await outboxOf(comment))?.attempts, 2);
  await dispatch.close();
});

test('a server that shuts down leaves a mail under way to the next one, as if it had not been tried', async () => {
  const comment = await rejected({ email: canary });
  smtp.mood = 'silent';
  const before = smtp.connections;
  const dispatch = await room.start({ smtpUrl: smtp.url, mailMilliseconds: 60_000, graceMilliseconds: 0 });
  while (smtp.connections === before) await nextTurn();
  await dispatch.close();
  const row = await outboxOf(comment);
  assert.deepEqual([row?.attempts, row?.error, row?.due], [0, 'stopped', room.clock.now]);
  smtp.mood = 'well';
  const next = await room.start({ smtpUrl: smtp.url });
  await next.settled();
  assert.equal(smtp.letters.length, 1);
  await next.close();
});

test('without an SMTP server mails wait, are counted, and go out at the first start with one', async () => {
  const comment = await rejected({ email: canary });
  const without = await room.start();
  await without.settled();
  const figures = await without.waitingFigures();
  assert.deepEqual([figures.outboxDue, figures.outboxWithoutSmtp], [1, 1]);
  assert.deepEqual((await outboxOf(comment))?.attempts, 0);
  await without.close();
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  assert.equal(smtp.letters.length, 1);
  await dispatch.close();
});

test('line ends in what a mail is made of add no header and no recipient', async () => {
  const injected = `${canary}\r\nBcc: evil@attacker.example`;
  const several = `${canary},evil@attacker.example`;
  for (const email of [injected, several]) await rejected({ email });
  await makeNewsroom(room.store, 'crooked', {
    at: room.clock.now,
    name: 'News\r\nBcc: evil@attacker.example\r\n\r\nX',
  });
  const comment = await holdComment(room.store, 'crooked', { at: room.clock.now, email: canary });
  const explanation = 'One.\r\n.\r\nRCPT TO:<evil@attacker.example>\u0007\u202e';
  await decide(room.store, 'crooked', { comment, verdict: 'reject', version: 1, at: room.clock.now, explanation });
  const dispatch = await room.start({ smtpUrl: smtp.url, mailFrom: 'Desk <desk@news.example>' });
  await dispatch.settled();
  assert.equal(smtp.letters.length, 1);
  const [letter] = smtp.letters;
  assert.deepEqual(letter?.to, [canary]);
  assert.doesNotMatch(letter.headers, /^bcc:/im);
  assert.equal(letter.headers.match(/^to:/gim)?.length, 1);
  assert.match(letter.headers, /^from: Desk <desk@news\.example>$/im);
  await dispatch.close();
});

test('an address stands in no row and in no line of the log, whatever the mail server says', async () => {
  await rejected({ email: canary });
  smtp.mood = 451;
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  room.clock.now = addDays(room.clock.now, 1);
  smtp.mood = 'well';
  await dispatch.settled();
  const everything = `${await dumpDatabase(room.store)}\n${room.lines.join('\n')}`;
  for (const form of [canary, 'kanarya', Buffer.from(canary).toString('hex'), Buffer.from(canary).toString('base64')]) {
    assert.equal(everything.includes(form), false, form);
  }
  assert.ok(room.lines.some((line) => line.includes('smtp_451')));
  await dispatch.close();
});
