import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { HeldAnswer } from '../../src/contract/form.ts';
import { waitUntil } from '../support/folders.ts';
import { type Installation, makeInstallation } from '../support/installation.ts';
import { type OwnPostgres, startOwnPostgres } from '../support/ownPostgres.ts';
import { type Newsroom, openNewsroom, takeJourney, textsOf } from '../support/wholeJourney.ts';

let postgres: OwnPostgres;
let installation: Installation;
let newsroom: Newsroom;

before(async () => {
  postgres = await startOwnPostgres();
  await postgres.run('create database harbour');
  installation = makeInstallation({ DATABASE_URL: postgres.url('harbour') });
  newsroom = await openNewsroom(installation);
  await installation.stet('site', 'set', 'sample', 'intake.limits=off');
});
after(async () => {
  await installation.remove();
  await postgres.stop();
});

test('a database that is restarted, or loses its power, under load loses nothing that was acknowledged and doubles nothing', async () => {
  const load = keepSending(newsroom);
  for (const mode of ['fast', 'immediate', 'fast'] as const) {
    const before = load.acknowledged.size;
    await waitUntil(() => load.acknowledged.size >= before + 40, 'submissions to be taken');
    await postgres.restart(mode);
  }
  const before = load.acknowledged.size;
  await waitUntil(() => load.acknowledged.size >= before + 40, 'submissions to be taken after the last restart');
  await load.stop();

  const rows = await postgres.run('select id, text from comment', 'harbour');
  const stored = new Map(rows.map(({ id, text }) => [String(id), String(text)]));
  assert.deepEqual(stored, load.acknowledged);
  assert.ok(load.refused > 0, 'no restart was noticed');
});

test('after restarts each process hears of the decisions of the other again', async () => {
  await takeJourney(newsroom, 'The ferry is late again.');
  await postgres.restart('immediate');
  await waitUntil(() => textsOf(newsroom.one).then(Array.isArray, () => false), 'readers to be served again');
  await takeJourney(newsroom, 'The market has moved.');
  assert.match(await installation.stet('verify'), /^ok$/m);
  for (const process of [newsroom.one, newsroom.two]) assert.equal(await process.stop(), 0, process.output());
});

const address = '/api/v1/sites/sample/stories/welcome/comments';

type Load = { acknowledged: Map<string, string>; refused: number; stop(): Promise<void> };

/** Four readers who write one comment after the other, each under a key of its own, and send it again, to whichever
 *  process, until it is taken. Whatever else than 202 and 503 comes ends the load with an error. */
function keepSending({ one, two }: Newsroom): Load {
  let going = true;
  const load: Load = { acknowledged: new Map(), refused: 0, stop: async () => {} };
  const send = async (reader: number): Promise<void> => {
    for (let count = 0; going; count += 1) {
      const text = `The comment ${count} of reader ${reader}.`;
      const headers = { 'content-type': 'application/json', 'idempotency-key': `${reader}-${count}` };
      const body = JSON.stringify({ name: `Reader ${reader}`, text });
      for (let tries = 0; ; tries += 1) {
        const process = tries % 2 === reader % 2 ? one : two;
        const response = await process.fetch(address, { method: 'POST', headers, body });
        if (response.status === 202) {
          load.acknowledged.set(((await response.json()) as HeldAnswer).id, text);
          break;
        }
        assert.equal(response.status, 503, await response.text());
        assert.ok(Number(response.headers.get('retry-after')) > 0);
        load.refused += 1;
        await pause(50);
      }
    }
  };
  const sending = Promise.all([1, 2, 3, 4].map(send));
  sending.catch(() => {});
  load.stop = async () => {
    going = false;
    await sending;
  };
  return load;
}
