import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import type { Statistics } from '../../src/contract/statistics.ts';
import { parseStoryDraft } from '../../src/contract/story.ts';
import { appendEvent, type EventKind } from '../../src/record/events.ts';
import type { NewComment } from '../../src/record/comments.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { saveStory } from '../../src/record/stories.ts';
import { startSorting } from '../../src/sorting/sorting.ts';
import { inTransaction } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';

// Three days of a newsroom in Baghdad, three hours ahead of UTC, counted by hand beside each line. It is Sunday, 22 November
// 2026, three in the afternoon there.
let desk: Desk;
let ada: Principal;
let bo: Principal;
let eli: Principal;
let counted: Statistics;
const site = 'harbour';
const time = (written: string): Date => new Date(`2026-11-${written}:00Z`);

before(async () => {
  desk = await openDesk(site);
  ada = await desk.person('Ada', 'moderator', site);
  bo = await desk.person('Bo', 'moderator', site);
  eli = await desk.person('Eli', 'editor', site);
  const settings = { 'page.timeZone': 'Asia/Baghdad' };
  await changeSettings(desk.database, site, { settings, at: noon, actor: 'operator' });
  await addStory('market', '=HYPERLINK("https://evil.example","Prices")', 'culture');
  await fillDays();
  counted = (await read('7')).body as unknown as Statistics;
});
after(() => desk.remove());

async function addStory(story: string, headline: string, section: string): Promise<void> {
  const draft = parseStoryDraft({
    ...{ headline, section, byline: 'Ada Stone', published: noon.toISOString(), tags: [], text: 'It does.' },
    language: 'ckb',
  });
  assert.ok(draft.outcome === 'parsed', JSON.stringify(draft));
  await saveStory(desk.database, { site, story }, { ...draft.value, at: noon });
}

const clear = { lang: 'en', model: 'm', suggestion: 'reject', scores: { attack: 0.9 }, findings: [] };
const nothing = { ...clear, suggestion: 'approve', scores: { attack: 0.1 } };

/** Friday (20), Saturday (21) and Sunday (22); every time is UTC. */
async function fillDays(): Promise<void> {
  // Half past midnight on Friday there, and Thursday in UTC: 30 minutes until Ada approves.
  const first = await hold('19T21:30', { screening: nothing });
  await decide(first, ada, { at: '19T22:00', verdict: 'approve' });
  // From a time before these days; 10 days.
  await decide(await hold('10T08:00'), ada, { at: '20T08:00', verdict: 'approve' });
  // An hour; screening took it for a breach. Turned round on appeal on Sunday.
  const appealed = await hold('20T09:00', { screening: clear });
  await decide(appealed, ada, { at: '20T10:00', verdict: 'reject', guideline: 'attack' });
  // A minute before midnight there: 714 minutes.
  const sorani = { story: 'market', lang: 'ckb', screening: nothing };
  await decide(await hold('20T09:05', sorani), bo, { at: '20T20:59', verdict: 'approve' });
  // At midnight there, so on Saturday; 720 minutes. Screening found nothing. Its appeal is open.
  const late = await hold('20T21:00', { text: 'This article is biased.', screening: nothing });
  await decide(late, bo, { at: '21T09:00', verdict: 'reject', guideline: 'relevance' });
  await append(late, '21T10:00', { kind: 'appealed', body: { appeal: randomUUID(), text: 'No.' } });
  // Withdrawn while it waited, and then erased: it left once.
  const withdrawn = await hold('21T10:00');
  await append(withdrawn, '21T11:00', { kind: 'withdrawn' });
  await append(withdrawn, '22T09:00', { kind: 'erased' });
  // By a rule, which waits for nobody.
  await rejectByRule(await hold('21T12:00', { screening: clear }));
  // Two wait.
  await hold('22T08:00');
  await hold('22T11:00', { story: 'market', lang: 'ckb' });
  // What follows a first decision is none itself.
  await overturn(appealed);
  const reply = { params: { id: first }, principal: eli, now: time('22T10:00'), body: { text: 'We asked.' } };
  assert.equal((await desk.ask('postNewsroomReply', reply)).status, 201);
  const removal = { params: { id: first }, principal: bo, now: time('22T11:00'), body: { guideline: 'attack' } };
  assert.equal((await desk.ask('postRemoval', removal)).status, 201);
  await warn(late);
  await sort();
}

const hold = (at: string, comment: Partial<NewComment> = {}): Promise<string> =>
  desk.hold(site, { submittedAt: time(at), ...comment });

type Decision = { at: string; verdict: 'approve' | 'reject'; guideline?: string };

async function decide(id: string, principal: Principal, { at, ...decision }: Decision): Promise<void> {
  const asked = { params: { id }, principal, now: time(at), body: { ...decision, version: 1 } };
  assert.equal((await desk.ask('postDecision', asked)).status, 201);
}

