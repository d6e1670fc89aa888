import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { RefusedBody } from '../../src/web/api.ts';
import { createSite } from '../../src/cli/createSite.ts';
import { addModerator, removeModerator } from '../../src/identity/moderators.ts';
import { revokeToken } from '../../src/identity/tokens.ts';
import { asOwner } from '../support/publishing.ts';
import { holdComment } from '../support/deskPage.ts';
import { listenToDesk, signInByHttp, type Listener } from '../support/deskStream.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let dana: { cookie: string };
let sami: { cookie: string };

before(async () => {
  server = await startServer();
  dana = await signInByHttp(server, { email: 'dana@example.org', role: 'moderator' });
  sami = await signInByHttp(server, { email: 'sami@example.org', role: 'editor' });
});
after(() => server.stop());

const events = (site = 'sample'): string => `/api/v1/desk/sites/${site}/events`;

async function send(
  who: Record<string, string>,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: RefusedBody & Record<string, unknown> }> {
  const headers = { ...who, 'content-type': 'application/json', origin: server.url };
  const response = await server.fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

const claim = (who: { cookie: string }, body: object): ReturnType<typeof send> =>
  send(who, 'POST', '/api/v1/desk/claims', body);

async function withListener(who: Record<string, string>, work: (listener: Listener) => Promise<void>): Promise<void> {
  const listener = await listenToDesk(server, who);
  try {
    await listener.hear('begun');
    await work(listener);
  } finally {
    listener.leave();
  }
}

describe('the live desk is heard by nobody', () => {
  test('without credentials, with a token of another scope, on a site without an account', async () => {
    assert.equal((await server.fetch(events())).status, 401);
    const stories = { authorization: `Bearer ${await server.token('stories')}` };
    assert.equal((await server.fetch(events(), { headers: stories })).status, 403);
    for (const site of ['nowhere', "x'", '%00'])
      assert.ok((await server.fetch(events(site), { headers: dana })).status >= 400);
    const foreign = { ...dana, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    assert.equal((await server.fetch(events(), { headers: foreign })).status, 403);
  });

  test('after they signed out, and the stream of a second session goes on', async () => {
    const leaver = { email: 'leaver@example.org', role: 'moderator' as const };
    const first = await signInByHttp(server, leaver);
    const second = await signInByHttp(server, leaver);
    await withListener(first, (one) =>
      withListener(second, async (other) => {
        assert.equal((await send(first, 'DELETE', '/api/v1/desk/session')).status, 204);
        await waitUntil(one.hasEnded, 'the end');
        const id = await holdComment(server, { text: 'After somebody left.' });
        await claim(sami, { comment: id });
        await other.hear('claimed', (data) => data['id'] === id);
        assert.ok(!one.heard.some(({ data }) => data['id'] === id));
      }),
    );
  });

  test('after their account was removed, and after their token was revoked', async () => {
    const gone = { email: 'gone@example.org', role: 'moderator' as const };
    await withListener(await signInByHttp(server, gone), async (listener) => {
      await removeModerator(server.store, { site: 'sample', email: gone.email }, server.now());
      await waitUntil(listener.hasEnded, 'the end');
    });
    const token = { authorization: `Bearer ${await server.token('desk')}` };
    await withListener(token, async (listener) => {
      await revokeToken(server.store, { site: 'sample', program: 'desk of the tests' }, server.now());
      await waitUntil(listener.hasEnded, 'the end');
    });
  });
});

describe('the live desk tells nobody', () => {
  test('about comments of other sections than their own', async () => {
    const limited = { site: 'sample', email: 'sport@example.org', role: 'moderator', sections: ['sport'] } as const;
    const stories = { authorization: `Bearer ${await server.token('stories')}` };
    const story = { headline: 'The match', byline: 'B', published: '2026-03-01', language: 'en', text: 'It was.' };
    await send(stories, 'PUT', '/api/v1/sites/sample/stories/match', { ...story, section: 'sport' });
    const secret = await addModerator(server.store, limited, server.now());
    await withListener(await signInByHttp(server, limited, secret), async (listener) => {
      const other = await holdComment(server, { text: 'Of no section.' });
      const own = await holdComment(server, { text: 'Of the section.', story: 'match' });
      await claim(sami, { comment: other });
      await claim(sami, { comment: own });
      await listener.hear('claimed', ({ id }) => id === own);
      assert.ok(!JSON.stringify(listener.heard).includes(other));
      await addModerator(server.store, { ...limited, sections: [] }, server.now());
      await waitUntil(listener.hasEnded, 'the end: they hear with other ears now');
    });
  });

  test('beyond four streams of one account, and a colleague still comes in', async () => {
    const many = await signInByHttp(server, { email: 'many@example.org', role: 'moderator' });
    const open = await Promise.all([1, 2, 3, 4].map(() => listenToDesk(server, many)));
    const refused = await server.fetch(events(), { headers: many });
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    await withListener(sami, async () => {});
    for (const listener of open) listener.leave();
    // Free again once the server has noticed.
    const again = await waitUntil(() => listenToDesk(server, many).catch(() => undefined), 'a stream is free again');
    again.leave();
  });
});

test('a desk hears of claims, takings over, givings back and decisions, and no word of anybody', async () => {
  await withListener(dana, async (listener) => {
    const text = 'A sentence that stands in no event.';
    const id = await holdComment(server, { name: 'Nobody Told', text });
    const isIt = (data: Record<string, unknown>): boolean => data['id'] === id;
    assert.equal((await claim(dana, { comment: id })).status, 200);
    const { account } = await listener.hear('begun');
    const mine = await listener.hear('claimed', isIt);
    assert.deepEqual([mine['by'], mine['account']], ['dana', account]);

    const from = listener.heard.length;
    assert.equal((await claim(sami, { comment: id, takeOver: true })).status, 200);
    const taken = await listener.hear('claimed', isIt, from);
    assert.equal(taken['by'], 'sami');
    assert.notEqual(taken['account'], account);
    assert.deepEqual(Object.keys(taken).toSorted(), ['account', 'by', 'expiresAt', 'id']);

    assert.equal((await send(sami, 'DELETE', `/api/v1/desk/claims/${id}`)).status, 204);
    assert.deepEqual(await listener.hear('released', isIt, from), { id });
    const explanation = 'Words for the author alone.';
    const verdict = { verdict: 'reject', guideline: 'attack', explanation, version: 1 };
    assert.equal((await send(sami, 'POST', `/api/v1/desk/comments/${id}/decisions`, verdict)).status, 201);
    const decided = await listener.hear('decided', isIt, from);
    assert.equal(decided['state'], 'rejected');
    assert.equal((decided['decision'] as { by: string }).by, 'sami');
    const all = JSON.stringify(listener.heard);
    for (const word of [text, 'Nobody Told', explanation]) assert.ok(!all.includes(word), word);
  });
});

test('a desk hears that comments came in, with how many wait, and of appeals', async () => {
  await withListener(dana, async (listener) => {
    const first = await listener.hear('held');
    const posted = await send({}, 'POST', '/api/v1/sites/sample/stories/welcome/comments', {
      name: 'Ada',
      text: 'Hello.',
    });
    assert.equal(posted.status, 202);
    await listener.hear('held', (data) => data['count'] === Number(first['count']) + 1);
    const { id, receipt } = posted.body;
    const verdict = { verdict: 'reject', guideline: 'attack', version: 1 };
    await send(sami, 'POST', `/api/v1/desk/comments/${String(id)}/decisions`, verdict);
    await send({}, 'POST', '/api/v1/receipts/appeal', { receipt, text: 'I meant no harm.' });
    assert.deepEqual(await listener.hear('appealed', (data) => data['id'] === id), { id });
    assert.ok(!JSON.stringify(listener.heard).includes('no harm'));
  });
});

test('a desk of another server process hears the same', async () => {
  const other = await server.another();
  await withListener(dana, async (listener) => {
    const id = await holdComment(server, { text: 'Claimed elsewhere.' });
    const headers = { ...sami, 'content-type': 'application/json', origin: other.url };
    const body = JSON.stringify({ comment: id });
    await fetch(`${other.url}/api/v1/desk/claims`, { method: 'POST', headers, body });
    await listener.hear('claimed', (data) => data['id'] === id && data['by'] === 'sami');
  });
});

test('who is at the desk is told by name with the comment before them, and forgotten when they leave', async () => {
  const names = (data: Record<string, unknown>): string[] =>
    (data['people'] as { name: string; comments: string[] }[]).map(({ name, comments }) =>
      [name, ...comments].join(' '),
    );
  await withListener(dana, async (listener) => {
    await listener.hear('presence', (data) => names(data).join() === 'dana');
    const id = await holdComment(server, { text: 'Somebody sits before it.' });
    const robot = { authorization: `Bearer ${await server.token('desk')}` };
    await withListener(robot, () =>
      withListener(sami, async (colleague) => {
        const { tab } = await colleague.hear('begun');
        const look = (who: Record<string, string>, body: object): Promise<number> =>
          send(who, 'PUT', '/api/v1/desk/sites/sample/presence', body).then(({ status }) => status);
        assert.equal(await look(dana, { tab, comment: id }), 404, 'somebody else moves one');
        assert.equal(await look(sami, { tab: randomUUID(), comment: id }), 404);
        assert.equal(await look(sami, { tab, comment: 'none' }), 422);
        assert.equal(await look(sami, { tab: 'none' }), 422);
        assert.equal(await look({}, { tab }), 401);
        assert.equal(await look(robot, { tab, comment: id }), 404);
        assert.equal(await look(sami, { tab, comment: id }), 204);
        await listener.hear('presence', (data) => names(data).join() === `dana,sami ${id}`);
        assert.equal(await look(sami, { tab, comment: null }), 204);
      }),
    );
    const from = listener.heard.length;
    await listener.hear('presence', (data) => names(data).join() === 'dana', Math.max(0, from - 1));
  });
});

test('one stream tells of all of one’s sites and of no other, and ends when one of them is lost', async () => {
  const names = { valley: 'The Valley Gazette', tide: 'The Tide' };
  for (const [site, name] of Object.entries(names))
    await createSite(server.store, { site, name, language: 'en', origins: [] }, server.now());
  const email = 'both@example.org';
  await server.signIn({ email, role: 'moderator' });
  const both = await signInByHttp(server, { site: 'valley', email, role: 'editor' });
  const nour = await signInByHttp(server, { site: 'valley', email: 'nour@example.org', role: 'editor' });
  const tess = await signInByHttp(server, { site: 'tide', email: 'tess@example.org', role: 'editor' });
  const listener = await listenToDesk(server, both, '*');
  const [here, there] = await Promise.all(
    ['sample', 'valley'].map((site) => listener.hear('begun', (data) => data['site'] === site)),
  );
  assert.equal(here?.['tab'], there?.['tab']);
  assert.notEqual(here?.['account'], there?.['account']);
  const secret = await holdComment(server, { site: 'tide', text: 'Of the tide.' });
  assert.equal((await claim(tess, { comment: secret })).status, 200);
  for (const [who, site] of [
    [sami, 'sample'],
    [nour, 'valley'],
  ] as const) {
    const id = await holdComment(server, { site, text: 'Of one of them.' });
    assert.equal((await claim(who, { comment: id })).status, 200);
    await listener.hear('claimed', (data) => data['id'] === id);
    const look = { tab: here?.['tab'], comment: id };
    assert.equal((await send(both, 'PUT', `/api/v1/desk/sites/${site}/presence`, look)).status, 204);
    await listener.hear('presence', (data) => data['site'] === site && JSON.stringify(data).includes(id));
  }
  const told = JSON.stringify(listener.heard);
  assert.ok(!told.includes(secret) && !told.includes('tide'), told);
  await removeModerator(server.store, { site: 'valley', email }, server.now());
  await waitUntil(listener.hasEnded, 'the end');
});

test('a stream ends when something may have been missed', async () => {
  await withListener(dana, async (listener) => {
    // What a connection that listens asked last is its heartbeat, once it has lasted some seconds.
    const listeners = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and (query ilike 'listen %' or query = 'select 1')`;
    await asOwner(server.store, listeners);
    await waitUntil(listener.hasEnded, 'the end');
  });
});

describe('taking over', () => {
  test('is for editors while a claim stands, and for anybody after it lapsed', async () => {
    const id = await holdComment(server, { text: 'Held by one.' });
    await addModerator(server.store, { site: 'sample', email: 'mo@example.org', role: 'moderator' }, server.now());
    const mo = await signInByHttp(server, { email: 'mo@example.org', role: 'moderator' });
    assert.equal((await claim(dana, { comment: id })).status, 200);
    assert.equal((await claim(mo, { comment: id, takeOver: 'yes' })).status, 422);
    const refused = await claim(mo, { comment: id, takeOver: true });
    assert.equal(refused.body.refusal?.reason, 'claimed_by_another');
    assert.equal((refused.body.claim as { by: string }).by, 'dana');
    assert.equal((await claim(sami, { comment: id })).status, 409, 'not without saying so');
    assert.equal((await claim(sami, { comment: id, takeOver: true })).status, 200);
    const late = await send(dana, 'POST', `/api/v1/desk/comments/${id}/decisions`, { verdict: 'approve', version: 1 });
    assert.equal(late.body.refusal?.reason, 'claimed_by_another');
    server.pass(11);
    assert.equal((await claim(mo, { comment: id, takeOver: true })).status, 200);
  });
});
