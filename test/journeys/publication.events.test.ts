import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { after, before, beforeEach, it } from 'node:test';
import type { Answer } from '../../src/contract/http.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';
import { addSite, addStory, publishComment, removeComment } from '../support/published.ts';
import { asOwner, openProcess, until, type Process } from '../support/publishing.ts';

const streams = { most: 4, mostEach: 3 };

type Heard = { events: { name: string; data: unknown }[]; ended: boolean; leave(): Promise<void> };

/** Listens as a browser does, in the background. */
function listen(answer: Answer): Heard {
  assert.ok(answer.outcome === 'answered' && answer.status === 200);
  const { body } = answer;
  assert.ok(typeof body === 'object' && Symbol.asyncIterator in body, 'a stream');
  const iterator = body[Symbol.asyncIterator]();
  const heard: Heard = { events: [], ended: false, leave: async () => void (await iterator.return?.()) };
  const read = async (): Promise<void> => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const matches = String(next.value).matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm);
      for (const [, name = '', data = ''] of matches) heard.events.push({ name, data: JSON.parse(data) });
    }
    heard.ended = true;
  };
  void read();
  return heard;
}

let fresh: FreshDatabase;
let story = '';
let stories = 0;
const store = (): FreshDatabase['database'] => fresh.database;
const withProcess = async (work: (process: Process) => Promise<void>): Promise<void> => {
  const process = await openProcess(store(), { story, streams });
  try {
    await until(() => process.watch.isFresh(), 'a fresh watch');
    await work(process);
  } finally {
    await process.close();
  }
};
const listenTo = async (process: Process, address = '192.0.2.1'): Promise<Heard> =>
  listen(await process.get('getThreadEvents', { address }));
const last = ({ events }: Heard): unknown => events.at(-1);

before(async () => {
  fresh = await freshDatabase();
  await addSite(store(), 'a');
});
after(() => fresh.remove());
beforeEach(async () => {
  story = `s${(stories += 1)}`;
  await addStory(store(), 'a', story);
});

it('server-sent events of a story are refused with 503 beyond what a network and the process may hold', () =>
  withProcess(async (process) => {
    const open = async (address: string): Promise<string> => {
      const answer = await process.get('getThreadEvents', { address });
      if (answer.outcome === 'refused') return answer.refusal.reason;
      listen(answer);
      return 'open';
    };
    assert.deepEqual(
      [await open('192.0.2.1'), await open('192.0.2.2'), await open('192.0.2.3'), await open('192.0.2.4')],
      ['open', 'open', 'open', 'overloaded'],
    );
    assert.deepEqual([await open('198.51.100.1'), await open('203.0.113.1')], ['open', 'overloaded']);
  }));

it('server-sent events of a story count the whole network of a reader, whichever of its addresses ask', async () => {
  const refusedOf = async (first: string, ...others: string[]): Promise<string[]> => {
    const process = await openProcess(store(), { story, streams: { most: 9, mostEach: 1 } });
    try {
      await until(() => process.watch.isFresh(), 'a fresh watch');
      await listenTo(process, first);
      const answers = others.map(async (address) => (await process.get('getThreadEvents', { address })).outcome);
      const outcomes = await Promise.all(answers);
      return others.filter((_, at) => outcomes[at] === 'refused');
    } finally {
      await process.close();
    }
  };
  const same = ['192.0.2.255', '::ffff:192.0.2.9', '::ffff:c000:209'];
  assert.deepEqual(await refusedOf('192.0.2.1', ...same, '192.0.3.1', '2001:db8::1'), same);
  assert.deepEqual(await refusedOf('2001:db8:1::1', '2001:db8:1:ffff::9', '2001:db8:2::1'), ['2001:db8:1:ffff::9']);
  assert.deepEqual(await refusedOf('', 'unknown', '192.0.2.1'), ['unknown']);
});