async function append(
  comment: string,
  at: string,
  { kind, actor = 'reader', body = {} }: { kind: EventKind; actor?: string; body?: object },
): Promise<void> {
  await inTransaction(desk.database.writer, (transaction) =>
    appendEvent(transaction, { site, kind, comment, at: time(at), actor, body }),
  );
}

async function rejectByRule(id: string): Promise<void> {
  const rule = { guideline: 'attack', language: 'en', threshold: 0.8, precision: 1, decisions: 200, taken: 20 };
  await inTransaction(desk.database.writer, (transaction) =>
    appendEvent(transaction, {
      ...{ site, kind: 'automation_set', comment: null, at: noon, actor: 'operator' },
      body: { ...rule, model: 'm', fit: '' },
    }),
  );
  const [found] = await desk.rows<{ rule: string; sha256: string }>(
    sql`select r.rule, encode(c.sha256, 'hex') as sha256 from automation_rule r join comment c on c.id = ${id}`,
  );
  const verdict = { verdict: 'reject', guideline: 'attack', guidelineVersion: 1, version: 1, automated: true };
  await append(id, '21T12:00', {
    kind: 'decided',
    actor: `policy:${found?.rule}`,
    body: { ...verdict, sha256: found?.sha256 },
  });
}

async function overturn(comment: string): Promise<void> {
  const appeal = randomUUID();
  await append(comment, '21T08:00', { kind: 'appealed', body: { appeal, text: 'No.' } });
  const body = { verdict: 'overturn', explanation: 'It was no attack.' };
  const asked = { params: { id: appeal }, principal: bo, now: time('22T08:00'), body };
  assert.equal((await desk.ask('postAppealDecision', asked)).status, 201);
}

async function warn(id: string): Promise<void> {
  const body = { measure: 'warn', knownBy: ['name'], guideline: 'attack', explanation: 'Twice.' };
  const asked = { params: { id }, principal: eli, now: time('22T09:00'), body };
  assert.equal((await desk.ask('postSanction', asked)).status, 201);
}

async function sort(): Promise<void> {
  const sorting = startSorting({ store: desk.database, kept: desk.kept, now: () => noon, log: assert.fail });
  await sorting.settled();
  await sorting.close();
}

function read(days?: string, principal = eli): Promise<Read> {
  return desk.ask('getStatistics', { params: { site }, query: { days }, principal, now: noon });
}

const minutes = (count: number): number => count * 60;

test('days that are not counted are refused, with the field that does not fit', async () => {
  for (const days of ['6', '367', '-7', '1e2', 'all'])
    assert.deepEqual(await read(days), {
      ...{ status: 0, reason: 'parameter_malformed', body: { field: 'days' }, headers: {} },
    });
});

test('the days are those of the site, and the last is today', () => {
  const { site: name, at, timeZone, days, from, to } = counted;
  assert.deepEqual([name, at, timeZone], [site, '2026-11-22T12:00:00.000Z', 'Asia/Baghdad']);
  assert.deepEqual([days, from, to], [7, '2026-11-16', '2026-11-22']);
  assert.deepEqual(
    counted.flow.map(({ day }) => day),
    ['16', '17', '18', '19', '20', '21', '22'].map((day) => `2026-11-${day}`),
  );
});

test('what came in, was decided and waits is what is in the record', () => {
  assert.deepEqual(counted.totals, {
    ...{ received: 8, decided: 6, approved: 3, rejected: 3, automated: 1 },
    // Of 30, 60, 714, 720 and 14,400 minutes; the last but one and the last, four fifths of the way.
    ...{ medianSeconds: minutes(714), p95Seconds: minutes(720 + 0.8 * (14_400 - 720)) },
    ...{ held: 2, oldestHeld: '2026-11-22T08:00:00.000Z' },
  });
});

test('a day is counted from midnight to midnight of the site, and what waited at its end adds up', () => {
  assert.deepEqual(counted.flow.slice(3), [
    { day: '2026-11-19', received: 0, approved: 0, rejected: 0, left: 0, held: 1 },
    { day: '2026-11-20', received: 3, approved: 3, rejected: 1, left: 0, held: 0 },
    { day: '2026-11-21', received: 3, approved: 0, rejected: 2, left: 1, held: 0 },
    { day: '2026-11-22', received: 2, approved: 0, rejected: 0, left: 0, held: 2 },
  ]);
  assert.deepEqual(counted.waiting.slice(4), [
    { day: '2026-11-20', decided: 4, medianSeconds: minutes((60 + 714) / 2), p95Seconds: minutes(714 + 0.85 * 13_686) },
    { day: '2026-11-21', decided: 1, medianSeconds: minutes(720), p95Seconds: minutes(720) },
    { day: '2026-11-22', decided: 0, medianSeconds: null, p95Seconds: null },
  ]);
});

