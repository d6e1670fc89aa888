import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { translate } from '../../src/contract/messages.ts';
import { batchLimits } from '../../src/intake/batch.ts';
import { connect } from '../../src/storage/connections.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { connectRaw, type RawConnection } from '../support/rawHttp.ts';
import { startServer, type TestServer } from '../support/server.ts';

const comments = '/api/v1/sites/sample/stories/welcome/comments';
const events = '/api/v1/sites/sample/stories/welcome/events';
// As many as may wait and as two commits under way hold, and some more.
const tooMany = batchLimits.waiting + batchLimits.rows * batchLimits.inFlight + 50;
const connections = 10;

let server: TestServer;

before(async () => {
  // The crowd comes at once. On a busy machine the last of it would wait so long for a connection that it is refused for that,
  // and the queue would never be full.
  server = await startServer({ site: { screening: 'off' }, connectMilliseconds: 60_000 });
});
after(() => server.stop());

test('when the queue is full the rest are told to come back, while desk and readers are served, and then all goes on', async () => {
  const token = await server.token('desk');
  const release = await blockWriting();
  const crowd: RawConnection[] = [];
  try {
    // Requests behind each other on few connections: their answers come in their order, so the last ones come last.
    for (let number = 0; number < connections; number += 1) crowd.push(await connectRaw(server.url));
    for (let number = 0; number < tooMany; number += 1)
      crowd[number % connections]?.send(makeRequest(number, number >= tooMany - connections));
    await waitUntil(
      async () =>
        /stet_answers_total\{route="postComment",status="503"\} [1-9]/.test(
          await (await server.fetch('/metrics')).text(),
        ),
      'somebody is told to come back',
    );
    const late = await server.fetch(comments, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Late', text: 'Is anybody there?' }),
    });
    assert.equal(late.status, 503);
    assert.ok(Number(late.headers.get('retry-after')) >= 1);
    assert.deepEqual(await late.json(), {
      refusal: { reason: 'overloaded', detail: translate('en', 'refusal.overloaded') },
    });
    const served = [
      '/s/sample/welcome',
      '/api/v1/sites/sample/stories/welcome/thread',
      '/s/sample/feed.rss',
      '/readyz',
      '/desk',
    ];
    for (const address of served) assert.equal((await server.fetch(address)).status, 200, address);
    const queue = await server.fetch('/api/v1/desk/queue?site=sample', {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(queue.status, 200);
  } finally {
    await release();
  }
  const answers = (await Promise.all(crowd.map(({ received }) => received))).join('');
  const [accepted, refused] = [202, 503].map((status) => answers.split(`HTTP/1.1 ${status} `).length - 1) as [
    number,
    number,
  ];
  assert.equal(accepted + refused, tooMany);
  assert.ok(refused >= 1);
  const [row] = await queryRows<{ n: number }>(server.store.writer, sql`select count(*) as n from comment`);
  assert.equal(row?.n, accepted, 'each that was acknowledged is stored, and none that was refused');
});

test('who only reads is not told of a text that could not be stored', async () => {
  const readers = await Promise.all(Array.from({ length: 50 }, () => connectRaw(server.url)));
  try {
    for (const { send, socket } of readers) {
      send(`GET ${events} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await waitUntil(() => socket.bytesRead > 0, 'the stream has begun');
    }
    for (const language of ['en', 'ckb']) {
      const answer = await server.fetch(events, { headers: { 'accept-language': language } });
      const { refusal } = (await answer.json()) as { refusal: { reason: string; detail: string } };
      assert.deepEqual(
        [answer.status, answer.headers.get('retry-after'), refusal],
        [503, '60', { reason: 'overloaded', detail: translate(language, 'page.unavailable') }],
      );
    }
  } finally {
    for (const { socket } of readers) socket.destroy();
  }
});

/** Keeps every insert of a comment waiting, as a disk that hangs would; reading goes on. */
async function blockWriting(): Promise<() => Promise<void>> {
  const client = await connect(server.store.owner);
  await client.query('begin; lock table comment in share mode');
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}

function makeRequest(number: number, last: boolean): string {
  const body = JSON.stringify({ name: 'Ada', text: `Comment ${number} of a crowd.` });
  return `POST ${comments} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${last ? 'Connection: close\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`;
}
