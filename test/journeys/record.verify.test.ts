import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { verifyRecord } from '../../src/record/verify.ts';
import { openDesk, type Desk } from '../support/desk.ts';

/** A record in which everything has happened once. */
type Record = {
  desk: Desk;
  held: string;
  approved: string;
  rejected: string;
  overturned: string;
  erased: string;
  withdrawn: string;
};

async function makeRecord(): Promise<Record> {
  const desk = await openDesk('harbour');
  const ada = await desk.person('Ada', 'editor', 'harbour');
  const ben = await desk.person('Ben', 'moderator', 'harbour');
  const decide = async (verdict: string): Promise<string> => {
    const id = await desk.hold('harbour');
    const body = { verdict, guideline: 'attack', explanation: 'So it is.', version: 1 };
    assert.equal((await desk.ask('postDecision', { params: { id }, principal: ada, body })).status, 201);
    return id;
  };
  const held = await desk.hold('harbour');
  const approved = await decide('approve');
  const rejected = await decide('reject');
  const overturned = await decide('reject');
  const appeal = randomUUID();
  await desk.append('harbour', overturned, { kind: 'appealed', body: { appeal, text: 'No.' } });
  const body = { verdict: 'overturn', explanation: 'Right.' };
  assert.equal((await desk.ask('postAppealDecision', { params: { id: appeal }, principal: ben, body })).status, 201);
  const erased = await decide('approve');
  assert.equal(
    (await desk.ask('postRemoval', { params: { id: erased }, principal: ben, body: { guideline: 'attack' } })).status,
    201,
  );
  await desk.append('harbour', erased, { kind: 'appealed', body: { appeal: randomUUID(), text: 'No.' } });
  assert.equal((await desk.ask('postErasure', { params: { id: erased }, principal: ada, body: {} })).status, 201);
  const withdrawn = await decide('approve');
  await desk.append('harbour', withdrawn, { kind: 'withdrawn', body: {} });
  return { desk, held, approved, rejected, overturned, erased, withdrawn };
}

type About = Exclude<keyof Record, 'desk'>;

