import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { commentFields } from '../../src/contract/form.ts';
import { isObject } from '../../src/contract/json.ts';
import { addMinutes } from '../../src/contract/time.ts';
import {
  decide,
  draft,
  hold,
  makeCall,
  noon,
  openIntakeDesk,
  post,
  reasonOf,
  type IntakeDesk,
} from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
  await desk.set({ 'intake.limits': 'off' });
});
after(() => desk.remove());

async function refusedAs(body: unknown, reason: string, field?: string): Promise<void> {
  const answer = await desk.intake.handlers.postComment(makeCall(body));
  assert.equal(reasonOf(answer), reason, JSON.stringify(body)?.slice(0, 200));
  assert.equal(answer.outcome === 'refused' ? answer.refusal.field : undefined, field);
}

test('bodies that are no object are refused', async () => {
  for (const body of [undefined, null, 'text', 7, true, [], [draft]]) await refusedAs(body, 'body_malformed');
});

test('fields that are missing, blank or of another kind are refused by name', async () => {
  await refusedAs({}, 'name_required', 'name');
  await refusedAs({ text: 'x' }, 'name_required', 'name');
  await refusedAs({ ...draft, name: null }, 'name_required', 'name');
  await refusedAs({ ...draft, name: '' }, 'name_required', 'name');
  await refusedAs({ ...draft, name: '  ' }, 'name_required', 'name');
  for (const name of ['\u2800', '7\u2800']) await refusedAs({ ...draft, name }, 'name_characters', 'name');
  await refusedAs({ ...draft, name: 7 }, 'field_malformed', 'name');
  await refusedAs({ ...draft, name: ['Rojîn'] }, 'field_malformed', 'name');
  await refusedAs({ name: 'x' }, 'text_required', 'text');
  for (const text of ['', ' \n\t', '\u200d\u200c', '\u3164', '\u2800\u2800'])
    await refusedAs({ ...draft, text }, 'text_required', 'text');
  await refusedAs({ ...draft, text: { toString: 'x' } }, 'field_malformed', 'text');
  await refusedAs({ ...draft, parentId: 7 }, 'parent_unknown', 'parentId');
});

test('a name has at most 80 code points and a text at most 4,000, an emoji counting once, after NFC', async () => {
  const emoji = '\u{1f600}';
  for (const [unit, most] of [
    ['n', 80],
    ['ە', 80],
    ['é', 80],
  ] as const) {
    for (const length of [most - 1, most]) await hold(desk, { ...draft, name: unit.repeat(length) });
    await refusedAs({ ...draft, name: unit.repeat(most + 1) }, 'name_too_long', 'name');
  }
  await hold(desk, { ...draft, name: 'e\u0301'.repeat(80) });
  for (const unit of ['t', emoji, 'ە', 'e\u0301']) {
    for (const length of [3999, 4000]) await hold(desk, { ...draft, text: unit.repeat(length) });
    await refusedAs({ ...draft, text: unit.repeat(4001) }, 'text_too_long', 'text');
  }
  await hold(desk, { ...draft, text: 'a\r\n'.repeat(2000) });
  await refusedAs({ ...draft, text: `${'a\r\n'.repeat(2000)}a` }, 'text_too_long', 'text');
});

test('e-mail addresses that are none are refused, and an empty field is no address', async () => {
  for (const email of [
    'a',
    'a@',
    '@b.example',
    'a b@c.example',
    'a@b',
    'a@b.example\r\nBcc: c@d.example',
    'a@b..example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(250)}.example`,
    7,
    ['a@b.example'],
    'a,b@c.example',
    '<a@b.example>',
  ]) {
    await refusedAs({ ...draft, email }, 'email_malformed', 'email');
  }
  for (const email of ['', ' ', null, 'reader+tag@courier.example']) await hold(desk, { ...draft, email });
});

test('controls, bidi overrides and hidden characters are refused in texts, and named', async () => {
  for (const character of [
    '\u0000',
    '\u0007',
    '\r',
    '\u007f',
    '\u0085',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ufff9',
    '\uffff',
    '\u{e0041}',
    '\u{1fffe}',
  ]) {
    await refusedAs({ ...draft, text: `a${character}b` }, 'text_characters', 'text');
  }
  await refusedAs({ ...draft, text: 'a\ud800b' }, 'text_characters', 'text');
  await refusedAs({ ...draft, text: 'a\udc00' }, 'text_characters', 'text');
  const answer = await post(desk, { ...draft, text: 'a\u202eb' });
  assert.deepEqual(answer.outcome === 'refused' && answer.refusal.values, { character: 'U+202E' });
  for (const text of [
    'نامه\u200cکە',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
    'a\u200eb\u200f\u061c',
    'a\tb\nc',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  ]) {
    await hold(desk, { ...draft, text });
  }
});

const corpus = new URL('../../../shared/corpora/bidi/bidi-and-invisible.json', import.meta.url);

