import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { draft, noon, openIntakeDesk, post, reasonOf, type IntakeDesk } from '../support/intake.ts';
import { startServer, type TestServer } from '../support/server.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
});
after(() => desk.remove());

const answered = 'answered 202';
let written = 0;
/** Writes a new comment at a time; how it was answered. */
async function write(now: Date, story = 'welcome', address = '192.0.2.7'): Promise<{ reason: string; wait: unknown }> {
  const answer = await post(desk, { ...draft, text: `Comment ${written++}` }, { now, story, address });
  const wait = answer.outcome === 'refused' ? answer.refusal.retryAfterSeconds : undefined;
  return { reason: reasonOf(answer), wait };
}

test('outside the opening hours a comment is refused with the time at which they begin again', async () => {
  // Noon of a Sunday in UTC is three in the afternoon in Baghdad.
  await desk.set({ 'comments.hours': 'Su 08:00-15:00; Mo 09:30-20:00', 'page.timeZone': 'Asia/Baghdad' });
  assert.equal((await write(addMinutes(noon, -1))).reason, answered);
  const refusal = await post(desk, draft, { now: noon });
  assert.equal(reasonOf(refusal), 'comments_outside_hours');
  assert.deepEqual(refusal.outcome === 'refused' && refusal.refusal.values, { date: '\u206823-11-2026 09:30\u2069' });
  assert.equal((await write(addMinutes(noon, 18 * 60 + 30))).reason, answered);
  await desk.set({ 'comments.hours': '', 'page.timeZone': 'UTC' });
});

test('a story takes no comments the days after its publication that the site says, unless it names its own end', async () => {
  await desk.set({ 'comments.closeAfterDays': 3 });
  await desk.story('old', { published: addDays(noon, -3) });
  await desk.story('young', { published: addMinutes(addDays(noon, -3), 1) });
  await desk.story('own-end', { published: addDays(noon, -3), commentsUntil: addDays(noon, 1) });
  assert.equal((await write(noon, 'old')).reason, 'comments_closed');
  assert.equal((await write(noon, 'young')).reason, answered);
  assert.equal((await write(noon, 'own-end')).reason, answered);
  await desk.set({ 'comments.closeAfterDays': 0 });
});

test('slow mode asks one network for a pause, and says how long it is', async () => {
  await desk.set({ 'intake.slowSeconds': 90 });
  const others = '198.51.100.9';
  assert.equal((await write(noon, 'welcome', '203.0.113.5')).reason, answered);
  assert.deepEqual(await write(addMinutes(noon, 1), 'welcome', '203.0.113.6'), { reason: 'too_soon', wait: 30 });
  assert.equal((await write(noon, 'welcome', others)).reason, answered);
  // A refusal begins no pause anew.
  assert.equal((await write(addMinutes(noon, 1.5), 'welcome', '203.0.113.5')).reason, answered);
  await desk.story('heated', { slowSeconds: 600 });
  await desk.story('calm', { slowSeconds: 0 });
  assert.equal((await write(addMinutes(noon, 1), 'heated', others)).reason, answered);
  assert.equal((await write(addMinutes(noon, 10), 'heated', others)).reason, 'too_soon');
  assert.equal((await write(addMinutes(noon, 1), 'calm', others)).reason, answered);
  assert.equal((await write(addMinutes(noon, 1), 'calm', others)).reason, answered);
  await desk.set({ 'intake.slowSeconds': 0 });
});

test('the page follows the hours at the minute, though it is kept', async () => {
  const server: TestServer = await startServer();
  try {
    const read = async (): Promise<string> => (await server.fetch('/s/sample/welcome')).text();
    assert.match(await read(), /id="write"/);
    // It is about noon where the site is, whenever the test runs.
    const ahead = 12 - server.now().getUTCHours();
    const local = addMinutes(server.now(), ahead * 60);
    const zone = `Etc/GMT${ahead < 0 ? '+' : '-'}${Math.abs(ahead)}`;
    const closing = addMinutes(local, 2).toISOString().slice(11, 16);
    const [today, tomorrow] = [local.getUTCDay(), (local.getUTCDay() + 1) % 7].map((day) => names[day] ?? '');
    await server.set({ 'comments.hours': `${today} 00:00-${closing}; ${tomorrow} 07:00-08:00`, 'page.timeZone': zone });
    const open = await read();
    assert.match(open, new RegExp(`Open for comments until <time [^>]*>${closing}</time>`));
    assert.match(open, /id="write"/);
    server.pass(3);
    const closed = await read();
    assert.match(closed, /Comments are closed at the moment\. They open again on <time [^>]*>[\d-]+ 07:00<\/time>/);
    assert.doesNotMatch(closed, /id="write"|<form/);
    const token = await server.fetch('/api/v1/sites/sample/stories/welcome/form');
    assert.equal(token.status, 403);
    const { refusal } = (await token.json()) as { refusal: { detail: string } };
    assert.match(refusal.detail, /They open again on \u2068[\d-]+ 07:00\u2069\./);
  } finally {
    await server.stop();
  }
});

const names = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
