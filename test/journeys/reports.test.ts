import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyRecord } from '../../src/record/verify.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { hostileTexts } from '../support/hostile.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

let server: TestServer;
let smtp: TestSmtp;
let token = '';
before(async () => {
  smtp = await startSmtp();
  server = await startServer({ settings: { smtpUrl: smtp.url, mailFrom: 'stet@harbour.example' } });
  token = await server.token('desk');
});
after(async () => {
  await server?.stop();
  await smtp.stop();
});

type Body = Record<string, unknown>;
type Answered = { status: number; body: Body };

async function send(path: string, body?: object, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await server.fetch(path, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: (await response.json()) as Body };
}

function desk(path: string, body?: object): Promise<Answered> {
  return send(`/api/v1/desk/comments/${path}`, body, { authorization: `Bearer ${token}` });
}

async function submit(path: string, fields: Record<string, string>): Promise<{ status: number; page: string }> {
  const response = await server.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'sw' },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, page: await response.text() };
}

async function publish(
  written: { name?: string; text?: string; story?: string } = {},
): Promise<{ id: string; receipt: string }> {
  const { name = 'Nina', text = 'The ferry is late.', story = 'welcome' } = written;
  const held = await send(`/api/v1/sites/sample/stories/${story}/comments`, { name, text });
  assert.equal(held.status, 202);
  const id = String(held.body['id']);
  assert.equal((await desk(`${id}/decisions`, { verdict: 'approve', version: 1 })).status, 201);
  return { id, receipt: String(held.body['receipt']) };
}

async function statusOf(path: string): Promise<number> {
  const response = await server.fetch(path);
  await response.body?.cancel();
  return response.status;
}

/** The action of each form on a page, with the names of its fields. */
function formsOf(page: string): { action: string; names: string[] }[] {
  return [...page.matchAll(/<form [^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action = '', inner = '']) => ({
      action,
      names: [...new Set([...inner.matchAll(/ name="(\w+)"/g)].map(([, name = '']) => name))],
    }),
  );
}

const notice = {
  notice: 'on',
  detail: 'It calls for violence against a neighbour (§ 111).',
  name: 'Rojîn Ali',
  email: 'rojin@readers.example',
  goodFaith: 'on',
};

test('what is not published has no page to be reported on, and the page tells nothing of why', async () => {
  const held = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Ada', text: 'Not yet read.' });
  const published = await publish({ story: 'bexer' });
  const unknown = [String(held.body['id']), '00000000-0000-4000-8000-000000000000', 'x', '..%2f', published.id];
  const pages = await Promise.all(
    unknown.map(async (id) => {
      const response = await server.fetch(`/s/sample/welcome/report/${id}`);
      return `${response.status} ${await response.text()}`;
    }),
  );
  assert.equal(new Set(pages).size, 1);
  assert.match(pages[0] ?? '', /^404 /);
  assert.equal(await statusOf(`/s/nowhere/welcome/report/${published.id}`), 404);
  assert.equal(await statusOf(`/s/sample/bexer/report/${published.id}`), 200);
});

test('each comment leads to its page, which shows it as text, with a form for guidelines and a notice of the law', async () => {
  for (const text of hostileTexts.slice(0, 12)) {
    const { id } = await publish({ text });
    const story = await (await server.fetch('/s/sample/welcome')).text();
    assert.match(story, new RegExp(`href="\\?report=${id}"`));
    const led = await server.fetch(`/s/sample/welcome?report=${id}`, { redirect: 'manual' });
    assert.deepEqual([led.status, led.headers.get('location')], [302, `/s/sample/welcome/report/${id}`]);
    const page = await (await server.fetch(`/s/sample/welcome/report/${id}`)).text();
    const [byGuideline, byLaw] = formsOf(page).filter(({ action }) => action === `/api/v1/comments/${id}/reports`);
    assert.deepEqual(byGuideline?.names, ['reason', 'detail', 'email']);
    assert.deepEqual(byLaw?.names, ['notice', 'detail', 'name', 'email', 'namelessOffence', 'goodFaith']);
    assert.match(page, new RegExp(`/s/sample/welcome\\?comment=${id}#c-${id}</bdi>`), 'the exact address');
    const shown = text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    assert.ok(page.includes(shown.replaceAll("'", '&#39;').replaceAll('\r\n', '\n')), text);
  }
});

