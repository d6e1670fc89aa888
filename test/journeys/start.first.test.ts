import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { runStet, startStet, type StetServer } from '../support/stet.ts';

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

test('the first start prints three addresses that work, and a sign-in that opens the desk once', async () => {
  const server = await start();
  const { url } = server;
  assert.match(
    server.stdout(),
    new RegExp(
      `^A story +${url}/s/sample/welcome\nThe desk +${url}/desk/sign-in#(\\S+)\nThe guidelines ${url}/s/sample/guidelines\n$`,
    ),
  );
  assert.equal(server.stderr(), '');
  assert.deepEqual(await (await fetch(`${url}/readyz`)).json(), { ready: true });
  for (const address of ['/s/sample/welcome', '/s/sample/guidelines', '/desk', '/desk/sign-in']) {
    assert.equal((await fetch(url + address)).status, 200, address);
  }
  const secret = secretIn(server.stdout());
  const first = await signIn(url, secret);
  assert.equal(first.status, 201);
  assert.match(
    first.headers.get('set-cookie') ?? '',
    /^__Host-stet-session=[^;]+; Path=\/; .*Secure; HttpOnly; SameSite=Strict$/,
  );
  const second = await signIn(url, secret);
  assert.equal(second.status, 401);
  assert.equal(((await second.json()) as { refusal: { reason: string } }).refusal.reason, 'sign_in_used');
});

test('a later start prints no secret, and finds everything as it was', async () => {
  const first = await start();
  const secret = secretIn(first.stdout());
  const { id } = await post(first.url, 'key-1');
  assert.equal(await first.stop(), 0);
  const second = await start();
  assert.match(second.stdout(), /^The desk +\S+\/desk$/m);
  assert.doesNotMatch(second.stdout() + second.stderr(), /#|sample_/);
  assert.equal((await post(second.url, 'key-1')).id, id, 'the same key is the same comment');
  const file = path.join(folder, 'secret');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const hidden of [secret, readFileSync(file, 'utf8')]) {
    assert.ok(
      !(second.stdout() + second.stderr() + readFileSync(path.join(folder, 'postgres/server.log'), 'utf8')).includes(
        hidden,
      ),
    );
  }
});

test('after kill -9 of the server the next start goes on with the same database', async () => {
  const killed = await start();
  const { id } = await post(killed.url, 'key-1');
  const postgres = serverPid();
  killed.child.kill('SIGKILL');
  await killed.ended;
  const next = await start();
  assert.equal(serverPid(), postgres, 'PostgreSQL went on running and is joined');
  assert.equal((await post(next.url, 'key-1')).id, id);
  assert.equal((await verify()).stdout, 'ok\n');
});

test('after kill -9 of the server and of PostgreSQL the next start finds what was acknowledged', async () => {
  const killed = await start();
  const { id, receipt } = await post(killed.url, 'key-1');
  killed.child.kill('SIGKILL');
  process.kill(serverPid(), 'SIGKILL');
  await killed.ended;
  const next = await start();
  assert.deepEqual(await post(next.url, 'key-1').then((held) => [held.id, held.receipt]), [id, receipt]);
  assert.equal((await verify()).stdout, 'ok\n');
});

test('kill -9 of PostgreSQL alone is survived without a restart of the server', async () => {
  const server = await start();
  const { id } = await post(server.url, 'key-1');
  const killed = serverPid();
  process.kill(killed, 'SIGKILL');
  // Its connections live a moment longer than it does, and answer.
  await waitUntil(() => serverPid() > 0 && serverPid() !== killed, 'PostgreSQL is started again');
  await waitUntil(async () => (await fetch(`${server.url}/readyz`)).status === 200, 'the server is ready again');
  assert.equal((await post(server.url, 'key-1')).id, id);
});

test('a first start that was killed half-way is finished by the next, with a sign-in of its own', async () => {
  const killed = await start();
  killed.child.kill('SIGKILL');
  await killed.ended;
  // What a kill between the site and its last story leaves: the site without the story whose address is printed.
  await runSql(
    `alter table story disable trigger user; delete from story where story = 'welcome'; alter table story enable trigger user`,
  );
  const next = await start();
  assert.equal((await fetch(`${next.url}/s/sample/welcome`)).status, 200);
  assert.equal((await signIn(next.url, secretIn(next.stdout()))).status, 201);
});

test('commands print the address of the server that was started last and still runs', async () => {
  const [first, second, third] = [await start(), await start(), await start()];
  assert.equal(await addModerator(), third.url);
  assert.equal(await third.stop(), 0);
  assert.equal(await addModerator(), second.url);
  second.child.kill('SIGKILL');
  await second.ended;
  assert.equal(await addModerator(), first.url);
  assert.equal(await first.stop(), 0);
  assert.deepEqual(readdirSync(path.join(folder, 'servers')), []);
});

async function start(): Promise<StetServer> {
  const server = await startStet({ environment });
  running.push(server);
  return server;
}

/** Where the printed sign-in leads. */
async function addModerator(): Promise<string> {
  const words = ['moderator', 'add', 'ada@example.org', '--site', 'sample', '--role', 'moderator'];
  const { stdout, stderr } = await runStet(words, { environment });
  assert.match(stdout, /\/desk\/sign-in#sample_/, stderr);
  return stdout.slice(0, stdout.indexOf('/desk/'));
}

function signIn(url: string, secret: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/api/v1/desk/sessions`, { method: 'POST', headers, body: JSON.stringify({ secret }) });
}

async function post(url: string, key: string): Promise<{ id: string; receipt: string }> {
  const response = await fetch(`${url}/api/v1/sites/sample/stories/welcome/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ name: 'Ada', text: 'The ferry is late again.' }),
  });
  assert.equal(response.status, 202, await response.clone().text());
  return (await response.json()) as { id: string; receipt: string };
}

function secretIn(printed: string): string {
  const [, secret = ''] = /desk\/sign-in#(\S+)/.exec(printed) ?? [];
  assert.notEqual(secret, '', printed);
  return secret;
}

/** NaN while there is none. */
function serverPid(): number {
  const file = path.join(folder, 'postgres/cluster/postmaster.pid');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
}

function verify(): Promise<{ stdout: string; code: number | null }> {
  return runStet(['verify'], { environment });
}

async function runSql(statements: string): Promise<void> {
  const database = await openDatabase({
    dataFolder: folder,
    secret: readFileSync(path.join(folder, 'secret'), 'utf8'),
  });
  await withConnection(database.owner, (client) => client.query(statements));
  await database.close();
}
