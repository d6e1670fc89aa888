import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { commentFields } from '../../src/contract/form.ts';
import {
  draft,
  hold,
  makeCall,
  openIntakeDesk,
  post,
  reasonOf,
  type IntakeDesk,
  type Sent,
} from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
  await desk.set({ 'intake.limits': 'off' });
});
after(() => desk.remove());

test('a story is found by its own address, of the site own origin alone', async () => {
  await desk.story('by-url', { url: 'https://courier.example/news/7' });
  await hold(desk, draft, { story: 'elsewhere', url: 'https://courier.example/news/7#comments' });
  for (const url of [
    'https://attacker-courier.example/news/7',
    'https://courier.example.attacker.example/news/7',
    'http://courier.example/news/7',
    'https://courier.example:8443/news/7',
    'https://u:p@courier.example/news/7',
    'javascript:alert(1)',
    'x',
    '//courier.example/news/7',
  ]) {
    assert.equal(reasonOf(await post(desk, draft, { story: 'elsewhere', url })), 'origin_foreign', url);
  }
  assert.equal(
    reasonOf(await post(desk, draft, { story: 'elsewhere', url: 'https://courier.example/news/8' })),
    'story_unknown',
  );
  const twice = await desk.intake.handlers.postComment({
    ...makeCall(draft, { story: 'elsewhere' }),
    query: { url: ['a', 'b'] },
  });
  assert.equal(reasonOf(twice), 'parameter_malformed');
  assert.equal(
    reasonOf(await post(desk, draft, { story: 'by-url', url: 'https://courier.example/news/8' })),
    'story_unknown',
  );
  assert.equal(
    reasonOf(await post(desk, draft, { story: 'welcome', url: 'https://courier.example/news/7' })),
    'story_unknown',
  );
  await hold(desk, draft, { story: 'by-url', url: 'https://courier.example/news/7' });
  await hold(desk, draft, { story: 'welcome', url: 'https://courier.example/news/8' });
});

test('what is refused, and who asks for a form, creates no story', async () => {
  await desk.set({ 'stories.fromUrl': 'on', 'intake.limits': 'on', 'intake.perNetwork': 1 });
  const url = 'https://courier.example/new';
  const sent = { story: 'unborn', url, address: '198.51.100.1' };
  const isThere = async (): Promise<boolean> => (await desk.kept.findStory('sample', 'unborn')) !== undefined;
  const refuse = async (body: Record<string, unknown>, reason: string, more: Sent = {}): Promise<void> => {
    assert.equal(reasonOf(await post(desk, body, { ...sent, ...more })), reason);
    assert.equal(await isThere(), false, reason);
  };
  await refuse({}, 'name_required');
  await refuse({ ...draft, text: '' }, 'text_required');
  await refuse({ ...draft, [commentFields.trap]: 'x' }, 'trap_filled');
  await refuse(draft, 'key_malformed', { key: 'two words' });
  await refuse({ ...draft, parentId: '00000000-0000-4000-8000-000000000000' }, 'parent_unknown');
  await refuse({ ...draft, token: 'x' }, 'answered 403', { form: true });
  await refuse(draft, 'origin_foreign', { url: 'https://elsewhere.example/new' });
  await refuse(draft, 'origin_foreign', { url: `https://courier.example/${'ه'.repeat(500)}` });
  await refuse(draft, 'story_unknown', { story: 'tags' });
  await desk.set({ 'intake.proof': 'on' });
  await refuse(draft, 'proof_missing', { address: '198.51.101.1' });
  const form = await desk.intake.handlers.getFormToken(makeCall(undefined, sent));
  assert.deepEqual(Object.keys((form as { body: object }).body), ['token', 'challenge']);
  assert.equal(await isThere(), false);
  await desk.set({ 'intake.proof': 'off' });
  await hold(desk, draft, { address: sent.address });
  await refuse(draft, 'too_many_from_network');
  await desk.set({ 'intake.limits': 'off', 'intake.perNetwork': 60 });
  // With the token that was given before there was a story.
  const { token } = (form as { body: { token: string } }).body;
  await hold(desk, { ...draft, token }, { ...sent, form: true });
  assert.equal((await desk.kept.findStory('sample', 'unborn'))?.url, url);
  await desk.set({ 'stories.fromUrl': 'off' });
});

test('a story that came from its address is one, however many write first, and keeps its key to its address', async () => {
  await desk.set({ 'stories.fromUrl': 'on' });
  const [first, second] = await Promise.all(
    [1, 2].map(() => hold(desk, draft, { story: 'new-one', url: 'https://courier.example/news/8' })),
  );
  assert.notEqual(first?.id, second?.id);
  assert.equal((await desk.kept.findStory('sample', 'new-one'))?.url, 'https://courier.example/news/8');
  await hold(desk, draft, { story: 'another-key', url: 'https://courier.example/news/8' });
  assert.equal(await desk.kept.findStory('sample', 'another-key'), undefined);
  assert.equal(
    reasonOf(await post(desk, draft, { story: 'new-one', url: 'https://courier.example/news/9' })),
    'story_unknown',
  );
  // One address under two keys and two addresses under one key, in the same moment: one story each, and nobody is lost.
  const write = async (story: string, url: string): Promise<string> => {
    const sent = { story, url: `https://courier.example/race/${url}`, key: `${story}-${url}` };
    const answer = await post(desk, draft, sent);
    return reasonOf(reasonOf(answer) === 'unavailable' ? await post(desk, draft, sent) : answer);
  };
  assert.deepEqual(await Promise.all([write('k1', 'a'), write('k2', 'a')]), ['answered 202', 'answered 202']);
  assert.deepEqual((await Promise.all([write('k3', 'b'), write('k3', 'c')])).toSorted(), [
    'answered 202',
    'story_unknown',
  ]);
  await desk.set({ 'stories.fromUrl': 'off' });
});