// What somebody with the whole database in their hands does, to which comment ($1), and how verify names it.
const tamperings: [string, About, string, RegExp][] = [
  [
    'a text that was changed',
    'held',
    `update comment set text = 'x' where id = $1`,
    /its text does not have its SHA-256/,
  ],
  [
    'a text that was changed with its hash',
    'held',
    `update comment set text = 'x', sha256 = sha256('x') where id = $1`,
    /its text is not the one that was received/,
  ],
  [
    'a text that is gone',
    'held',
    `update comment set name = null, text = null, sha256 = null, state = 'erased' where id = $1`,
    /its text is (?:gone|not)/,
  ],
  [
    'a comment moved to another story',
    'held',
    `update comment set story = 'other' where id = $1`,
    /its story "other" does not exist/,
  ],
  [
    'a comment approved by hand',
    'held',
    `update comment set state = 'approved' where id = $1`,
    /stored as approved, and its events make it held/,
  ],
  ['a version that was changed', 'approved', `update comment set version = 7 where id = $1`, /stored with version 7/],
  [
    'a decision in force that was changed',
    'overturned',
    `update comment set decision = (select min(seq) from decision where comment = $1) where id = $1`,
    /its decision in force/,
  ],
  [
    'a published text that was changed',
    'approved',
    `update published set text = 'x', sha256 = sha256('x') where id = $1`,
    /the published text is not the text that was written/,
  ],
  [
    'a published name that was changed',
    'approved',
    `update published set name = 'x' where id = $1`,
    /published with another name/,
  ],
  [
    'a published time that was changed',
    'approved',
    `update published set published_at = now() where id = $1`,
    /published with another at/,
  ],
  [
    'a comment published without a decision',
    'held',
    `insert into published (site, id, story, name, text, sha256, lang, dir, published_at, position) select site, id, story, name, text, sha256, lang, dir, submitted_at, 1 from comment where id = $1`,
    /published without an approval in force/,
  ],
  [
    'a withdrawn comment that is published again',
    'withdrawn',
    `insert into published (site, id, story, name, text, sha256, lang, dir, published_at, position) select site, id, story, name, text, sha256, lang, dir, submitted_at, decision from comment where id = $1`,
    /published without an approval in force/,
  ],
  [
    'an approved comment that is hidden',
    'approved',
    `delete from published where id = $1`,
    /approved and not published/,
  ],
  [
    'a decision that was taken away',
    'rejected',
    `delete from decision where comment = $1`,
    /has 0 decisions, and its events took 1/,
  ],
  [
    'a verdict that was changed',
    'rejected',
    `update decision set verdict = 'approve' where comment = $1`,
    /decision \d+ has another verdict/,
  ],
  [
    'a ground that was changed',
    'rejected',
    `update decision set guideline = 'relevance' where comment = $1`,
    /decision \d+ has another guideline/,
  ],
  [
    'an explanation that was changed',
    'rejected',
    `update decision set explanation = 'x' where comment = $1`,
    /decision \d+ has another explanation/,
  ],
  [
    'a decision put on another moderator',
    'rejected',
    `update decision set actor = 'x' where comment = $1`,
    /decision \d+ has another actor/,
  ],
  [
    'an event whose author was changed',
    'rejected',
    `update event set actor = 'x' where comment = $1 and kind = 'decided'`,
    /event \d+ is not what its commitment was made of/,
  ],
  [
    'an event whose body was changed',
    'rejected',
    `update event set body = body || '{"explanation": "x"}' where comment = $1 and kind = 'decided'`,
    /event \d+ is not what its commitment was made of/,
  ],
  [
    'an event whose time was changed',
    'rejected',
    `update event set at = at + interval '1 minute' where comment = $1 and kind = 'received'`,
    /event \d+ is not what its commitment was made of/,
  ],
  [
    'an event that lost its salt',
    'rejected',
    `update event set salt = null where comment = $1`,
    /event \d+ has lost its body or its salt/,
  ],
  [
    'an event that was taken away',
    'rejected',
    `delete from event where comment = $1 and kind = 'decided'`,
    /stored as rejected, and its events make it held/,
  ],
  ['a comment nobody received', 'held', `delete from event where comment = $1`, /received 0 times instead of once/],
  [
    'a comment received twice',
    'held',
    `insert into event (site, id, kind, comment, at, actor, body, salt, commitment) select site, gen_random_uuid(), kind, comment, at, actor, body, salt, commitment from event where comment = $1`,
    /received 2 times instead of once/,
  ],
  [
    'an appeal that was changed',
    'overturned',
    `update appeal set state = 'upheld' where comment = $1`,
    /its appeal has another state/,
  ],
  ['an appeal that was taken away', 'overturned', `delete from appeal where comment = $1`, /has 0 appeals/],
  [
    'an erased text that came back',
    'erased',
    `update comment set name = 'x', text = 'x', sha256 = sha256('x') where id = $1`,
    /erased and its text is still there/,
  ],
  [
    'an erased body that came back',
    'erased',
    `update event set body = '{}' where comment = $1 and kind = 'received'`,
    /event \d+ still has what was erased/,
  ],
  [
    'an erased explanation that came back',
    'erased',
    `update decision set explanation = 'x' where comment = $1`,
    /decision \d+ has another explanation/,
  ],
  [
    'an address that outlived an erasure',
    'erased',
    `insert into contact values ('harbour', $1, 'x', 'en', now())`,
    /its author's address is still there/,
  ],
  [
    'a tombstone that was taken away',
    'erased',
    `delete from event where comment = $1 and kind = 'erased'`,
    /its text is not the one|has lost its body|its text is gone/,
  ],
  [
    'a published row of no comment',
    'approved',
    `with gone as (delete from comment where id = $1) delete from event where comment = $1`,
    /is about a comment that does not exist|is published that does not exist/,
  ],
  ['an event of no comment', 'held', `delete from comment where id = $1`, /is about a comment that does not exist/],
  [
    'a comment of no site',
    'held',
    `update comment set site = 'ghost' where id = $1`,
    /belongs to no site|does not exist/,
  ],
  [
    'a story that was deleted',
    'held',
    `delete from story where $1::uuid is not null`,
    /its story "bridge" does not exist/,
  ],
  [
    'a guideline that was reworded in place',
    'held',
    `update guideline_version set wordings = '{"en": "x"}' where $1::uuid is not null`,
    /guideline attack version 1 is not what its event says/,
  ],
  [
    'a guideline version that was taken away',
    'held',
    `delete from guideline_version where guideline = 'relevance' and $1::uuid is not null`,
    /a version of a guideline is gone/,
  ],
  [
    'a guideline event that was changed',
    'held',
    `update event set actor = 'x' where kind = 'guideline_version' and $1::uuid is not null`,
    /is not what its commitment was made of/,
  ],
];

const tables = ['story', 'guideline_version', 'comment', 'event', 'decision', 'published', 'appeal', 'contact'];

async function restore(desk: Desk): Promise<void> {
  await desk.tamper(`truncate ${tables.join(', ')} cascade`);
  for (const table of tables)
    await desk.tamper(`insert into ${table} overriding system value select * from kept_${table}`);
}

test('verify finds nothing in a record that nobody tampered with, and names every tampering', async (t) => {
  const record = await makeRecord();
  t.after(record.desk.remove);
  assert.equal(await verifyRecord(record.desk.database), undefined);
  await record.desk.tamper('alter table comment drop constraint comment_check1');
  for (const table of tables) await record.desk.tamper(`create table kept_${table} as table ${table}`);
  for (const [name, about, statement, said] of tamperings) {
    await t.test(name, async () => {
      await record.desk.tamper(statement, [record[about]]);
      const found = await verifyRecord(record.desk.database);
      await restore(record.desk);
      assert.match(found ?? 'nothing', said);
    });
  }
  assert.equal(await verifyRecord(record.desk.database), undefined);
});
