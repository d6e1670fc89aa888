import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CheckAnswer } from '../../src/contract/check.ts';
import type { Answer } from '../../src/contract/http.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { draft, hold, makeCall, openIntakeDesk, reasonOf, type IntakeDesk, type Sent } from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
  await desk.set({ screening: 'on', 'intake.notice': 'on' });
});
after(() => desk.remove());

let networks = 0;

// From a network of its own, unless it names one.
function ask(body: unknown, sent: Sent = {}): Promise<Answer> {
  const address = `198.51.${(networks += 1)}.7`;
  return Promise.resolve(desk.intake.handlers.postCheck(makeCall(body, { address, ...sent })));
}

async function told(text: string, sent: Sent = {}): Promise<CheckAnswer> {
  const answer = await ask({ text }, sent);
  assert.ok(answer.outcome === 'answered' && answer.status === 200, JSON.stringify(answer));
  return (answer as { body: CheckAnswer }).body;
}

const attack = 'You are an idiot, you lying piece of filth, and everybody who knows you despises you.';
const nothing: CheckAnswer = { guideline: null };

test('a text that intake would refuse is refused the same, and so is a story that nobody can write under', async () => {
  assert.equal(reasonOf(await ask('a text')), 'body_malformed');
  assert.equal(reasonOf(await ask({})), 'text_required');
  assert.equal(reasonOf(await ask({ text: 7 })), 'field_malformed');
  assert.equal(reasonOf(await ask({ text: 'a'.repeat(4001) })), 'text_too_long');
  assert.equal(reasonOf(await ask({ text: 'a\u0000b' })), 'text_characters');
  assert.equal(reasonOf(await ask({ text: attack }, { story: 'nowhere' })), 'story_unknown');
  await desk.story('closed', { comments: 'closed' });
  assert.equal(reasonOf(await ask({ text: attack }, { story: 'closed' })), 'comments_closed');
});

test('a sure breach is told by the guideline’s title and page in the reader’s language, and by nothing more', async () => {
  const page = 'https://talk.courier.example/s/sample/guidelines';
  assert.deepEqual(await told(attack), {
    guideline: { key: 'attack', title: 'About attack', url: `${page}?lang=en#attack` },
  });
  assert.deepEqual(await told(attack, { headers: { 'accept-language': 'ar' } }), {
    guideline: { key: 'attack', title: 'عن attack', url: `${page}?lang=ar#attack` },
  });
  assert.deepEqual(await told('The ferry should ring its bell before it leaves.'), nothing);
});

test('a guideline that the site has not, or what only misses the story, is never told', async () => {
  assert.deepEqual(await told('What a fucking shitty ferry.'), nothing);
  assert.deepEqual(await told('My grandmother bakes the finest apple cake of the whole valley.'), nothing);
});

test('criticism of the newsroom is told of nothing, however harsh it is', async () => {
  for (const criticism of [
    'Your article is biased rubbish and the editor should be ashamed.',
    'The Courier lies to us. Your editors are lying idiots.',
    'The writer of this article is a stupid moron.',
  ])
    assert.deepEqual(await told(criticism), nothing, criticism);
});

test('a word of the site’s own list cannot be found out by asking, and an allowed word is none to warn of', async () => {
  await desk.set({ 'words.listed': '* attack clear canarybird' });
  assert.deepEqual(await told('You canarybird, canarybird, canarybird.'), nothing);
  const before = await told('Sen bir aptalsın.');
  assert.equal(before.guideline?.key, 'attack');
  await desk.set({ 'words.allowed': 'aptal' });
  assert.deepEqual(await told('Sen bir aptalsın.'), nothing);
  await desk.set({ 'words.listed': '', 'words.allowed': '' });
});

test('nothing is told where the site does not want it, or where no program reads', async () => {
  await desk.set({ 'intake.notice': 'off' });
  assert.deepEqual(await told(attack), nothing);
  await desk.set({ 'intake.notice': 'on', screening: 'off' });
  assert.deepEqual(await told(attack), nothing);
  await desk.set({ screening: 'on' });
});

test('a network that asks too often is told nothing more, and can send all the same', async () => {
  const address = '203.0.113.50';
  for (let count = 0; count < 20; count += 1) await told(attack, { address });
  assert.equal(reasonOf(await ask({ text: attack }, { address })), 'too_many_attempts');
  assert.equal((await told(attack)).guideline?.key, 'attack');
  await hold(desk, { ...draft, text: attack }, { address });
  await desk.set({ 'intake.limits': 'off' });
  assert.equal((await told(attack, { address })).guideline?.key, 'attack');
  await desk.set({ 'intake.limits': 'on' });
});

test('asking leaves nothing behind, and what is sent after it is held as any other', async () => {
  const rows = (): Promise<object[]> =>
    queryRows(
      desk.database.writer,
      sql`select (select count(*) from event) as events, (select count(*) from comment) as comments`,
    );
  const stood = await rows();
  await told(`${attack} Canary four.`);
  assert.deepEqual(await rows(), stood);
  const held = await hold(desk, { ...draft, text: `${attack} Canary four.` });
  assert.equal(held.state, 'held');
  const kept = await queryRows<{ line: string }>(
    desk.database.writer,
    sql`select event::text || comment::text as line from event join comment on comment.id = ${held.id} and event.comment = comment.id`,
  );
  for (const { line } of kept) assert.doesNotMatch(line, /notice|check/);
});
