import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { ReadingView } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { sql } from '../../src/storage/sql.ts';
import { openDesk, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let bo: Principal;
let cy: Principal;
let eli: Principal;

before(async () => {
  desk = await openDesk('harbour');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  bo = await desk.person('Bo', 'moderator', 'harbour');
  cy = await desk.person('Cy', 'moderator', 'harbour');
  eli = await desk.person('Eli', 'editor', 'harbour');
  const texts = { titles: { en: 'attack' }, wordings: { en: 'attack' } };
  const asked = { params: { site: 'harbour', guideline: 'attack' }, principal: eli };
  const saved = await desk.ask('putGuideline', { ...asked, body: { version: 1, ...texts, secondReading: true } });
  assert.equal(saved.status, 201);
  // Who does not speak of it leaves it as it is.
  await desk.ask('putGuideline', { ...asked, body: { version: 2, ...texts } });
});
after(() => desk.remove());

const rejection = { verdict: 'reject', guideline: 'attack', explanation: 'Ada’s own words.', version: 1 };

const decide = (id: string, principal: Principal, body: object = rejection): Promise<Read> =>
  desk.ask('postDecision', { params: { id }, principal, body });

async function read(id: string, principal: Principal): Promise<Read['body'] & { reading: ReadingView | null }> {
  const { body } = await desk.ask('getComment', { params: { id }, principal });
  return body as Read['body'] & { reading: ReadingView | null };
}

async function firstRejected(): Promise<string> {
  const id = await desk.hold('harbour');
  const first = await decide(id, ada);
  assert.equal(first.status, 202);
  assert.deepEqual(first.body, { comment: id, state: 'held', version: 1, waitsFor: 'second_reading' });
  return id;
}

describe('a rejection under a guideline that asks for two', () => {
  test('takes no effect by one moderator, however often they try', async () => {
    const id = await firstRejected();
    for (const body of [rejection, { verdict: 'approve', version: 1 }, { ...rejection, guideline: 'relevance' }]) {
      assert.equal((await decide(id, ada, body)).reason, 'judged_before');
    }
    assert.equal((await read(id, ada))['state'], 'held');
  });

  test('is offered to another without the first verdict, and never again to the first', async () => {
    const id = await firstRejected();
    const forBo = await read(id, bo);
    assert.deepEqual(forBo.reading, { state: 'waiting', mine: false, verdicts: [] });
    assert.ok(!JSON.stringify(forBo).includes('Ada'), 'nothing tells who or what');
    const forAda = await read(id, ada);
    assert.deepEqual(
      forAda.reading?.verdicts.map(({ verdict, guideline, by, mine }) => [verdict, guideline, by, mine]),
      [['reject', 'attack', 'Ada', true]],
    );
    const offered = async (principal: Principal): Promise<string[]> => {
      const ids: string[] = [];
      for (;;) {
        const { status, body } = await desk.ask('postClaim', { principal, body: { site: 'harbour' } });
        if (status === 204) return ids;
        ids.push(String(body['id']));
      }
    };
    assert.ok(!(await offered(ada)).includes(id));
    const toBo = await offered(bo);
    assert.ok(toBo.includes(id));
    for (const claimed of toBo) await desk.ask('deleteClaim', { params: { id: claimed }, principal: bo });
  });

  test('is a decision of the second who agrees, with the first beside', async () => {
    const id = await firstRejected();
    const second = await decide(id, bo, { ...rejection, explanation: 'Bo’s words.' });
    assert.equal(second.status, 201);
    assert.deepEqual([second.body['by'], second.body['state']], ['Bo', 'rejected']);
    const row = await read(id, cy);
    assert.equal(row.reading?.state, 'closed');
    assert.deepEqual(
      row.reading?.verdicts.map(({ by }) => by),
      ['Ada'],
    );
    const kinds = await desk.rows<{ kind: string }>(sql`select kind from event where comment = ${id} order by seq`);
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['received', 'first_verdict', 'decided'],
    );
  });
});

