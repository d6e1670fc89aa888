import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AgreementView } from '../../src/contract/agreement.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let bo: Principal;
let eli: Principal;
const site = 'harbour';

before(async () => {
  desk = await openDesk(site);
  ada = await desk.person('Ada', 'moderator', site);
  bo = await desk.person('Bo', 'moderator', site);
  eli = await desk.person('Eli', 'editor', site);
  for (let index = 0; index < 150; index += 1) {
    const id = await desk.hold(site);
    const verdict = index % 2 === 0 ? { verdict: 'approve' } : { verdict: 'reject', guideline: 'attack' };
    const body = { ...verdict, explanation: 'What Ada wrote.', version: 1 };
    assert.equal((await desk.ask('postDecision', { params: { id }, principal: ada, body })).status, 201);
  }
});
after(() => desk.remove());

const next = (principal: Principal): Promise<Read> => desk.ask('getRecheck', { params: { site }, principal });
const idOf = ({ body }: Read): string => (body['comment'] as { id: string } | null)?.id ?? '';
const judge = (id: string, principal: Principal, body: object): Promise<Read> =>
  desk.ask('postRecheck', { params: { id }, principal, body });
const set = (percent: number): Promise<unknown> =>
  changeSettings(desk.database, site, { settings: { 'recheck.percent': percent }, at: noon, actor: 'operator' });

test('nothing is asked for a second look unless an editor sets a share', async () => {
  assert.deepEqual((await next(bo)).body, { waiting: 0, comment: null });
  await set(20);
  const { waiting } = (await next(bo)).body as { waiting: number };
  assert.ok(waiting >= 20 && waiting <= 50, `${waiting} of 150`);
});

test('the decision is not in it, and whoever took it is not asked', async () => {
  assert.deepEqual((await next(ada)).body, { waiting: 0, comment: null });
  const offered = JSON.stringify((await next(bo)).body);
  for (const word of ['approve', 'reject', 'decision', 'state', 'Ada', 'version'])
    assert.ok(!offered.includes(word), word);
});

test('a second look is refused twice, by whoever decided, at what was not asked for, and without a ground', async () => {
  const id = idOf(await next(bo));
  assert.equal((await judge(id, ada, { verdict: 'approve' })).reason, 'not_found');
  assert.equal((await judge(id, bo, { verdict: 'reject' })).reason, 'guideline_required');
  assert.equal((await judge(id, bo, { verdict: 'reject', guideline: 'none' })).reason, 'guideline_unknown');
  assert.equal((await judge(id, bo, { verdict: 'perhaps' })).reason, 'verdict_unknown');
  const noted = await judge(id, bo, { verdict: 'approve' });
  assert.deepEqual([noted.status, noted.body], [201, { comment: id, verdict: 'approve', guideline: null }]);
  assert.equal((await judge(id, eli, { verdict: 'approve' })).reason, 'not_found');
  const held = await desk.hold(site);
  assert.equal((await judge(held, bo, { verdict: 'approve' })).reason, 'not_found');
});

test('a second look changes nothing in public, and tells editors how far moderators agree', async () => {
  const publishedNow = (): Promise<unknown[]> => desk.rows(sql`select id, state, version from comment order by id`);
  const unchanged = await publishedNow();
  const before = await desk.rows<{ comment: string; verdict: 'approve' | 'reject' }>(
    sql`select comment, verdict from decision`,
  );
  const first = new Map(before.map(({ comment, verdict }) => [comment, verdict]));
  for (let id = idOf(await next(bo)); id !== ''; id = idOf(await next(bo))) {
    const verdict = first.get(id) ?? 'approve';
    await judge(id, bo, verdict === 'approve' ? { verdict } : { verdict, guideline: 'attack' });
  }
  assert.deepEqual(await publishedNow(), unchanged);
  const { body } = await desk.ask('getAgreement', { params: { site }, principal: eli });
  const { overall, guidelines, percent, least } = body as unknown as AgreementView;
  assert.deepEqual([percent, least, guidelines.map(({ guideline }) => guideline)], [20, 20, ['attack']]);
  // Of all but perhaps the one of the test before they thought alike.
  assert.ok(overall.pairs >= 20 && overall.pairs - overall.agreed <= 1);
  assert.ok((overall.kappa ?? 0) > 0.8);
  assert.equal(overall.interval === null, overall.agreed === overall.pairs);
  assert.equal(await verifyRecord(desk.database), undefined);
});
