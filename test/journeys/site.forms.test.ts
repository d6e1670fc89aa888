import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hostileTexts } from '../support/hostile.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let desk = '';
before(async () => {
  server = await startServer();
  desk = await server.token('desk');
});
after(() => server?.stop());

const address = '/api/v1/sites/sample/stories/welcome/comments';

type Page = { status: number; headers: Headers; page: string };

async function submit(path: string, fields: Record<string, string>): Promise<Page> {
  const response = await server.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'sw' },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, headers: response.headers, page: await response.text() };
}

/** What a browser would send of the story's form: its hidden fields with what is typed. */
async function fillForm(story: string, typed: Record<string, string>): Promise<Record<string, string>> {
  const page = await (await server.fetch(`/s/sample/${story}`)).text();
  const hidden = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
  return { ...Object.fromEntries(hidden), email: '', website: '', ...typed };
}

function readReceipt({ page }: Page): string {
  return (
    /data-slot="receipt" *|name="receipt" value="([\w-]+)"/.exec(page.replaceAll('data-slot="receipt"', ''))?.[1] ?? ''
  );
}

async function decide(id: string, verdict: object): Promise<void> {
  const response = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk}`, 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1, ...verdict }),
  });
  assert.equal(response.status, 201, await response.text());
}

async function findHeld(name: string): Promise<string> {
  const response = await server.fetch('/api/v1/desk/queue?site=sample&state=held&limit=200', {
    headers: { authorization: `Bearer ${desk}` },
  });
  const { comments } = (await response.json()) as { comments: { id: string; name: string }[] };
  return comments.find((comment) => comment.name === name)?.id ?? '';
}

function isPageOfOurs({ headers }: Page): void {
  assert.match(
    headers.get('content-security-policy') ?? '',
    /style-src 'self'; script-src 'self'.*form-action 'self'.*frame-ancestors 'none'/,
  );
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.equal(headers.get('cache-control'), 'no-store');
}

test('a refused form comes back with everything that was typed, as text, and the sentence beside its field', async () => {
  for (const text of hostileTexts) {
    const answer = await submit(address, await fillForm('welcome', { name: '', text, email: 'a@b' }));
    assert.equal(answer.status, 422);
    const kept = /<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(answer.page)?.[1] ?? '';
    const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
    assert.equal(
      kept.replace(/&(?:amp|lt|gt|quot|#39);/g, (escape) => characters[escape] ?? ''),
      text.replaceAll('\r\n', '\n'),
    );
    assert.match(answer.page, /id="write-name-error" data-error="name">Please write a name/);
    assert.match(answer.page, /value="a@b"/);
    assert.match(answer.page, /<a href="#write-name">Please write a name/);
    assert.match(answer.page, /name="token" value="[\w-]{20,}"/);
  }
});

test('a refused form loads its style and can be sent again', async () => {
  const refused = await submit(address, await fillForm('welcome', { name: '', text: 'At last' }));
  isPageOfOurs(refused);
  const token = /name="token" value="([\w-]+)"/.exec(refused.page)?.[1] ?? '';
  const again = await submit(address, {
    name: 'Ann',
    text: 'At last',
    email: '',
    website: '',
    parentId: '',
    proof: '',
    token,
  });
  assert.equal(again.status, 202);
  isPageOfOurs(again);
});

test('a refusal speaks the language of the story, not of the browser', async () => {
  const refused = await submit(
    '/api/v1/sites/sample/stories/bexer/comments',
    await fillForm('bexer', { name: '', text: 'سڵاو' }),
  );
  assert.match(refused.page, /<html lang="ckb" dir="rtl"/);
  assert.match(refused.page, /تکایە ناوێک بنووسە/);
});

test('a form for a story that is not there shows what was written, so that it can be saved', async () => {
  const refused = await submit('/api/v1/sites/sample/stories/nothing/comments', {
    name: 'Ann',
    text: 'Long thought <about>',
  });
  assert.equal(refused.status, 404);
  assert.match(refused.page, /<pre class="kept-text" dir="auto">Long thought &lt;about&gt;<\/pre>/);
});

test('a plain form ends on its receipt, which then tells what became of the comment and takes one appeal', async () => {
  const text = 'The quay is too dark.\r\nStill.';
  const received = await submit(address, await fillForm('welcome', { name: 'Lana', text }));
  assert.equal(received.status, 202);
  assert.ok(received.page.includes(createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')));
  const receipt = readReceipt(received);
  assert.match(receipt, /^[\w-]{20,}$/);

  const held = await submit('/receipt?lang=en', { receipt });
  isPageOfOurs(held);
  assert.match(held.page, /Waiting to be read/);
  assert.doesNotMatch(held.page, /value="appeal"/);

  await decide(await findHeld('Lana'), {
    verdict: 'reject',
    guideline: 'relevance',
    explanation: 'It is <b>not</b> about the ferry.',
  });
  const rejected = await submit('/receipt?lang=ckb', { receipt });
  assert.match(rejected.page, /<html lang="ckb" dir="rtl"/);
  assert.match(rejected.page, /<a href="\/s\/sample\/guidelines\/relevance\/1"><bdi>دوور لە بابەت<\/bdi>/);
  assert.match(rejected.page, /It is &lt;b&gt;not&lt;\/b&gt; about the ferry\./);
  assert.match(rejected.page, /value="appeal"/);

  const appealed = await submit('/receipt?lang=en', {
    receipt,
    act: 'appeal',
    text: 'It is dark where the ferry lands.',
  });
  assert.equal(appealed.status, 202);
  assert.match(appealed.page, /Your appeal has arrived/);
  assert.doesNotMatch(appealed.page, /value="appeal"/);
  assert.match(
    (await submit('/receipt', { receipt, act: 'appeal', text: 'Again' })).page,
    /You have appealed this decision before/,
  );
});

test('a receipt withdraws its comment, and no address ever holds it', async () => {
  const received = await submit(address, await fillForm('welcome', { name: 'Mina', text: 'I changed my mind' }));
  const receipt = readReceipt(received);
  for (const [, link = ''] of received.page.matchAll(/(?:href|action|src)="([^"]*)"/g)) {
    assert.ok(!(link.split('#')[0] ?? '').includes(receipt), link);
  }
  const withdrawn = await submit('/receipt?lang=en', { receipt, act: 'withdraw' });
  assert.equal(withdrawn.status, 202);
  assert.match(withdrawn.page, /Your comment is withdrawn/);
  assert.match((await submit('/receipt?lang=en', { receipt })).page, /Withdrawn by you/);
});

test('a receipt that is none is said to be unknown, and stays in the field as text', async () => {
  const unknown = await submit('/receipt?lang=en', { receipt: '"><script>alert(1)</script>' });
  assert.equal(unknown.status, 404);
  assert.match(unknown.page, /This receipt is not known here/);
  assert.match(unknown.page, /value="&quot;&gt;&lt;script&gt;/);
  isPageOfOurs(unknown);
});
