import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Answer, Call } from '../../src/contract/http.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import type { PublishedComment, Thread } from '../../src/contract/thread.ts';
import { createPublication, type Publication, type PublicationDeps } from '../../src/publication/publication.ts';
import { keepRows, type Kept } from '../../src/record/kept.ts';
import type { Store } from '../../src/record/store.ts';
import { openWatch, type Watch } from '../../src/record/watch.ts';

/** One server process's part in publication: its own watch, memory and room, over a database that others use too. */
export type Process = {
  publication: Publication;
  kept: Kept;
  watch: Watch;
  /** Where the watch connects to listen: changing it keeps a lost watch from coming back. */
  listen: { port?: number | undefined; host?: string | undefined };
  /** Milliseconds by which this process's clock runs ahead. */
  clock: { ahead: number };
  /** Process number of the PostgreSQL backend that listens for this process. */
  listenerPid: number;
  get(route: RouteName, address?: Partial<Call>): Promise<Answer>;
  /** The thread in JSON; fails on any other answer than 200. */
  thread(query?: Record<string, string>): Promise<Thread>;
  ids(): Promise<string[]>;
  close(): Promise<void>;
};

/** Opens a process. `clock` is real time unless the test moves it on. */
export async function openProcess(
  store: Store,
  { site = 'a', story = 's', ...deps }: Partial<PublicationDeps> & { site?: string; story?: string } = {},
): Promise<Process> {
  const listen = { ...store.listen };
  const clock = { ahead: 0 };
  const before = await listListeners(store);
  const watch = await openWatch({ ...store, listen }, () => performance.now() + clock.ahead);
  const [listenerPid = 0] = (await listListeners(store)).filter((pid) => !before.includes(pid));
  const kept = keepRows(store, watch);
  const publication = createPublication({ store, watch, kept, publicUrl: 'https://stet.example', ...deps });
  const get = async (route: RouteName, more: Partial<Call> = {}): Promise<Answer> => {
    const handle = publication.handlers[route];
    assert.ok(handle, route);
    return handle({ ...callOf(site, story), ...more });
  };
  const thread = async (query: Record<string, string> = {}): Promise<Thread> =>
    JSON.parse(readBody(await get('getThread', { query })));
  const ids = async (): Promise<string[]> => (await thread()).comments.map(({ id }: PublishedComment) => id);
  const close = async (): Promise<void> => {
    publication.close();
    await watch.close();
  };
  return { publication, kept, watch, listen, clock, listenerPid, get, thread, ids, close };
}

function callOf(site: string, story: string): Call {
  const params = { site, story };
  return { params, query: {}, headers: {}, body: undefined, isForm: false, address: '192.0.2.1', now: new Date() };
}

/** The body of an answer with status 200, as text. */
export function readBody(answer: Answer): string {
  assert.equal(answer.outcome, 'answered', JSON.stringify(answer));
  assert.equal(answer.outcome === 'answered' && answer.status, 200);
  const body = answer.outcome === 'answered' ? answer.body : undefined;
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Waits for a condition; fails after a minute without it. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await pause(5)) if (await holds()) return;
  assert.fail(`never came: ${what}`);
}

/** Runs a statement as the owner of the database: what no part of the product does while it serves. */
export async function asOwner(store: Store, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(store.owner);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

async function listListeners(store: Store): Promise<number[]> {
  const { rows } = await asOwner(
    store,
    `select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
  );
  return rows.map(({ pid }: { pid: number }) => pid);
}