it('server-sent events of a story tell of a comment in the public shape, of its removal by id, and of the count after each', () =>
  withProcess(async (process) => {
    const heard = await listenTo(process);
    await until(() => heard.events.length === 1, 'the count at the beginning');
    assert.deepEqual(last(heard), { name: 'count', data: { count: 0 } });
    const text = 'Two\nlines <b>';
    const id = await publishComment(store(), 'a', story, { text });
    await until(() => heard.events.length === 3, 'the comment');
    const [comment] = (await process.thread()).comments;
    assert.deepEqual(heard.events.slice(1), [
      { name: 'published', data: comment },
      { name: 'count', data: { count: 1 } },
    ]);
    await removeComment(store(), 'a', id, text);
    await until(() => heard.events.length === 5, 'the removal');
    assert.deepEqual(heard.events.slice(3), [
      { name: 'removed', data: { id } },
      { name: 'count', data: { count: 0 } },
    ]);
  }));

it('server-sent events of a story come in the order of the decisions, and end with the count that holds', () =>
  withProcess(async (process) => {
    const heard = await listenTo(process);
    const ids: string[] = [];
    for (let at = 0; at < 12; at += 1) ids.push(await publishComment(store(), 'a', story));
    const told = (): string[] =>
      heard.events.filter(({ name }) => name === 'published').map(({ data }) => (data as { id: string }).id);
    // A count is read when it is told, and may be ahead of comments whose turn comes after it.
    const isLast = (): boolean =>
      told().length === 12 && JSON.stringify(last(heard)) === JSON.stringify({ name: 'count', data: { count: 12 } });
    await until(isLast, 'the last count');
    assert.deepEqual(told(), ids);
  }));

it('server-sent events of a story say nothing of other stories', () =>
  withProcess(async (process) => {
    const heard = await listenTo(process);
    await addStory(store(), 'a', `${story}-other`);
    await publishComment(store(), 'a', `${story}-other`);
    await process.watch.catchUp();
    await publishComment(store(), 'a', story);
    await until(() => heard.events.length === 3, 'the comment');
    assert.deepEqual(
      heard.events.map(({ name }) => name),
      ['count', 'published', 'count'],
    );
  }));

it('server-sent events of a story end when something may have been missed, so that the reader begins anew', () =>
  withProcess(async (process) => {
    const heard = await listenTo(process);
    await asOwner(store(), `select pg_terminate_backend(${process.listenerPid})`);
    await until(() => heard.ended, 'the end');
  }));

it('server-sent events of a story send a reader away while nothing can be heard', () =>
  withProcess(async (process) => {
    process.clock.ahead += 60_000;
    const answer = await process.get('getThreadEvents');
    assert.ok(answer.outcome === 'answered' && answer.status === 200);
    assert.equal(answer.body, 'retry: 30000\n\n');
  }));

it('server-sent events of a story end with the server, and with a story that is withdrawn', () =>
  withProcess(async (process) => {
    const heard = await listenTo(process);
    await addStory(store(), 'a', story, { withdrawn: true });
    await until(() => heard.ended, 'the end');
    await addStory(store(), 'a', story);
    await process.watch.catchUp();
    const other = await listenTo(process);
    process.publication.close();
    await until(() => other.ended, 'the end');
  }));

it('server-sent events of a story leave nothing behind when readers go away, through HTTP', () =>
  withProcess(async (process) => {
    const server = createServer(async (_request, response) => {
      const answer = await process.get('getThreadEvents');
      if (answer.outcome === 'refused') return void response.writeHead(503).end();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const readable = Readable.from(answer.body as AsyncIterable<string>);
      response.on('close', () => readable.destroy());
      return void readable.pipe(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    const url = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
    const open = async (): Promise<number> => {
      const leaving = new AbortController();
      const response = await fetch(url, { signal: leaving.signal });
      if (response.ok) await response.body?.getReader().read();
      leaving.abort();
      return response.status;
    };
    // More than may be open at once, each gone before the next one counts.
    for (let at = 0; at < 12; at += 1) await until(async () => (await open()) === 200, `stream ${at}`);
    server.closeAllConnections();
    server.close();
  }));
