import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { commentFields } from '../../src/contract/form.ts';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import {
  countComments,
  draft,
  hold,
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

test('a form token is of one story and of the last day; an old one is refused with the text kept and a fresh token', async () => {
  const before = await countComments(desk.database);
  const ofOther = desk.intake.formToken('sample', 'other', noon);
  const old = desk.intake.formToken('sample', 'welcome', addMinutes(noon, -25 * 60));
  const wrong = [undefined, '', 'x', ofOther, old, `${desk.intake.formToken('sample', 'welcome', noon)}xx`, ['a']];
  for (const [index, token] of wrong.entries()) {
    const answer = await post(
      desk,
      { ...draft, email: 'me@courier.example', [commentFields.token]: token },
      { form: true },
    );
    assert.equal(answer.outcome === 'answered' && answer.status, 403, JSON.stringify(token));
    const page = desk.shown.refused.at(-1);
    assert.deepEqual(page?.refusal, { reason: 'form_expired' });
    assert.deepEqual(page?.written, { ...draft, email: 'me@courier.example', parentId: '' });
    const again = await post(desk, { ...draft, name: `N${index}`, [commentFields.token]: page?.token }, { form: true });
    assert.equal(reasonOf(again), 'answered 202');
  }
  assert.equal(await countComments(desk.database), before + wrong.length);
  for (const hours of [0, 1, 23, 24]) {
    const token = desk.intake.formToken('sample', 'welcome', addMinutes(noon, -hours * 60));
    assert.equal(reasonOf(await post(desk, { name: `H${hours}`, text: 'x', token }, { form: true })), 'answered 202');
  }
});

test('every refusal of a plain form ends on the form with everything in it', async () => {
  const written = { name: 'Rojîn', text: 'a\u202eb', email: 'none', parentId: 'x' };
  const answer = await post(desk, written, { form: true, headers: { 'accept-language': 'ar,en;q=0.5' } });
  assert.equal(answer.outcome === 'answered' && answer.status, 422);
  const page = desk.shown.refused.at(-1);
  assert.deepEqual(
    [page?.written, page?.refusal.reason, page?.language, page?.story?.story],
    [written, 'text_characters', 'ar', 'welcome'],
  );
  await post(desk, written, { form: true, story: 'none' });
  assert.deepEqual(
    [desk.shown.refused.at(-1)?.refusal.reason, desk.shown.refused.at(-1)?.written],
    ['story_unknown', written],
  );
});

test('the same plain form within ten minutes is one comment, also across the border of a span; after that it is another', async () => {
  const body = { name: 'Dilan', text: 'Sent twice.' };
  const send = (minutes: number, more = {}) =>
    hold(desk, { ...body, ...more }, { form: true, now: addMinutes(addDays(noon, 1), minutes) });
  await send(9);
  await send(9.5);
  await send(18.9);
  const { id } = desk.shown.received.at(-1)?.held ?? assert.fail();
  assert.equal(new Set(desk.shown.received.slice(-3).map(({ held }) => held.id)).size, 1);
  await send(19.1);
  assert.notEqual(desk.shown.received.at(-1)?.held.id, id);
  await send(9.6, { text: 'Another.' });
  assert.notEqual(desk.shown.received.at(-1)?.held.id, id);
  const before = await countComments(desk.database);
  await Promise.all(Array.from({ length: 10 }, (_, copy) => send(29.99 + copy / 500, { name: 'Ten' })));
  assert.equal(await countComments(desk.database), before + 1);
  assert.equal(new Set(desk.shown.received.slice(-10).map(({ held }) => held.receipt)).size, 1);
});