describe('a second reading', () => {
  for (const differing of [
    { verdict: 'approve', version: 1 },
    { ...rejection, guideline: 'relevance' },
  ]) {
    test(`that says ${differing.verdict} under other words goes to an editor, and publishes nothing`, async () => {
      const id = await firstRejected();
      const second = await decide(id, bo, differing);
      assert.deepEqual([second.status, second.body['waitsFor'], second.body['state']], [202, 'editor', 'held']);
      assert.equal((await decide(id, cy)).reason, 'editor_decides');
      assert.equal((await decide(id, bo)).reason, 'editor_decides');
      assert.deepEqual(await desk.rows(sql`select from published where id = ${id}`), []);
      const forEli = await read(id, eli);
      assert.deepEqual(
        forEli.reading?.verdicts.map(({ by }) => by),
        ['Ada', 'Bo'],
      );
      const settled = await decide(id, eli, { verdict: 'approve', version: 1 });
      assert.deepEqual([settled.status, settled.body['by']], [201, 'Eli']);
    });
  }

  test('that differs is decided by an editor who gave neither verdict, where the site has one', async () => {
    const id = await firstRejected();
    await decide(id, eli, { verdict: 'approve', version: 1 });
    assert.equal((await decide(id, eli)).status, 201, 'Eli is the only editor');
    const ann = await desk.person('Ann', 'admin', 'harbour');
    const other = await firstRejected();
    await decide(other, eli, { verdict: 'approve', version: 1 });
    assert.equal((await decide(other, eli)).reason, 'judged_before');
    assert.equal((await decide(other, ann)).status, 201);
  });

  test('is not asked for under another guideline, for an approval, or to take down what is published', async () => {
    const [one, two] = [await desk.hold('harbour'), await desk.hold('harbour')];
    assert.equal((await decide(one, ada, { ...rejection, guideline: 'relevance' })).status, 201);
    assert.equal((await decide(two, ada, { verdict: 'approve', version: 1 })).status, 201);
    const removed = await desk.ask('postRemoval', {
      params: { id: two },
      principal: ada,
      body: { guideline: 'attack' },
    });
    assert.equal(removed.status, 201);
  });

  test('is asked for in a list of many as well', async () => {
    const ids = [await desk.hold('harbour'), await desk.hold('harbour')];
    const body = { ...rejection, comments: ids.map((id) => ({ id, version: 1 })) };
    const { body: answered } = await desk.ask('postDecisions', { principal: ada, query: { site: 'harbour' }, body });
    assert.deepEqual(
      (answered['results'] as { status: number }[]).map(({ status }) => status),
      [202, 202],
    );
  });

  test('by one of sixteen at once is the one decision', async () => {
    const id = await desk.hold('harbour');
    const robots = await Promise.all(Array.from({ length: 16 }, () => desk.program('harbour', 'desk')));
    const answers = await Promise.all(robots.map((robot) => decide(id, robot)));
    const statuses = answers.map(({ status, reason }) => reason ?? status).toSorted();
    assert.deepEqual(statuses.slice(0, 2), [201, 202], JSON.stringify(statuses));
    assert.deepEqual(new Set(statuses.slice(2)), new Set(['already_decided']));
  });
});

test('neither of two who agreed decides the appeal against it, whatever the program does', async () => {
  const id = await firstRejected();
  assert.equal((await decide(id, bo)).status, 201);
  const appeal = randomUUID();
  await desk.append('harbour', id, { kind: 'appealed', body: { appeal, text: 'It names nobody.' } });
  const isMine = async (principal: Principal): Promise<unknown> => {
    const { body } = await desk.ask('getAppeals', { principal, query: { site: 'harbour' } });
    return (body['appeals'] as { id: string; mine: boolean }[]).find((one) => one.id === appeal)?.mine;
  };
  assert.deepEqual([await isMine(ada), await isMine(bo), await isMine(cy)], [true, true, false]);
  const body = { verdict: 'overturn', explanation: 'It names nobody.' };
  const settle = (principal: Principal) => desk.ask('postAppealDecision', { params: { id: appeal }, principal, body });
  assert.equal((await settle(ada)).reason, 'same_moderator');
  assert.equal((await settle(bo)).reason, 'same_moderator');
  for (const principal of [ada, bo]) {
    const actor = `moderator:${principal.accounts[0]?.id}`;
    const event = { kind: 'appeal_decided', actor, body: { appeal, ...body } } as const;
    await assert.rejects(desk.append('harbour', id, event), { code: 'ST003' }, 'the database refuses both as well');
  }
  assert.equal((await settle(cy)).status, 201);
});

describe('the database', () => {
  const author = { kind: 'decided', actor: 'moderator:00000000-0000-4000-8000-000000000000' } as const;
  const body = { ...rejection, guidelineVersion: 3 };

  test('refuses a rejection by one where the guideline asks for two', async () => {
    const id = await desk.hold('harbour');
    const { sha256 } = await read(id, ada);
    await assert.rejects(
      desk.append('harbour', id, { ...author, body: { ...body, sha256 } }),
      /asks for a second reading/,
    );
  });

  test('refuses whatever is no agreement while a verdict waits, and both readings by one', async () => {
    const id = await firstRejected();
    const { sha256 } = await read(id, ada);
    const waits = /waits for its second reading/;
    const approve = { verdict: 'approve', version: 1, sha256 };
    await assert.rejects(desk.append('harbour', id, { ...author, body: approve }), waits);
    const other = { ...body, guideline: 'relevance', guidelineVersion: 1, sha256 };
    await assert.rejects(desk.append('harbour', id, { ...author, body: other }), waits);
    const [first] = await desk.rows<{ actor: string }>(sql`select actor from first_verdict where comment = ${id}`);
    const actor = first?.actor ?? '';
    await assert.rejects(desk.append('harbour', id, { kind: 'second_verdict', actor, body: approve }), /another/);
    await assert.rejects(desk.append('harbour', id, { kind: 'decided', actor, body: { ...body, sha256 } }), waits);
    await assert.rejects(desk.rows(sql`delete from first_verdict`));
  });

  test('forgets what was said of a comment that is erased, and the record holds', async () => {
    const id = await firstRejected();
    await desk.append('harbour', id, { kind: 'erased', body: { reason: 'request' } });
    assert.deepEqual(await desk.rows(sql`select from first_verdict where comment = ${id}`), []);
    assert.equal(await verifyRecord(desk.database), undefined);
  });
});
