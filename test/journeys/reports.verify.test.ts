import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { openDesk, report, type Desk } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let dismissed: string;
let upheld: string;

before(async () => {
  desk = await openDesk('harbour');
  ada = await desk.person('Ada', 'editor', 'harbour');
  dismissed = await reported({ verdict: 'dismiss', explanation: 'It names nobody.' });
  upheld = await reported({ verdict: 'uphold', guideline: 'attack' });
  await desk.append('harbour', await reported(undefined), { kind: 'withdrawn', body: {} });
  const erased = await reported({ verdict: 'dismiss', explanation: 'It names nobody.' });
  assert.equal((await desk.ask('postErasure', { params: { id: erased }, principal: ada, body: {} })).status, 201);
  await desk.tamper('create table kept_report as table report');
});
after(() => desk.remove());

async function reported(body: object | undefined): Promise<string> {
  const id = await desk.hold('harbour');
  const approval = { params: { id }, principal: ada, body: { verdict: 'approve', version: 1 } };
  assert.equal((await desk.ask('postDecision', approval)).status, 201);
  await report(desk, id);
  if (!body) return id;
  const decided = await desk.ask('postReportDecision', { params: { id }, principal: ada, body });
  assert.equal(decided.reason ?? decided.status, 201);
  return id;
}

test('verify finds nothing in reports that nobody tampered with: dismissed, upheld, closed, forgotten', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});

// What somebody with the whole database in their hands does to the report of a comment ($1), and how verify names it.
const tamperings: [string, () => string, string, RegExp][] = [
  [
    'that was dismissed by nobody',
    () => upheld,
    `update report set state = 'dismissed', decision = null where comment = $1`,
    /is dismissed by no event/,
  ],
  [
    'whose dismissal was put on another moderator',
    () => dismissed,
    `update report set decided_by = 'x' where comment = $1`,
    /is dismissed by no event/,
  ],
  [
    'that was dismissed at another time',
    () => dismissed,
    `update report set decided_at = decided_at - interval '1 day' where comment = $1`,
    /is dismissed by no event/,
  ],
  [
    'that was dismissed in other words',
    () => dismissed,
    `update report set explanation = 'x' where comment = $1`,
    /has other words than its event/,
  ],
  [
    'that was dismissed and is open again',
    () => dismissed,
    `update report set state = 'open', decided_at = null, decided_by = null, explanation = null where comment = $1`,
    /was dismissed, and is stored as something else/,
  ],
  [
    'that was dismissed and is gone',
    () => dismissed,
    `delete from report where comment = $1`,
    /was dismissed, and is stored as something else/,
  ],
  [
    'that another decision upheld than took the comment down',
    () => upheld,
    `update report set decision = (select min(seq) from decision where comment = $1) where comment = $1`,
    /is upheld by no event/,
  ],
];

for (const [name, comment, statement, said] of tamperings) {
  test(`verify names a report ${name}`, async () => {
    await desk.tamper(statement, [comment()]);
    const found = await verifyRecord(desk.database);
    await desk.tamper('truncate report cascade');
    await desk.tamper('insert into report select * from kept_report');
    assert.match(found ?? 'nothing', said);
  });
}

test('after all of it the record holds', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
