import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect } from '../../src/storage/connections.ts';
import { waitUntil } from '../support/folders.ts';
import { connectRaw, type RawConnection } from '../support/rawHttp.ts';
import { startServer, type TestServer } from '../support/server.ts';

const comments = '/api/v1/sites/sample/stories/welcome/comments';
const body = JSON.stringify({ name: 'Ada', text: 'The ferry is late again.' });
const head = `POST ${comments} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`;

let server: TestServer;

before(async () => {
  server = await startServer();
});
after(() => server.stop());

test('a server that stops cuts off who is stuck, and still answers who waits for it', async () => {
  const stopping = await server.another();
  const release = await blockWriting();
  let waiting: RawConnection | undefined;
  try {
    const stuck = [
      await sendHalf(stopping.url),
      await connectAndSend(stopping.url, `POST ${comments} HTTP/1.1\r\nHost`),
      await connectAndSend(stopping.url, ''),
    ];
    waiting = await sendHalf(stopping.url);
    waiting.send(body.slice(10));
    const closing = stopping.close();
    await Promise.allSettled(stuck.map(({ received }) => received));
    await release();
    assert.match(await waiting.received, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 /);
    assert.deepEqual(await closing, []);
  } finally {
    await release();
    waiting?.socket.destroy();
  }
});

async function connectAndSend(url: string, text: string): Promise<RawConnection> {
  const connection = await connectRaw(url);
  connection.send(text);
  return connection;
}

/** A submission that stops in the middle of its body. */
async function sendHalf(url: string): Promise<RawConnection> {
  const connection = await connectAndSend(url, head);
  await waitUntil(() => connection.socket.bytesRead > 0, 'the server takes the request');
  connection.send(body.slice(0, 10));
  return connection;
}

/** Keeps every insert of a comment waiting, as a disk that hangs would. */
async function blockWriting(): Promise<() => Promise<void>> {
  const client = await connect(server.store.owner);
  await client.query('begin; lock table comment in share mode');
  let released: Promise<void> | undefined;
  return () => (released ??= client.query('rollback').then(() => client.end()));
}