test(
  'the shared corpus of bidi and invisible tricks: nothing with an override is taken, and what is taken stays as written',
  { skip: existsSync(corpus) ? false : '../shared is not here' },
  async () => {
    const cases: unknown = JSON.parse(readFileSync(corpus, 'utf8'));
    assert.ok(Array.isArray(cases) && cases.length > 10);
    for (const one of cases) {
      assert.ok(isObject(one) && typeof one['expect'] === 'string');
      const { expect } = one;
      const text: unknown = typeof one['jsonEscaped'] === 'string' ? JSON.parse(one['jsonEscaped']) : one['text'];
      // Bytes that are no UTF-8 are refused where bodies are decoded, before this room.
      if (typeof text !== 'string') continue;
      const body = one['field'] === 'displayName' ? { ...draft, name: text } : { ...draft, text };
      const reason = reasonOf(await post(desk, body));
      const hidesOrder = /[\u202a-\u202e\u2066-\u2069]/.test(text);
      if (hidesOrder) assert.match(reason, /_characters$/, String(one['id']));
      else if (/reject|^400|stripped/.test(expect))
        assert.match(reason, /^(?:name|text)_(?:characters|too_long)$/, String(one['id']));
      else if (/preserved|^accepted:/.test(expect)) assert.equal(reason, 'answered 202', String(one['id']));
      else assert.match(reason, /^answered 202$|_characters$|_too_long$|_required$/, String(one['id']));
    }
  },
);

test('a field that people do not see is a trap', async () => {
  await refusedAs({ ...draft, [commentFields.trap]: 'https://spam.example' }, 'trap_filled');
  await hold(desk, { ...draft, [commentFields.trap]: '' });
});

test('stories that take no comments say why', async () => {
  await desk.story('closed', { comments: 'closed' });
  await desk.story('until', { commentsUntil: noon });
  await desk.story('open-until', { commentsUntil: addMinutes(noon, 1) });
  await desk.story('withdrawn', { withdrawn: true });
  await desk.story('moved', { movedTo: 'https://courier.example/elsewhere' });
  const reasons = { closed: 'comments_closed', until: 'comments_closed', withdrawn: 'story_gone', moved: 'story_gone' };
  for (const [story, reason] of Object.entries(reasons))
    assert.equal(reasonOf(await post(desk, draft, { story })), reason);
  await hold(desk, draft, { story: 'open-until' });
  for (const [site, story] of [
    ['sample', 'none'],
    ['none', 'welcome'],
    ['sample', 'tags'],
    ['sample', '../x'],
    ['SAMPLE', 'welcome'],
    ['', ''],
  ] as const) {
    assert.equal(reasonOf(await post(desk, draft, { site, story })), 'story_unknown', `${site}/${story}`);
  }
});

test('only a published comment of the same story can be answered', async () => {
  const parent = await hold(desk, draft);
  const reply = { ...draft, parentId: parent.id };
  assert.equal(reasonOf(await post(desk, reply, { key: 'reply' })), 'parent_unknown');
  await decide(desk, parent.id, { verdict: 'approve' });
  await desk.story('other');
  assert.equal(reasonOf(await post(desk, reply, { story: 'other' })), 'parent_unknown');
  const held = await hold(desk, reply, { key: 'reply' });
  await decide(desk, parent.id, { verdict: 'remove', guideline: 'attack' });
  assert.equal(reasonOf(await post(desk, reply, { key: 'another' })), 'parent_unknown');
  assert.deepEqual(await hold(desk, reply, { key: 'reply' }), held);
  for (const parentId of ['x', parent.id.toUpperCase(), `${parent.id} `, '00000000-0000-4000-8000-000000000000']) {
    assert.equal(reasonOf(await post(desk, { ...draft, parentId })), 'parent_unknown');
  }
});

test('limits of networks and of stories refuse with the time to wait, and a refusal takes nothing from them', async () => {
  await desk.story('limited');
  await desk.story('other-limited');
  await desk.set({ 'intake.limits': 'on', 'intake.perNetwork': 2, 'intake.perStory': 3 });
  const at = (address: string, story = 'limited') => post(desk, draft, { address, story });
  assert.equal(
    reasonOf(await post(desk, { ...draft, text: '' }, { address: '192.0.2.1', story: 'limited' })),
    'text_required',
  );
  for (const address of ['192.0.2.1', '::ffff:192.0.2.200']) assert.equal(reasonOf(await at(address)), 'answered 202');
  const refused = await at('192.0.2.7');
  assert.equal(reasonOf(refused), 'too_many_from_network');
  assert.ok(refused.outcome === 'refused' && (refused.refusal.retryAfterSeconds ?? 0) > 0);
  assert.equal(reasonOf(await at('2001:db8:1:2::1')), 'answered 202');
  assert.equal(reasonOf(await at('2001:db8:1:ffff::1')), 'too_many_for_story');
  assert.equal(reasonOf(await at('2001:db8:1:ffff::1', 'other-limited')), 'answered 202');
  assert.equal(reasonOf(await at('2001:db8:1:3::9', 'other-limited')), 'too_many_from_network');
  await desk.set({ 'intake.limits': 'off', 'intake.perNetwork': 60, 'intake.perStory': 600 });
  assert.equal(reasonOf(await at('192.0.2.7')), 'answered 202');
});
