import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listAddresses } from '../support/addresses.ts';
import { connectRaw } from '../support/rawHttp.ts';
import { startServer, type TestServer } from '../support/server.ts';

// S-LEAK-1 of threats.md: what stands nowhere in a public answer is posted on every way in, and every public address is read.
// That nothing of it is in a log or on a disk is held by privacy.test.ts.
const canary = (word: string): string => `canary${word}q7`;
const address = '198.51.100.77';

type Held = { id: string; version: number; receipt: string };

let server: TestServer;
let published: Held;
const secret = new Set<string>();
const stream: { received?: Promise<string>; end?: () => void } = {};

before(async () => {
  server = await startServer({ settings: { trustedProxies: ['127.0.0.1'] } });
  const listening = await connectRaw(server.url);
  listening.send('GET /api/v1/sites/sample/stories/welcome/events HTTP/1.1\r\nHost: x\r\n\r\n');
  Object.assign(stream, { received: listening.received, end: () => listening.socket.destroy() });
  await writeEverywhere();
});
after(() => server.stop());

test('nothing that was held, refused, taken down, appealed, reported or kept for its author is in any public answer', async () => {
  const ids = [published.id, ...(await allIds())];
  let seen = 0;
  for (const answer of await readEverything(ids)) {
    for (const word of secret)
      assert.ok(!answer.text.toLowerCase().includes(word.toLowerCase()), `${word} at ${answer.address}`);
    if (answer.text.includes(canary('Published'))) seen += 1;
  }
  // That the crawl would have found them: what was approved stands in page, thread, fragment and three feeds.
  assert.ok(seen >= 6, `the published one was found ${seen} times`);
});

test('readers who listen heard of the published one alone', async () => {
  stream.end?.();
  const heard = (await stream.received) ?? '';
  assert.ok(heard.includes(canary('Published')));
  // What was taken down was published before.
  const published = new Set([canary('Removed'), canary('NameRemoved')]);
  for (const word of secret.difference(published)) assert.ok(!heard.includes(word), word);
});

test("an author sees of the desk what the statement of reasons says, and nobody's name", async () => {
  const { receipt } = await post('Rejected again');
  await decide(await row('Rejected again'), 'reject');
  const answer = await server.fetch('/api/v1/receipts', jsonBody({ receipt }));
  const text = await answer.text();
  assert.equal(answer.status, 200);
  for (const word of [canary('Moderator'), 'program', 'actor', 'network', 'screening', 'fingerprint', address]) {
    assert.ok(!text.includes(word), word);
  }
});

test('whether an address, a name or a receipt is known cannot be told from an answer', async () => {
  const shapes = await Promise.all(
    [
      `${published.receipt.slice(0, -4)}AAAA`,
      published.receipt.slice(2),
      'A'.repeat(published.receipt.length),
      'x',
    ].map(async (receipt) => {
      const answer = await server.fetch('/api/v1/receipts', jsonBody({ receipt }));
      return `${answer.status} ${await answer.text()}`;
    }),
  );
  assert.equal(new Set(shapes).size, 1, shapes.join('\n'));
  const ids = [...(await allIds()).slice(0, 3), '00000000-0000-4000-8000-000000000000'].filter(
    (id) => id !== published.id,
  );
  const reports = await Promise.all(
    ids.map(async (id) => {
      const answer = await server.fetch(`/api/v1/comments/${id}/reports`, jsonBody({ reason: 'other', detail: 'x' }));
      return `${answer.status} ${await answer.text()}`;
    }),
  );
  assert.equal(new Set(reports).size, 1, `a held comment is not told from one that never was: ${reports.join('\n')}`);
});

/** Every way on which a reader's words come in, and every state that they end in. */
async function writeEverywhere(): Promise<void> {
  const approved = await post('Published');
  await decide(await row('Published'), 'approve');
  published = { ...approved, version: 2 };
  for (const word of ['Held', 'Rejected', 'Withdrawn', 'Removed']) await post(word);
  await post('Reply', published.id);
  await postForm('Form');
  await decide(await row('Rejected'), 'reject');
  await decide(await row('Removed'), 'approve');
  const removed = await row('Removed', 'approved');
  await desk(`comments/${removed.id}/removal`, {
    guideline: 'attack',
    explanation: canary('Explanation'),
    version: removed.version,
  });
  const receipts = await receiptsByText;
  await expect(202, server.fetch('/api/v1/receipts/withdraw', jsonBody({ receipt: receipts.get('Withdrawn') })));
  await expect(
    202,
    server.fetch('/api/v1/receipts/appeal', jsonBody({ receipt: receipts.get('Rejected'), text: canary('Appeal') })),
  );
  const report = {
    reason: 'illegal',
    detail: canary('Report'),
    name: canary('Reporter'),
    email: `${canary('reportmail')}@example.org`,
  };
  await expect(202, server.fetch(`/api/v1/comments/${published.id}/reports`, jsonBody(report)));
  await server.signIn({ email: `${canary('moderator')}@example.org` });
  for (const word of ['Held', 'Rejected', 'Withdrawn', 'Removed', 'Reply', 'Form'])
    secret.add(canary(word)).add(canary(`Name${word}`));
  for (const word of ['Appeal', 'Report', 'Reporter', 'Explanation', 'mail', 'reportmail', 'moderator', 'agent'])
    secret.add(canary(word));
  for (const receipt of receipts.values()) secret.add(receipt);
  secret.add(address).add('198.51.100').add('198-51-100');
}

