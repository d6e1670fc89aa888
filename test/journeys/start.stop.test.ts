import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { connectRaw, type RawConnection } from '../support/rawHttp.ts';
import { checkout, runStet, startStet, type StetServer } from '../support/stet.ts';

let folder: string;
let removeFolder: () => void;
let environment: Record<string, string>;
const running: StetServer[] = [];

beforeEach(() => {
  ({ folder, remove: removeFolder } = temporaryFolder());
  environment = { STET_DATA: folder, PORT: '0' };
});

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  removeFolder();
});

test('SIGTERM answers the submission that is under way, a second one does not cut it short, and the exit is clean', async () => {
  const server = await start();
  const submission = await begin(server);
  server.child.kill('SIGTERM');
  await waitUntil(() => isClosed(server.url), 'nobody new is let in');
  server.child.kill('SIGTERM');
  server.child.kill('SIGINT');
  submission.finish();
  assert.match(await submission.connection.received, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 /);
  assert.equal(await server.ended, 0, server.stderr());
  assert.equal(
    existsSync(path.join(folder, 'postgres/cluster/postmaster.pid')),
    false,
    'PostgreSQL was stopped with it',
  );
  const verified = await runStet(['verify'], { environment });
  assert.deepEqual([verified.code, verified.stdout], [0, 'ok\n']);
});

test('npm start ends with 0 when its whole process group is told to stop, twice', async () => {
  checkInstallation();
  const npm = await start({ program: ['npm', 'start'], detached: true });
  const submission = await begin(npm);
  const group = -(npm.child.pid ?? 0);
  process.kill(group, 'SIGTERM');
  await waitUntil(() => isClosed(npm.url), 'nobody new is let in');
  process.kill(group, 'SIGTERM');
  submission.finish();
  assert.match(await submission.connection.received, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 /);
  assert.equal(await npm.ended, 0, npm.stderr());
});

test('SIGTERM to npm alone ends the server too', async () => {
  checkInstallation();
  const npm = await start({ program: ['npm', 'start'], detached: true });
  npm.child.kill('SIGTERM');
  assert.equal(await npm.ended, 0, npm.stderr());
  assert.ok(await isClosed(npm.url));
});

test('readers who listen for news do not keep the server from stopping', async () => {
  const server = await start();
  const listening = await connectRaw(server.url);
  listening.send('GET /api/v1/sites/sample/stories/welcome/events HTTP/1.1\r\nHost: stet\r\n\r\n');
  await waitUntil(() => listening.socket.bytesRead > 0, 'the stream has begun');
  const idle = await connectRaw(server.url);
  assert.equal(await server.stop(), 0, server.stderr());
  assert.match(await listening.received, /text\/event-stream/);
  await idle.received;
});

async function start(options: { program?: [string, ...string[]]; detached?: boolean } = {}): Promise<StetServer> {
  const server = await startStet({ environment, ...options });
  running.push(server);
  return server;
}

/** A submission whose last bytes are still to come. */
async function begin(server: StetServer): Promise<{ connection: RawConnection; finish: () => void }> {
  const connection = await connectRaw(server.url);
  const body = JSON.stringify({ name: 'Ada', text: 'The ferry is late again.' });
  const path = '/api/v1/sites/sample/stories/welcome/comments';
  connection.send(
    `POST ${path} HTTP/1.1\r\nHost: stet\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  // Node says that it is ready for the body when the request has reached the server.
  await waitUntil(() => connection.socket.bytesRead > 0, 'the server takes the request');
  connection.send(body.slice(0, 10));
  return { connection, finish: () => connection.send(body.slice(10)) };
}

function isClosed(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );
}

// `npm start` installs when the lock has changed; here, under other tests, it must not.
function checkInstallation(): void {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(checkout, 'package-lock.json')))
    .digest('hex');
  assert.equal(readFileSync(path.join(checkout, 'node_modules', '.stet-lock'), 'utf8'), lock, 'run npm ci first');
}
