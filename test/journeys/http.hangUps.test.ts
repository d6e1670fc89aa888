import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { connectRaw, type RawConnection } from '../support/rawHttp.ts';
import { startStet, type StetServer } from '../support/stet.ts';

const comments = '/api/v1/sites/sample/stories/welcome/comments';
const events = '/api/v1/sites/sample/stories/welcome/events';
const head = `POST ${comments} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n`;

let server: StetServer;
let removeFolder: () => void;

before(async () => {
  const { folder, remove } = temporaryFolder();
  removeFolder = remove;
  server = await startStet({ environment: { STET_DATA: folder, PORT: '0', LOG_LEVEL: 'info' } });
});
after(() => removeFolder());

test('whoever hangs up half-way writes nothing into the log', async () => {
  // Half a body, with and without a length, cut off and closed in good order.
  for (const leave of [reset, end]) {
    await begin(`${head}Content-Length: 400\r\n\r\n`, '{"name":"Ada",').then(leave);
    await begin(`${head}Transfer-Encoding: chunked\r\n\r\n`, '400\r\n{"name":"Ada",').then(leave);
    await begin(`GET ${events} HTTP/1.1\r\nHost: x\r\n\r\n`, '').then(leave);
    // Half a request line, half a header: nothing comes back to wait for.
    for (const half of ['POST /api', `POST ${comments} HTTP/1.1\r\nHost`, 'NONSENSE\r\n\r\n']) {
      const connection = await connectRaw(server.url);
      connection.send(half);
      await leave(connection);
    }
  }
  const pages = await Promise.all(Array.from({ length: 20 }, () => connectRaw(server.url)));
  for (const page of pages) {
    page.send(`GET /s/sample/welcome HTTP/1.1\r\nHost: x\r\n\r\nHEAD ${events} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await reset(page);
  }
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  // By its end everything was heard.
  assert.equal(await server.stop(), 0);
  assert.equal(server.stderr(), '');
});

/** A request that the server has begun to answer. */
async function begin(request: string, more: string): Promise<RawConnection> {
  const connection = await connectRaw(server.url);
  connection.send(request);
  await waitUntil(() => connection.socket.bytesRead > 0, 'the server takes the request');
  connection.send(more);
  return connection;
}

async function reset({ socket, received }: RawConnection): Promise<void> {
  socket.resetAndDestroy();
  await received;
}

async function end({ socket, received }: RawConnection): Promise<void> {
  socket.end();
  // It would stay half open for as long as the server has something to say.
  socket.destroySoon();
  await received;
}