test('an hour of the week is one of the clock on the newsroom’s wall', () => {
  assert.equal(counted.hours.length, 168);
  assert.deepEqual(
    counted.hours.filter(({ received, decided }) => received + decided > 0),
    [
      { weekday: 5, hour: 0, received: 1, decided: 0 },
      { weekday: 5, hour: 1, received: 0, decided: 1 },
      { weekday: 5, hour: 11, received: 0, decided: 1 },
      { weekday: 5, hour: 12, received: 2, decided: 0 },
      { weekday: 5, hour: 13, received: 0, decided: 1 },
      { weekday: 5, hour: 23, received: 0, decided: 1 },
      { weekday: 6, hour: 0, received: 1, decided: 0 },
      { weekday: 6, hour: 12, received: 0, decided: 1 },
      { weekday: 6, hour: 13, received: 1, decided: 0 },
      { weekday: 6, hour: 15, received: 1, decided: 1 },
      { weekday: 7, hour: 11, received: 1, decided: 0 },
      { weekday: 7, hour: 14, received: 1, decided: 0 },
    ],
  );
});

test('each guideline, language, section and story has its own', () => {
  assert.deepEqual(counted.guidelines, [
    { guideline: 'attack', rejected: 2, automated: 1, removed: 1 },
    { guideline: 'relevance', rejected: 1, automated: 0, removed: 0 },
  ]);
  const english = { received: 6, approved: 2, rejected: 3, medianSeconds: minutes((60 + 720) / 2) };
  const sorani = { received: 2, approved: 1, rejected: 0, medianSeconds: minutes(714) };
  assert.deepEqual(counted.languages, [
    { language: 'en', ...english },
    { language: 'ckb', ...sorani },
  ]);
  assert.deepEqual(counted.sections, [
    { section: 'news', ...english },
    { section: 'culture', ...sorani },
  ]);
  const [bridge, market] = counted.stories;
  // As they stand now: one was taken down, one turned round, one erased.
  const stands = { received: 6, approved: 1, rejected: 3, held: 1 };
  assert.deepEqual(bridge, { story: 'bridge', headline: 'The bridge opens', section: 'news', ...stands });
  assert.deepEqual([market?.received, market?.approved, market?.rejected, market?.held], [2, 1, 0, 1]);
});

test('who decided first and on which day, what they decided later, and rules apart', () => {
  const told = counted.workload.map(({ id: _, ...rest }) => rest);
  const days = (friday: number, saturday: number): number[] => [0, 0, 0, 0, friday, saturday, 0];
  assert.deepEqual(told, [
    { name: 'Ada', kind: 'person', decided: 3, approved: 2, rejected: 1, later: 0, byDay: days(3, 0) },
    { name: 'Bo', kind: 'person', decided: 2, approved: 1, rejected: 1, later: 2, byDay: days(1, 1) },
    { name: null, kind: 'rule', decided: 1, approved: 0, rejected: 1, later: 0, byDay: days(0, 1) },
  ]);
  assert.equal(counted.workload[0]?.id, ada.accounts[0]?.id);
});

test('appeals and sanctions stand with what became of them', () => {
  assert.deepEqual(counted.appeals, [
    { guideline: 'attack', received: 1, open: 0, upheld: 0, overturned: 1, medianSeconds: minutes(1440) },
    { guideline: 'relevance', received: 1, open: 1, upheld: 0, overturned: 0, medianSeconds: null },
  ]);
  const warned = { imposed: 1, inForce: 1, lifted: 0, appealed: 0, overturned: 0 };
  assert.deepEqual(counted.sanctions, [{ measure: 'warn', ...warned }]);
});

test('screening and the desk’s own bias are measured by what people decided, and shares of few are not told', () => {
  const week = { decided: 4, suspected: 1, right: 1, rejected: 2, precision: null, recall: null };
  assert.deepEqual(counted.screening, [{ week: '2026-11-16', ...week }]);
  const untold = { share: null, low: null, high: null };
  assert.deepEqual(counted.newsroom, [
    { about: 'newsroom', decided: 1, approved: 0, ...untold },
    { about: 'other', decided: 4, approved: 3, ...untold },
  ]);
  const none = { pairs: 0, agreed: 0, named: 0, kappa: null, interval: null };
  assert.deepEqual(counted.agreement, [{ guideline: null, ...none }]);
});

test('longer days hold what shorter ones left out', async () => {
  const { totals, flow } = (await read('366')).body as unknown as Statistics;
  assert.deepEqual([totals.received, totals.decided, flow.length], [9, 6, 366]);
  assert.equal(flow.find(({ day }) => day === '2026-11-10')?.held, 1);
  assert.equal(flow[0]?.held, 0);
});