test('a notice without reasons, name, address or good faith comes back with everything, each sentence beside its field', async () => {
  const { id } = await publish();
  const address = `/api/v1/comments/${id}/reports`;
  const lacks = [
    [{ detail: ' ' }, 'text_required', 'notice-detail-error'],
    [{ name: '' }, 'notifier_required', 'notice-name-error'],
    [{ email: '' }, 'notifier_required', 'notice-email-error'],
    [{ goodFaith: '' }, 'good_faith_required', 'notice-goodFaith-error'],
    [{ email: 'x' }, 'email_malformed', 'notice-email-error'],
    [{ namelessOffence: 'on', goodFaith: '', name: '', email: '' }, 'good_faith_required', 'notice-goodFaith-error'],
  ] as const;
  for (const [lack, reason, place] of lacks) {
    const answer = await send(address, { ...notice, ...lack });
    assert.deepEqual([answer.status, (answer.body['refusal'] as Body)['reason']], [422, reason]);
    const { status, page } = await submit(address, { ...notice, ...lack });
    assert.equal(status, 422);
    assert.match(page, new RegExp(`id="${place}">[^<]{10}`), reason);
    if (lack !== lacks[0][0]) assert.ok(page.includes(`\n${notice.detail}</textarea>`));
    assert.equal(page.match(/aria-invalid/g)?.length, 1, 'the other form is left alone');
  }
  const unchosen = await submit(address, { detail: 'Because.' });
  assert.match(unchosen.page, /id="report-reason-error">Please choose/);
  assert.ok(unchosen.page.includes('\nBecause.</textarea>'));
  assert.deepEqual((await desk(`${id}/reports`)).body, { reports: [] });
});

test('the sexual abuse of children is notified without a name', async () => {
  const { id } = await publish();
  const { status } = await submit(`/api/v1/comments/${id}/reports`, {
    ...notice,
    ...{ namelessOffence: 'on', name: '', email: '' },
  });
  assert.equal(status, 202);
  const [row] = (await desk(`${id}/reports`)).body['reports'] as Body[];
  assert.deepEqual([row?.['isNotice'], row?.['isNamelessOffence'], row?.['isReachable']], [true, true, false]);
});

test('a notice is confirmed with a receipt and a mail; dismissed, its notifier is told why and where to turn', async () => {
  const { id } = await publish();
  const sent = await submit(`/api/v1/comments/${id}/reports`, notice);
  assert.equal(sent.status, 202);
  const receipt = /id="report-token"[^>]* value="([\w-]+)"/.exec(sent.page)?.[1] ?? '';
  const waiting = await submit('/receipt', { receipt });
  assert.match(waiting.page, /Your report waits for a person/);
  await waitUntil(() => smtp.letters.some(({ text }) => text.includes('Your notice has arrived')), 'the confirmation');

  const shown = await desk(`${id}/reports`);
  assert.doesNotMatch(JSON.stringify(shown.body), /Rojîn|rojin@/, 'who decides does not see who notified');
  const [row] = shown.body['reports'] as Body[];
  assert.deepEqual([row?.['state'], row?.['detail'], row?.['isReachable']], ['open', notice.detail, true]);

  const wordless = await desk(`${id}/reports/decisions`, { verdict: 'dismiss' });
  assert.deepEqual([wordless.status, (wordless.body['refusal'] as Body)['field']], [422, 'explanation']);
  const explanation = 'It reports what the court said.';
  assert.equal((await desk(`${id}/reports/decisions`, { verdict: 'dismiss', explanation })).status, 201);
  const again = await desk(`${id}/reports/decisions`, { verdict: 'dismiss', explanation });
  assert.deepEqual([again.status, (again.body['refusal'] as Body)['reason']], [409, 'report_closed']);

  await waitUntil(() => smtp.letters.some(({ text }) => text.includes(explanation)), 'the outcome');
  const letter = smtp.letters.find(({ text }) => text.includes(explanation));
  assert.deepEqual(letter?.to, [notice.email]);
  assert.match(letter.text, /The comment stays published\./);
  assert.match(letter.text, /by a rule without a person/, 'a program decided, and it is said');
  assert.match(letter.text, /out-of-court body|go to court/);
  assert.doesNotMatch(letter.text, /ferry is late|calls for violence/);
  const told = await submit('/receipt', { receipt });
  assert.match(told.page, /The comment stays published\./);
  assert.ok(told.page.includes(explanation));
  const view = await send('/api/v1/receipts/report', { receipt });
  assert.deepEqual([view.body['state'], (view.body['decision'] as Body)['explanation']], ['dismissed', explanation]);
  assert.equal((await send('/api/v1/receipts', { receipt })).status, 404);
  assert.equal((await send('/api/v1/receipts/report', { receipt: `${receipt}A` })).status, 404);
});

