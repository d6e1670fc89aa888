import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseContext } from '../../src/contract/case.ts';
import { standardPreferences } from '../../src/contract/preferences.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { removeModerator } from '../../src/identity/moderators.ts';
import { saveStory } from '../../src/record/stories.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let ben: Principal;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  ben = await desk.person('Ben', 'moderator', 'harbour', 'valley');
});
after(() => desk.remove());

async function contextOf(id: string): Promise<CaseContext> {
  const { body } = await desk.ask('getComment', { params: { id }, principal: ada });
  return body['context'] as CaseContext;
}

async function decide(id: string, verdict: object): Promise<void> {
  const { status } = await desk.ask('postDecision', {
    params: { id },
    principal: ada,
    body: { version: 1, ...verdict },
  });
  assert.equal(status, 201);
}

const story = {
  headline: 'The bridge opens',
  byline: 'The Harbour',
  published: noon,
  tags: [],
  language: 'en',
  dir: 'ltr',
  comments: 'open',
  withdrawn: false,
} as const;
const text = 'It opens on Monday. The ferry stops. Nobody is sad.';
const screening = { lang: 'en', scores: {}, suggestion: 'approve', findings: [], model: 'of the tests' } as const;

test('nothing of another site stands around a comment', async () => {
  const elsewhere = await desk.hold('valley', { name: 'Rana' });
  await desk.ask('postDecision', {
    params: { id: elsewhere },
    principal: ben,
    body: { verdict: 'reject', guideline: 'attack', version: 1 },
  });
  const id = await desk.hold('harbour', { name: 'Rana' });
  const { thread, earlier } = await contextOf(id);
  assert.deepEqual([thread, earlier], [[], []]);
});

test('a case has what it answers from the first on, what readers saw beside it, and the first replies', async () => {
  const first = await desk.hold('harbour', { text: 'First' });
  const answer = await desk.hold('harbour', { text: 'Answer', parent: first });
  for (const sibling of ['one', 'two', 'three', 'four']) {
    await decide(await desk.hold('harbour', { text: sibling, parent: answer }), { verdict: 'approve' });
  }
  await desk.hold('harbour', { text: 'held beside it', parent: answer });
  const id = await desk.hold('harbour', { text: 'The case', parent: answer });
  const told = (context: CaseContext): string[] => context.thread.map((line) => `${line.place}: ${line.text}`);
  const around = ['above: First', 'above: Answer', 'beside: two', 'beside: three', 'beside: four'];
  assert.deepEqual(told(await contextOf(id)), around);
  await decide(id, { verdict: 'approve' });
  await decide(await desk.hold('harbour', { text: 'after it', parent: answer }), { verdict: 'approve' });
  await decide(await desk.hold('harbour', { text: 'a reply', parent: id }), { verdict: 'approve' });
  assert.deepEqual(told(await contextOf(id)), [...around, 'below: a reply'], 'what came later is not beside it');
});

test('a chain of replies is followed six steps up and no further', async () => {
  let parent: string | null = null;
  for (let step = 0; step < 9; step++) parent = await desk.hold('harbour', { text: `step ${step}`, parent });
  const { thread } = await contextOf(parent ?? '');
  assert.deepEqual(
    thread.map((line) => line.text),
    ['step 2', 'step 3', 'step 4', 'step 5', 'step 6', 'step 7'],
  );
});

test('the last five decisions under a name are told with guideline and day, and their texts are cut', async () => {
  for (let number = 0; number < 6; number++) {
    const id = await desk.hold('harbour', { name: 'Maro', text: `${number} ${'x'.repeat(300)}` });
    await decide(id, number % 2 ? { verdict: 'approve' } : { verdict: 'reject', guideline: 'attack' });
  }
  const { earlier } = await contextOf(await desk.hold('harbour', { name: 'Maro' }));
  assert.deepEqual(
    earlier.map(({ text: begun, verdict, guideline }) => [begun?.[0], begun?.length, verdict, guideline]),
    [
      ['5', 160, 'approve', null],
      ['4', 160, 'reject', 'attack'],
      ['3', 160, 'approve', null],
      ['2', 160, 'reject', 'attack'],
      ['1', 160, 'approve', null],
    ],
  );
  assert.equal(earlier[0]?.decidedAt, noon.toISOString());
  assert.equal(JSON.stringify(earlier).includes('Ada'), false, 'who decided is not part of it');
});

test('the passage that a comment touches is shown as long as the story stands as it was screened', async () => {
  const key = { site: 'harbour', story: 'bridge' };
  await saveStory(desk.database, key, { ...story, text, at: noon });
  const start = text.indexOf('The ferry');
  const passage = { start, end: text.indexOf(' Nobody') };
  const id = await desk.hold('harbour', { screening: { ...screening, findings: [], passage } });
  assert.equal((await contextOf(id)).passage, 'The ferry stops.');
  await saveStory(desk.database, key, { ...story, headline: 'It opens', text, at: addMinutes(noon, 5) });
  assert.equal((await contextOf(id)).passage, 'The ferry stops.', 'a new headline moves no sentence');
  await saveStory(desk.database, key, { ...story, text: `Corrected. ${text}`, at: addMinutes(noon, 6) });
  assert.equal((await contextOf(id)).passage, null);
  const claimed = await desk.ask('postClaim', { principal: ada, body: { site: 'harbour', comment: id } });
  const { storyAddress } = claimed.body['context'] as CaseContext;
  assert.equal(storyAddress, '/s/harbour/bridge', 'a claim brings what stands around the comment too');
});

test('a list of the queue carries no context', async () => {
  const { body } = await desk.ask('getQueue', { principal: ada, query: {} });
  assert.ok((body['comments'] as object[]).every((row) => !('context' in row)));
});

test('preferences are a person’s own, the same on each of their sites, and gone with the account and its views', async () => {
  const chosen = { ...standardPreferences, keys: { approve: 'y' }, veilFrom: 0.85 };
  assert.deepEqual((await desk.ask('putPreferences', { principal: ben, body: chosen })).body, chosen);
  const read = async (principal: Principal): Promise<unknown> => (await desk.ask('getPreferences', { principal })).body;
  assert.deepEqual(await read(ben), chosen);
  assert.deepEqual(await read(ada), standardPreferences);
  for (const account of ben.accounts) assert.deepEqual(await read({ ...ben, accounts: [account] }), chosen);
  const refusal = await desk.ask('putPreferences', { principal: ben, body: { keys: { approve: '1' } } });
  assert.deepEqual([refusal.reason, refusal.body['field']], ['field_malformed', 'keys.approve']);
  assert.deepEqual(await read(ben), chosen, 'what was refused changed nothing');
  assert.deepEqual((await desk.ask('putPreferences', { principal: ben, body: {} })).body, standardPreferences);
  const view = { site: 'harbour', name: 'Nina', filter: { author: 'Nina' } };
  assert.equal((await desk.ask('postView', { principal: ben, body: view })).status, 201);
  for (const site of ['harbour', 'valley'])
    await removeModerator(desk.database, { site, email: 'ben@desk.example' }, noon);
  assert.deepEqual(await desk.rows(sql`select site from preference union all select site from desk_view`), []);
});

test('preferences that a later version no longer understands are as if nothing had been saved', async () => {
  await desk.ask('putPreferences', { principal: ada, body: { textSize: 'large' } });
  await desk.tamper(`update preference set body = '{"theme": "sepia"}'`);
  assert.deepEqual((await desk.ask('getPreferences', { principal: ada })).body, standardPreferences);
});
