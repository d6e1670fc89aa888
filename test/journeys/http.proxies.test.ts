import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { startServer, type TestServer } from '../support/server.ts';

let stop: (() => Promise<void>) | undefined;
// Each before the next: the database that all test files share has not connections for seven servers of one of them.
afterEach(() => stop?.());

test('without trusted proxies a forwarded address is a claim, and nobody believes it', async () => {
  const server = await open([]);
  assert.deepEqual(await statuses(server, ['198.51.100.1', '203.0.113.2']), [202, 429]);
});

test('a proxy that is not among the trusted ones is not believed', async () => {
  const server = await open(['192.0.2.7', '10.0.0.0/8']);
  assert.deepEqual(await statuses(server, ['198.51.100.1', '203.0.113.2']), [202, 429]);
});

test('behind a trusted proxy each network has its own limit', async () => {
  const server = await open(['127.0.0.1']);
  assert.deepEqual(await statuses(server, ['198.51.100.1', '203.0.113.2', '198.51.100.99']), [202, 202, 429]);
});

test('what a client claims to the left of its own address changes nothing', async () => {
  const server = await open(['loopback']);
  assert.deepEqual(
    await statuses(server, [
      '1.1.1.1, 198.51.100.1',
      '2.2.2.2, 198.51.100.1',
      '127.0.0.1, 198.51.100.1',
      'nonsense, 198.51.100.1',
    ]),
    [202, 429, 429, 429],
  );
});

test('of several trusted proxies the right-most address that is not one of them counts', async () => {
  const server = await open(['127.0.0.1', '10.0.0.0/8']);
  assert.deepEqual(
    await statuses(server, [
      '1.1.1.1, 198.51.100.1, 10.1.2.3',
      '2.2.2.2, 198.51.100.1, 10.9.9.9',
      '198.51.100.1, 203.0.113.5, 10.1.2.3',
    ]),
    [202, 429, 202],
  );
});

test('addresses with ports, in brackets, of IPv6, mapped ones and rubbish are told apart by network', async () => {
  const server = await open(['127.0.0.1']);
  const forms = [
    '198.51.100.1:4711',
    '198.51.100.2',
    '[2001:db8:7::1]:443',
    '2001:db8:7:ffff::2',
    '::ffff:198.51.100.3',
    '2001:db8:8::1',
  ];
  assert.deepEqual(await statuses(server, forms), [202, 429, 202, 429, 429, 202]);
  // Whoever has no address shares one limit.
  assert.deepEqual(await statuses(server, ['nonsense', '999.999.999.999', '<script>']), [202, 429, 429]);
});

test('the header of one proxy counts, not the one that another kind of proxy would send', async () => {
  const server = await open(['127.0.0.1']);
  const named = ['x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip', 'x-cluster-client-ip'];
  const answers: number[] = [];
  for (const [number, name] of named.entries()) {
    const value = name === 'forwarded' ? `for=198.51.${number}.1` : `198.51.${number}.1`;
    answers.push((await post(server, { [name]: value })).status);
  }
  assert.deepEqual(answers, [202, 429, 429, 429, 429, 429]);
});

async function open(trustedProxies: string[]): Promise<TestServer> {
  const server = await startServer({
    settings: { trustedProxies },
    site: { 'intake.limits': 'on', 'intake.perNetwork': 1, screening: 'off' },
  });
  stop = server.stop;
  return server;
}

async function statuses(server: TestServer, forwarded: readonly string[]): Promise<number[]> {
  const answers: number[] = [];
  for (const address of forwarded) answers.push((await post(server, { 'x-forwarded-for': address })).status);
  return answers;
}

function post(server: TestServer, headers: Record<string, string>): Promise<Response> {
  return server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ name: 'Ada', text: 'The ferry is late again.' }),
  });
}
