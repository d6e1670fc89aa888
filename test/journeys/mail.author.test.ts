import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startSmtp, type Arrived, type TestSmtp } from '../support/smtp.ts';

const ada = 'ada@readers.example';
let server: TestServer;
let smtp: TestSmtp;
let token = '';
before(async () => {
  smtp = await startSmtp();
  server = await startServer({ settings: { smtpUrl: smtp.url } });
  token = await server.token('desk');
});
beforeEach(() => {
  smtp.letters.length = 0;
});
after(async () => {
  await server?.stop();
  await smtp.stop();
});

type Answered = { status: number; body: Record<string, unknown> };

async function send(path: string, body: object, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await server.fetch(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

async function submit(email: string, more: object = {}): Promise<string> {
  const text = `The ferry is late. ${Math.random()}`;
  const held = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Ada', text, email, ...more });
  assert.equal(held.status, 202);
  return String(held.body['id']);
}

async function decide(id: string, verdict: object): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const decided = await send(`/api/v1/desk/comments/${id}/decisions`, { version: 1, ...verdict }, headers);
  assert.equal(decided.status, 201);
}

const approve = (id: string): Promise<void> => decide(id, { verdict: 'approve' });

/** The newest letter to an address, of so many. */
async function letterTo(email: string, count = 1): Promise<Arrived> {
  const its = (): Arrived[] => smtp.letters.filter(({ to }) => to[0] === email);
  await waitUntil(async () => its().length >= count, `letter ${count} to ${email}`);
  assert.equal(its().length, count);
  const letter = its().at(-1);
  assert.ok(letter);
  return letter;
}

const codeIn = ({ text }: Arrived): string => /\/receipt\?lang=en#([\w-]+)\n/.exec(text)?.[1] ?? '';
const stopIn = ({ headers }: Arrived): string =>
  /^list-unsubscribe: <http:\/\/[^/]+(\/mail\/stop\/[\w-]+)\?lang=en>$/im.exec(headers)?.[1] ?? '';

function postForm(path: string, fields: Record<string, string>): Promise<Response> {
  return server.fetch(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'accept-language': 'en' },
  });
}

async function isKept(comment: string): Promise<boolean> {
  return (await queryRows(server.store.writer, sql`select from contact where comment = ${comment}`)).length > 0;
}

test('an address is asked first, and hears nothing else until its holder presses the button', async () => {
  const id = await submit(ada);
  const letter = await letterTo(ada);
  assert.match(letter.headers, /^subject: Please confirm your address: /im);
  assert.doesNotMatch(letter.text + letter.raw, /Ada|ferry|welcome/);
  await decide(id, { verdict: 'reject', guideline: 'attack', explanation: 'It calls a neighbour names.' });
  const code = codeIn(letter);
  // What opens every link of a mail sees two pages, and changes nothing: the code of the one is never sent at all.
  for (const path of ['/receipt', stopIn(letter)]) assert.equal((await server.fetch(path)).status, 200);
  const looked = await postForm('/receipt', { receipt: code });
  const page = await looked.text();
  assert.match(page, /not confirmed yet[\s\S]*Yes, tell me of the decision and of replies/);
  assert.equal(looked.headers.get('referrer-policy'), 'no-referrer');
  assert.deepEqual((await send('/api/v1/mail', { code })).body, {
    site: 'sample',
    story: 'welcome',
    state: 'unconfirmed',
    replies: false,
  });
  const confirmed = await postForm('/receipt', { code, act: 'confirm' });
  assert.match(await confirmed.text(), /Your address is confirmed\. You are told of the decision\./);
  const told = await letterTo(ada, 2);
  assert.match(told.text, /was rejected[\s\S]*It calls a neighbour names/);
  assert.deepEqual((await send('/api/v1/mail', { code, act: 'confirm' })).status, 202);
});

test('replies are told of in the language of the story, to whoever asked for them', async () => {
  const email = 'nina@readers.example';
  const id = await submit(email);
  const code = codeIn(await letterTo(email));
  assert.equal((await send('/api/v1/mail', { code, act: 'confirm-replies' })).body['replies'], true);
  await approve(id);
  await letterTo(email, 2);
  await approve(await submit('', { parentId: id, email: undefined }));
  server.pass(6);
  const letter = await letterTo(email, 3);
  assert.match(letter.text, /^One reply to your comment/);
  const [, path = ''] = /(\/s\/sample\/welcome\?comment=[\w-]+)#/.exec(letter.text) ?? [];
  assert.equal((await server.fetch(path)).status, 200);
});

