import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { isObject } from '../../src/contract/json.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { webhookKey } from '../../src/record/webhookKey.ts';
import { prepareDispatching, type Dispatching } from '../support/dispatching.ts';
import { decide, holdComment, makeNewsroom, secret, type Held } from '../support/newsroom.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const site = 'harbour';
let room: Dispatching;
let smtp: TestSmtp;
let first: Held;
let status = 200;
const calls: { body: string; signature: string }[] = [];

const webhook = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => {
    calls.push({ body, signature: String(request.headers['stet-signature']) });
    response.writeHead(status).end();
  });
});

before(async () => {
  room = await prepareDispatching();
  smtp = await startSmtp();
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hook`;
  const settings = { 'alert.heldMinutes': 60, 'alert.mail': 'desk@news.example', 'alert.webhook': url };
  await makeNewsroom(room.store, site, { at: room.clock.now, settings });
  first = await holdComment(room.store, site, {
    at: room.clock.now,
    text: 'Unread words',
    email: 'reader@readers.example',
  });
});
after(async () => {
  await room.remove();
  await smtp.stop();
  webhook.closeAllConnections();
  webhook.close();
});

const pass = (minutes: number): void => void (room.clock.now = addMinutes(room.clock.now, minutes));

test('of two servers one tells the newsroom, once for a crossing and again while it lasts', async () => {
  const deps = { smtpUrl: smtp.url, allowPrivateWebhooks: true };
  const [one, two] = await Promise.all([room.start(deps), room.start(deps)]);
  const settle = () => Promise.all([one.settled(), two.settled()]);
  const told = () => [smtp.letters.length, calls.length];

  pass(60);
  await settle();
  assert.deepEqual(told(), [0, 0], 'told before the limit was passed');
  pass(1);
  await settle();
  pass(5);
  await settle();
  assert.deepEqual(told(), [1, 1], 'a crossing is told once');
  pass(240);
  await settle();
  assert.deepEqual(told(), [2, 2], 'a wait that lasts is told again after four hours');

  await decide(room.store, site, { comment: first, verdict: 'approve', version: 1, at: room.clock.now });
  pass(1);
  await settle();
  await holdComment(room.store, site, { at: addMinutes(room.clock.now, -61) });
  pass(1);
  await settle();
  assert.equal(calls.length, 3, 'the next crossing is told anew');
  await Promise.all([one.close(), two.close()]);
});

test('the alert says how many wait and how long, and repeats nothing that a reader wrote', () => {
  const letter = smtp.letters[0];
  assert.deepEqual(letter?.to, ['desk@news.example']);
  assert.match(
    letter.text,
    /Comments that wait at The Harbour: 1\. The oldest waits for 61 minutes\. Your limit is 60 minutes\./,
  );
  assert.match(letter.text, /^https:\/\/talk\.news\.example\/desk$/m);
  const body: unknown = JSON.parse(calls[0]?.body ?? '');
  assert.ok(isObject(body));
  const { id, since, ...rest } = body;
  assert.deepEqual(rest, {
    kind: 'held_too_long',
    site,
    held: 1,
    oldestMinutes: 61,
    limitMinutes: 60,
    desk: 'https://talk.news.example/desk',
  });
  assert.match(String(id), /^[0-9a-f]{32}@talk\.news\.example$/);
  assert.equal(typeof since, 'string');
  assert.doesNotMatch(JSON.stringify(smtp.letters) + JSON.stringify(calls), /Unread words|Nina/);
});

test('a webhook is signed with the key of its site', () => {
  const [call] = calls;
  const [, seconds, signed] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call?.signature ?? '') ?? [];
  const key = webhookKey(secret, site);
  assert.equal(signed, createHmac('sha256', key).update(`${seconds}.${call?.body}`).digest('hex'));
  assert.notEqual(key, webhookKey(secret, 'another'));
});

test('a webhook to a private address is refused where nobody allowed it', async () => {
  const before = calls.length;
  pass(241);
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  assert.equal(calls.length, before);
  assert.ok(room.lines.some((line) => line.includes('alert_webhook') && line.includes('webhook_address_private')));
  await dispatch.close();
});

test('a webhook that fails is tried again, and an alert that is hours old is given up', async () => {
  status = 500;
  pass(241);
  const dispatch = await room.start({ smtpUrl: smtp.url, allowPrivateWebhooks: true });
  await dispatch.settled();
  const before = calls.length;
  status = 200;
  pass(3);
  await dispatch.settled();
  assert.equal(calls.length, before + 1);
  assert.equal(calls.at(-1)?.body, calls.at(-2)?.body);
  assert.ok(room.lines.some((line) => line.includes('webhook_500')));
  assert.ok(
    room.lines.some((line) => line.includes('(stale)')),
    'the refused alert of the test before is still tried',
  );
  await dispatch.close();
});

test('figures say how many comments wait at each site, and for how long', async () => {
  await makeNewsroom(room.store, 'quiet', { at: room.clock.now });
  await changeSettings(room.store, site, { settings: { 'alert.heldMinutes': 0 }, at: room.clock.now, actor: 'cli' });
  const dispatch = await room.start({ smtpUrl: smtp.url });
  await dispatch.settled();
  const { sites, outboxDue, outboxWithoutSmtp } = await dispatch.waitingFigures();
  assert.equal(outboxDue + outboxWithoutSmtp, 0);
  assert.deepEqual(
    sites.map(({ site: key, held }) => [key, held]),
    [
      ['harbour', 1],
      ['quiet', 0],
    ],
  );
  assert.ok((sites[0]?.oldestSeconds ?? 0) >= 61 * 60);
  assert.equal(sites[1]?.oldestSeconds, 0);
  await dispatch.close();
});