test('upheld, the comment is taken down, every report of it is answered, and its author can appeal', async () => {
  const { id, receipt: authors } = await publish();
  const first = await send(`/api/v1/comments/${id}/reports`, { reason: 'attack' });
  const second = await send(`/api/v1/comments/${id}/reports`, notice);
  const groundless = await desk(`${id}/reports/decisions`, { verdict: 'uphold' });
  assert.deepEqual([groundless.status, (groundless.body['refusal'] as Body)['reason']], [422, 'guideline_required']);
  const upheld = await desk(`${id}/reports/decisions`, {
    verdict: 'uphold',
    guideline: 'attack',
    explanation: 'For Nina.',
  });
  assert.deepEqual([upheld.status, upheld.body['state']], [201, 'removed']);
  for (const { body } of [first, second]) {
    const view = await send('/api/v1/receipts/report', { receipt: body['receipt'] });
    const decision = view.body['decision'] as { guideline: { key: string } };
    assert.deepEqual([view.body['state'], decision.guideline.key], ['upheld', 'attack']);
    assert.doesNotMatch(JSON.stringify(view.body), /For Nina/, 'words to the author are for the author');
  }
  const author = await send('/api/v1/receipts', { receipt: authors });
  assert.equal(author.body['state'], 'removed');
  assert.equal((author.body['decision'] as Body)['source'], 'notice', 'a notice led to it, among other reports');
  assert.match(
    (await submit('/receipt', { receipt: authors })).page,
    /What led to it<\/dt><dd>a notice that it is illegal/,
  );
  assert.doesNotMatch(JSON.stringify(author.body), /Rojîn|rojin/);
  assert.equal(await statusOf(`/s/sample/welcome/report/${id}`), 404);
  const closed = await desk(`${id}/reports/decisions`, { verdict: 'uphold', guideline: 'attack' });
  assert.deepEqual([closed.status, (closed.body['refusal'] as Body)['reason']], [409, 'report_closed']);
});

test('a removal at the desk answers reports as well; withdrawn or erased, they are closed', async () => {
  const removed = await publish();
  const { receipt } = (await send(`/api/v1/comments/${removed.id}/reports`, { reason: 'other' })).body;
  await desk(`${removed.id}/removal`, { guideline: 'attack' });
  const reasons = (await send('/api/v1/receipts', { receipt: removed.receipt })).body['decision'] as Body;
  assert.equal(reasons['source'], 'report');
  assert.equal((await send('/api/v1/receipts/report', { receipt })).body['state'], 'upheld');

  const withdrawn = await publish();
  const other = (await send(`/api/v1/comments/${withdrawn.id}/reports`, { reason: 'other', detail: 'See it.' })).body;
  await send('/api/v1/receipts/withdraw', { receipt: withdrawn.receipt });
  const view = await send('/api/v1/receipts/report', { receipt: other['receipt'] });
  assert.equal(view.body['state'], 'closed');
  const { page } = await submit('/receipt', { receipt: String(other['receipt']) });
  assert.match(page, /no longer published, for a reason of its own/);
  assert.doesNotMatch(page, /<dt>Decided by/);
});

test('some of the reports can be dismissed, one each only once, and the record holds all of it', async () => {
  const { id } = await publish();
  const ids = [];
  for (let count = 0; count < 3; count += 1)
    ids.push((await send(`/api/v1/comments/${id}/reports`, { reason: 'other' })).body['id']);
  const malformed = [[], 'x', [7], ['x'], ids.slice(0, 1).map(String).join()];
  for (const reports of malformed)
    assert.equal((await desk(`${id}/reports/decisions`, { verdict: 'dismiss', reports })).status, 422);
  assert.equal((await desk(`${id}/reports/decisions`, { verdict: 'maybe' })).status, 422);
  const some = await desk(`${id}/reports/decisions`, { verdict: 'dismiss', reports: [ids[0]] });
  assert.deepEqual(some.body['reports'], [ids[0]]);
  const twice = await desk(`${id}/reports/decisions`, { verdict: 'dismiss', reports: [ids[0], ids[1]] });
  assert.equal((twice.body['refusal'] as Body)['reason'], 'report_closed');
  const rest = await desk(`${id}/reports/decisions`, { verdict: 'dismiss' });
  assert.deepEqual(new Set(rest.body['reports'] as string[]), new Set(ids.slice(1)));
  const queue = await send('/api/v1/desk/queue?site=sample&state=approved&reported=1', undefined, {
    authorization: `Bearer ${token}`,
  });
  assert.ok(!(queue.body['comments'] as Body[]).some((row) => row['id'] === id));
  assert.equal(await verifyRecord(server.store), undefined);
});

test('no statement of the product decides a report past the record', async () => {
  const { id } = await publish();
  await send(`/api/v1/comments/${id}/reports`, { reason: 'other', detail: 'As it was.' });
  const changes = [
    sql`update report set state = 'dismissed', decided_at = now() where comment = ${id}`,
    sql`update report set detail = 'Another.' where comment = ${id}`,
    sql`update report set explanation = 'Another.' where comment = ${id}`,
    sql`update report set reason = 'attack' where comment = ${id}`,
  ];
  for (const change of changes) await assert.rejects(queryRows(server.store.writer, change), { code: 'ST002' });
});
