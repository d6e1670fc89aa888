import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { countComments, draft, hold, openIntakeDesk, post, reasonOf, type IntakeDesk } from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
  await desk.set({ 'intake.limits': 'off' });
});
after(() => desk.remove());

type Stored = {
  name: string;
  text: string;
  state: string;
  story: string;
  lang: string;
  dir: string;
  screening: unknown;
  need: number;
};

async function stored(id: string): Promise<Stored | undefined> {
  const [row] = await queryRows<Stored>(
    desk.database.writer,
    sql`select name, text, state, story, lang, dir, screening, need from comment where site = 'sample' and id = ${id}`,
  );
  return row;
}

test('an accepted comment is held with its receipt event, byte for byte, and unseen by the readers role', async () => {
  const text = 'Line one\r\nCafe\u0301 \u{1f600}';
  const held = await hold(desk, { name: 'Rojîn', text, approved: true, state: 'approved' }, { key: 'a-1' });
  const kept = 'Line one\nCafé \u{1f600}';
  assert.equal(held.sha256, createHash('sha256').update(kept).digest('hex'));
  assert.deepEqual(await stored(held.id), {
    name: 'Rojîn',
    text: kept,
    state: 'held',
    story: 'welcome',
    lang: 'en',
    dir: 'ltr',
    screening: null,
    need: 0.5,
  });
  const events = await queryRows(desk.database.writer, sql`select kind, actor from event where comment = ${held.id}`);
  assert.deepEqual(events, [{ kind: 'received', actor: 'reader' }]);
  const seen = queryRows(desk.database.reader, sql`select text from comment where id = ${held.id}`);
  await assert.rejects(seen, { code: '42501' });
});

test('the text of a held comment cannot be changed, by the writer or by the owner', async () => {
  const { id } = await hold(desk, draft);
  const change = sql`update comment set text = 'changed' where id = ${id}`;
  await assert.rejects(desk.database.writer.query(change), { code: '42501' });
  const { default: pg } = await import('pg');
  const owner = new pg.Client(desk.database.owner);
  await owner.connect();
  await assert.rejects(owner.query(change), { code: 'ST002' });
  await assert.rejects(owner.query(sql`delete from comment where id = ${id}`), { code: 'ST002' });
  await owner.end();
});

test('the same key and body ten times at once is one comment with one receipt', async () => {
  const before = await countComments(desk.database);
  const other = desk.openAnother();
  const copies = Array.from({ length: 10 }, (_, index) =>
    hold(desk, draft, { key: 'ten-copies', intake: index % 2 ? other : desk.intake }),
  );
  const answers = await Promise.all(copies);
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(await countComments(desk.database), before + 1);
});

test('another body under the same key is refused, and the first answer stays', async () => {
  const first = await hold(desk, draft, { key: 'two-bodies' });
  for (const other of [{ text: 'Another text.' }, { name: 'Dilan' }, { email: 'a@example.org' }]) {
    assert.equal(reasonOf(await post(desk, { ...draft, ...other }, { key: 'two-bodies' })), 'submission_differs');
  }
  assert.deepEqual(await hold(desk, { ...draft, text: draft.text }, { key: 'two-bodies' }), first);
});

test('two bodies under one key at once: one is accepted, the other refused', async () => {
  const bodies = [draft, { ...draft, text: 'Another text.' }];
  const answers = await Promise.all(bodies.map((body) => post(desk, body, { key: 'race' })));
  assert.deepEqual(answers.map(reasonOf).toSorted(), ['answered 202', 'submission_differs']);
});

test('one key on two stories is two comments', async () => {
  await desk.story('second');
  const first = await hold(desk, draft, { key: 'shared' });
  const second = await hold(desk, draft, { key: 'shared', story: 'second' });
  assert.notEqual(first.id, second.id);
});

test('a refusal does not use the key up', async () => {
  assert.equal(reasonOf(await post(desk, { ...draft, text: ' ' }, { key: 'refused-first' })), 'text_required');
  await hold(desk, draft, { key: 'refused-first' });
});