const receiptsByText = Promise.resolve(new Map<string, string>());

async function post(word: string, parentId?: string): Promise<{ id: string; receipt: string }> {
  const name = word === 'Published' ? 'Ada' : canary(`Name${word.replace(' ', '')}`);
  const sent = {
    name,
    text: `${canary(word.replace(' ', ''))} says so.`,
    email: `${canary('mail')}@example.org`,
    parentId,
  };
  const answer = await expect(202, server.fetch('/api/v1/sites/sample/stories/welcome/comments', jsonBody(sent)));
  const held = JSON.parse(answer) as { id: string; receipt: string };
  (await receiptsByText).set(word, held.receipt);
  return held;
}

async function postForm(word: string): Promise<void> {
  const { token } = JSON.parse(await expect(200, server.fetch('/api/v1/sites/sample/stories/welcome/form'))) as {
    token: string;
  };
  const body = new URLSearchParams({
    name: canary(`Name${word}`),
    text: canary(word),
    email: `${canary('mail')}@example.org`,
    token,
  }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-forwarded-for': address,
    'user-agent': canary('agent'),
  };
  await expect(202, server.fetch('/api/v1/sites/sample/stories/welcome/comments', { method: 'POST', body, headers }));
}

async function row(word: string, state = 'held'): Promise<{ id: string; version: number }> {
  const { comments } = JSON.parse(await desk(`queue?site=sample&limit=200&state=${state}`)) as {
    comments: { id: string; version: number; text: string }[];
  };
  const found = comments.find(({ text }) => text.startsWith(canary(word.replace(' ', ''))));
  assert.ok(found, word);
  return found;
}

async function decide({ id, version }: { id: string; version: number }, verdict: 'approve' | 'reject'): Promise<void> {
  const ground = verdict === 'reject' ? { guideline: 'attack', explanation: canary('Explanation') } : {};
  await desk(`comments/${id}/decisions`, { verdict, version, ...ground });
}

let bearer: Promise<string> | undefined;

async function desk(path: string, body?: object): Promise<string> {
  const headers = { authorization: `Bearer ${await (bearer ??= server.token('desk'))}` };
  const init = body ? jsonBody(body) : {};
  const answer = await server.fetch(`/api/v1/desk/${path}`, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), ...headers },
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.text();
}

function jsonBody(body: object): RequestInit {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address, 'user-agent': canary('agent') };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

async function expect(status: number, asked: Promise<Response>): Promise<string> {
  const answer = await asked;
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  return text;
}

async function allIds(): Promise<string[]> {
  const states = ['held', 'rejected', 'removed', 'withdrawn'];
  const pages = await Promise.all(states.map((state) => desk(`queue?site=sample&limit=200&state=${state}`)));
  return pages.flatMap((page) => (JSON.parse(page) as { comments: { id: string }[] }).comments.map(({ id }) => id));
}

/** What nobody with no credentials is told at every address of the table, with every id and every parameter that readers use. */
async function readEverything(ids: readonly string[]): Promise<{ address: string; text: string }[]> {
  const thread = '/api/v1/sites/sample/stories/welcome';
  const addresses = new Set<string>();
  for (const { name, route, address: place } of listAddresses()) {
    if (name !== 'getThreadEvents') addresses.add(`${route.method} ${place}`);
  }
  for (const sort of ['newest', 'oldest', 'replies'])
    addresses.add(`GET ${thread}/thread?sort=${sort}&limit=200`).add(`GET ${thread}/thread.html?sort=${sort}`);
  addresses
    .add('GET /api/v1/counts?site=sample&story=welcome')
    .add(`GET /s/sample/welcome?q=${canary('Held')}`)
    .add('GET /metrics');
  for (const id of ids) {
    addresses
      .add(`GET /s/sample/welcome?comment=${id}`)
      .add(`GET /s/sample/welcome?reply=${id}`)
      .add(`GET ${thread}/thread?after=${id}`);
    addresses
      .add(`GET ${thread}/thread?parent=${id}`)
      .add(`GET /api/v1/desk/comments/${id}`)
      .add(`GET /s/sample/welcome?report=${id}`);
  }
  return Promise.all(
    [...addresses].map(async (each) => {
      const [method = '', place = ''] = each.split(' ');
      const answer = await server.fetch(place, { method });
      const headers = [...answer.headers].join('\n');
      return { address: each, text: `${headers}\n${await answer.text()}` };
    }),
  );
}