describe('one click', () => {
  for (const [kind, body] of [
    ['of a form', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    [
      'of many parts',
      (() => {
        const form = new FormData();
        form.set('List-Unsubscribe', 'One-Click');
        return form;
      })(),
    ],
    ['without a body', undefined],
  ] as const) {
    test(`${kind} ends the mails about one comment and deletes the address, said twice as well`, async () => {
      const email = `click.${kind.replaceAll(' ', '.')}@readers.example`;
      const id = await submit(email);
      const letter = await letterTo(email);
      await send('/api/v1/mail', { code: codeIn(letter), act: 'confirm-replies' });
      const stop = stopIn(letter);
      const stopPage = await server.fetch(stop);
      assert.deepEqual(
        [stopPage.headers.get('cache-control'), stopPage.headers.get('referrer-policy')],
        ['no-store', 'no-referrer'],
      );
      assert.match(await stopPage.text(), /No more mails/);
      assert.ok(await isKept(id), 'looking at the page ended something');
      for (let time = 0; time < 2; time += 1) {
        const response = await server.fetch(stop, { method: 'POST', ...(body && { body }) });
        assert.equal(response.status, 200);
        await response.body?.cancel();
      }
      assert.equal(await isKept(id), false);
      // Another comment of the same author is another matter.
      await submit(email);
      await letterTo(email, 2);
    });
  }

  test('before anything was confirmed: the address is not asked again, and no answer says so', async () => {
    const email = 'victim@readers.example';
    await submit(email);
    const first = await letterTo(email);
    await (await server.fetch(stopIn(first), { method: 'POST' })).body?.cancel();
    const again = await submit(email);
    const other = 'other@readers.example';
    await submit(other);
    await letterTo(other);
    await letterTo(email, 1);
    assert.ok(await isKept(again), 'who submits can see no difference, and neither can the record before its day');
  });
});

test('a code does what it is for and nothing else, and a wrong one is told nothing', async () => {
  const email = 'codes@readers.example';
  const id = await submit(email);
  const letter = await letterTo(email);
  const stop = stopIn(letter).split('/').at(-1) ?? '';
  const code = codeIn(letter);
  const swapped = `${code.slice(0, 30)}${code[30] === 'A' ? 'B' : 'A'}${code.slice(31)}`;
  for (const wrong of [stop, swapped, '', 7, null]) {
    const answer = await send('/api/v1/mail', { code: wrong, act: 'confirm' });
    assert.deepEqual([answer.status, (answer.body['refusal'] as { reason: string }).reason], [404, 'receipt_unknown']);
  }
  for (const path of [`/mail/stop/${code}`, `/mail/stop/${swapped}`, `/mail/stop/${'x'.repeat(250)}`])
    for (const method of ['GET', 'POST']) assert.equal((await server.fetch(path, { method })).status, 404, path);
  assert.equal((await send('/api/v1/receipts', { receipt: code })).status, 404);
  assert.equal((await send('/api/v1/mail', { code, act: 'erase' })).status, 422);
  assert.ok(await isKept(id));
  assert.equal((await send('/api/v1/mail', { code, act: 'stop' })).body['state'], 'stopped');
  assert.equal(await isKept(id), false);
  assert.equal((await send('/api/v1/mail', { code, act: 'confirm' })).body['state'], 'stopped');
});

test('one network cannot leave more than twenty addresses in ten minutes', async () => {
  await server.set({ 'intake.limits': 'on' });
  const answers: Answered[] = [];
  for (let count = 0; count < 21; count += 1) {
    const text = `The ferry is late. ${count}`;
    const path = '/api/v1/sites/sample/stories/welcome/comments';
    answers.push(await send(path, { name: 'Ada', text, email: `many${count}@readers.example` }));
  }
  assert.deepEqual(
    answers.map(({ status }) => status),
    [...Array.from({ length: 20 }, () => 202), 429],
  );
  assert.match(JSON.stringify(answers.at(-1)?.body), /too_many_from_network/);
  const without = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Ada', text: 'Late again.' });
  assert.equal(without.status, 202);
});