test('a key that is none is refused before anything is stored', async () => {
  const before = await countComments(desk.database);
  for (const key of ['', 'a b', 'a, b', 'ключ', 'k'.repeat(201), 'a\u0000']) {
    assert.equal(reasonOf(await post(desk, draft, { key })), 'key_malformed', JSON.stringify(key));
  }
  const twice = await desk.intake.handlers.postComment({
    params: { site: 'sample', story: 'welcome' },
    query: {},
    headers: { 'idempotency-key': ['a', 'b'] },
    body: draft,
    isForm: false,
    address: '203.0.113.9',
    now: new Date(),
  });
  assert.equal(reasonOf(twice), 'key_malformed');
  assert.equal(await countComments(desk.database), before);
  await hold(desk, draft, { key: `!~${'k'.repeat(198)}` });
});

test('without a key each submission is a comment of its own', async () => {
  const [first, second] = [await hold(desk, draft), await hold(desk, draft)];
  assert.notEqual(first.id, second.id);
  assert.notEqual(first.receipt, second.receipt);
});

test('a retry is answered although the story has closed, was withdrawn, or its limit is reached meanwhile', async () => {
  await desk.story('closing');
  const first = await hold(desk, draft, { key: 'late', story: 'closing' });
  await desk.story('closing', { comments: 'closed' });
  assert.deepEqual(await hold(desk, draft, { key: 'late', story: 'closing' }), first);
  assert.equal(
    reasonOf(await post(desk, { ...draft, name: 'X' }, { key: 'late', story: 'closing' })),
    'submission_differs',
  );
  assert.equal(reasonOf(await post(desk, draft, { key: 'later', story: 'closing' })), 'comments_closed');
  await desk.story('closing', { withdrawn: true });
  assert.deepEqual(await hold(desk, draft, { key: 'late', story: 'closing' }), first);

  await desk.set({ 'intake.limits': 'on', 'intake.perNetwork': 1 });
  const limited = await hold(desk, draft, { key: 'limit', address: '198.51.100.1' });
  assert.equal(reasonOf(await post(desk, draft, { key: 'limit-2', address: '198.51.100.2' })), 'too_many_from_network');
  assert.deepEqual(await hold(desk, draft, { key: 'limit', address: '198.51.100.1' }), limited);
  await desk.set({ 'intake.limits': 'off', 'intake.perNetwork': 60 });
});

test('a retry at another server process is answered with the same receipt', async () => {
  const first = await hold(desk, draft, { key: 'elsewhere' });
  assert.deepEqual(await hold(desk, draft, { key: 'elsewhere', intake: desk.openAnother() }), first);
});

test('a text from right to left, without a language that is recognised, has its direction and the story language', async () => {
  await desk.story('kurdish', { language: 'ckb', dir: 'rtl' });
  const { id } = await hold(desk, { name: 'ھەژار', text: '123 سڵاو' }, { story: 'kurdish' });
  const row = await stored(id);
  assert.deepEqual([row?.dir, row?.lang], ['rtl', 'ckb']);
});

test('screening that throws leaves the comment waiting unread, and never answers an error', async () => {
  await desk.set({ screening: 'on' });
  const lines: string[] = [];
  const broken = desk.openAnother({
    screen: ({ text }) => {
      throw new TypeError(`the model is gone: ${text}`);
    },
    log: (line) => lines.push(line),
  });
  for (const key of ['unread-1', 'unread-2']) {
    const { id } = await hold(desk, draft, { intake: broken, key });
    const row = await stored(id);
    assert.deepEqual([row?.state, row?.screening, row?.need], ['held', null, 0.5]);
  }
  assert.equal(broken.countUnscreened(), 2);
  // Once for a row of failures, and without a word of the comment.
  const [line, ...more] = lines;
  assert.match(line ?? '', /^comments cannot be screened and wait unread \(TypeError\): .*stet doctor/);
  assert.deepEqual([more, line?.includes(draft.text)], [[], false]);
});

test('screening places the comment: its scores are stored and its need comes from them', async () => {
  const screening = { lang: 'tr', scores: { threat: 0.9 }, suggestion: 'reject' as const, findings: [], model: 'test' };
  const { id } = await hold(desk, draft, { intake: desk.openAnother({ screen: () => screening }) });
  const row = await stored(id);
  assert.deepEqual(row?.screening, screening);
  assert.ok(Math.abs((row?.need ?? 0) - 0.9) < 1e-6);
  assert.equal(row?.lang, 'tr');
  await desk.set({ screening: 'off' });
});
