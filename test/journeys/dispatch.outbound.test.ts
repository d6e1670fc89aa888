import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { sendOutbound, type Address } from '../../src/dispatch/outbound.ts';

// S-SSRF-1: a real server on loopback that nothing may reach, and that answers as each test wants.
let port = 0;
let asked: { path: string | undefined; host: string | undefined; body: string }[] = [];
let answer: http.RequestListener = (_request, response) => void response.end('thanks');

const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => {
    asked.push({ path: request.url, host: request.headers.host, body });
    answer(request, response);
  });
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => void response.end('thanks');
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const send = (url: string, limits: Parameters<typeof sendOutbound>[1]) =>
  sendOutbound(
    { url, body: '{"a":1}', headers: { 'content-type': 'application/json' }, signal: new AbortController().signal },
    limits,
  );

const loopback: Address = { address: '127.0.0.1', family: 4 };

test('no spelling of a private address is called', async () => {
  for (const host of [
    '127.0.0.1',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '①②⑦.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '169.254.169.254',
    '[fe80::1]',
    '[fd00::1]',
    '10.0.0.1',
    '0.0.0.0',
  ]) {
    const answered = await send(`http://${host}:${port}/`, { allowPrivate: false });
    assert.deepEqual(answered, { outcome: 'refused', reason: 'address_private' }, host);
  }
  assert.deepEqual(asked, []);
});

test('a name with a private address beside a public one is not called', async () => {
  const resolve = async () => [{ address: '8.8.8.8', family: 4 }, loopback];
  const answered = await send(`http://hooks.example:${port}/`, { allowPrivate: false, resolve });
  assert.deepEqual(answered, { outcome: 'refused', reason: 'address_private' });
});

test('the address that was checked is the one that is called, though the name changes its answer', async () => {
  let times = 0;
  const resolve = async () => {
    times += 1;
    return times === 1 ? [loopback] : [{ address: '192.0.2.1', family: 4 }];
  };
  const answered = await send(`http://rebinding.invalid:${port}/hook`, { allowPrivate: true, resolve });
  assert.deepEqual(answered, { outcome: 'answered', status: 200 });
  assert.equal(times, 1);
  assert.deepEqual(asked, [{ path: '/hook', host: `rebinding.invalid:${port}`, body: '{"a":1}' }]);
});

test('other schemes and addresses with a password are not called', async () => {
  for (const url of [
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1/',
    'http://a:b@127.0.0.1/',
    'nonsense',
  ]) {
    assert.deepEqual(await send(url, { allowPrivate: true }), { outcome: 'refused', reason: 'address_malformed' }, url);
  }
});

test('a redirect is an answer and is not followed', async () => {
  answer = (_request, response) => void response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end();
  const answered = await send(`http://127.0.0.1:${port}/`, { allowPrivate: true });
  assert.deepEqual(answered, { outcome: 'answered', status: 302 });
  assert.deepEqual(
    asked.map(({ path }) => path),
    ['/'],
  );
});

test('an answer without end is cut off', async () => {
  answer = (_request, response) => {
    response.on('error', () => {});
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384)));
    };
    response.on('drain', more);
    more();
  };
  assert.deepEqual(await send(`http://127.0.0.1:${port}/`, { allowPrivate: true }), {
    outcome: 'answered',
    status: 200,
  });
});

test('a server that says nothing, and a name server that says nothing, are given up', async () => {
  answer = () => {};
  const silent = await send(`http://127.0.0.1:${port}/`, { allowPrivate: true, milliseconds: 200 });
  assert.deepEqual(silent, { outcome: 'unreachable', reason: 'timeout' });
  const resolve = () => new Promise<Address[]>(() => {});
  const unnamed = await send('http://hooks.example/', { allowPrivate: true, milliseconds: 200, resolve });
  assert.deepEqual(unnamed, { outcome: 'unreachable', reason: 'timeout' });
});

test('a port where nobody listens is unreachable', async () => {
  const answered = await send('http://127.0.0.1:1/', { allowPrivate: true });
  assert.deepEqual(answered, { outcome: 'unreachable', reason: 'ECONNREFUSED' });
});
