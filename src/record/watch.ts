import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject } from '../contract/json.ts';
import { listenTo, type Listener } from '../storage/listen.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** What a change is about: a readers' row came or went, the newsroom featured one or does no longer, a site or story was
 *  saved, a token was made or revoked; for the desk that comments came in, a claim was taken or given back, a comment moved
 *  on, an appeal came, somebody came to the desk or left it; that somebody may have lost a session, an account or a role; and
 *  that a verdict was given which takes effect later. */
const kinds = [
  'published',
  'removed',
  'featured',
  'site',
  'story',
  'token',
  'held',
  'claimed',
  'released',
  'decided',
  'appealed',
  'presence',
  'access',
  'pending',
] as const;

/** A change that a transaction announced. */
export type Change = {
  kind: (typeof kinds)[number];
  site: string;
  story: string | null;
  id: string | null;
};

/** How long what is kept in memory may be served after our own notice last came back. PostgreSQL delivers notices in
 *  the order of commits, so a notice that came back proves that every earlier change was heard. */
export const leaseMilliseconds = 800;

const renewMilliseconds = 250;
const patienceMilliseconds = 500;
const channel = 'stet';

/** Hears every change of the record, from this process or another. */
export type Watch = {
  /** Whether everything committed until `leaseMilliseconds` ago has been heard. While false, memory must not be served. */
  isFresh(): boolean;
  /** Calls `hear` for every change, and with undefined when changes may have been missed: forget everything. Returns
   *  what ends it. */
  subscribe(hear: (change: Change | undefined) => void): () => void;
  /** Resolves once every change committed before the call was heard, or after half a second without an answer. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
};

/** Begins to listen. `clock` gives monotonic milliseconds. Resolves when the first notice came back or could not: a
 *  database without LISTEN (PgBouncer without DATABASE_DIRECT_URL) leaves the watch not fresh, and readers are served
 *  from the database. */
export async function openWatch(store: Store, clock: () => number = () => performance.now()): Promise<Watch> {
  const hearers = new Set<(change: Change | undefined) => void>();
  const sent = new Map<string, Beat>();
  let heardUntil = -Infinity;
  let closed = false;

  const tellAll = (change: Change | undefined): void => {
    for (const hear of hearers) hear(change);
  };
  const onMessage = (payload: string): void => {
    const change = parseChange(payload);
    if (change !== 'beat') return tellAll(change);
    const beat = sent.get(payload);
    if (!beat) return;
    sent.delete(payload);
    if (forgetMissed(sent, beat.at)) {
      heardUntil = -Infinity;
      tellAll(undefined);
    } else heardUntil = Math.max(heardUntil, beat.at);
    beat.heard();
  };
  const onLost = (): void => {
    heardUntil = -Infinity;
    sent.clear();
    tellAll(undefined);
  };
  // Whoever read between the loss and the return may hold what is old by now: everything is forgotten twice.
  const onBack = (): void => {
    // What was sent before the channel was heard again cannot come.
    forgetMissed(sent, clock());
    tellAll(undefined);
  };
  const listener: Listener = await listenTo(store.listen, channel, { onMessage, onLost, onBack });

  const beat = async (): Promise<void> => {
    const payload = JSON.stringify({ kind: 'beat', id: randomUUID() });
    for (const [old, { at }] of sent) if (clock() - at > 10_000) sent.delete(old);
    const { promise: returned, resolve: heard } = Promise.withResolvers<void>();
    const mine: Beat = { at: clock(), heard };
    sent.set(payload, mine);
    const notified = store.writer.query(sql`select pg_notify(${channel}, ${payload})`);
    // A failed beat is no failure of its own: the lease runs out and memory is not served.
    await notified.then(
      () => (mine.committedAt = clock()),
      () => sent.delete(payload),
    );
    await Promise.race([returned, pause(patienceMilliseconds)]);
  };
  const timer = setInterval(() => void beat(), renewMilliseconds);
  timer.unref();
  await beat();

  return {
    isFresh: () => !closed && clock() - heardUntil < leaseMilliseconds,
    subscribe: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    catchUp: beat,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await listener.close();
    },
  };
}

type Beat = { at: number; heard: () => void; committedAt?: number };

/** Forgets the own notices that were committed before a time and have not come back. True where there were any: heard
 *  out of their order, others were missed as well. A PgBouncer in transaction mode lets a listener hear the little that
 *  comes while one of its own statements runs. */
function forgetMissed(sent: Map<string, Beat>, before: number): boolean {
  const missed = [...sent].filter(([, { committedAt = Infinity }]) => committedAt < before);
  for (const [payload] of missed) sent.delete(payload);
  return missed.length > 0;
}

function parseChange(payload: string): Change | 'beat' | undefined {
  const value: unknown = JSON.parse(payload);
  if (!isObject(value)) return undefined;
  const { kind, site, story, id } = value;
  if (kind === 'beat') return 'beat';
  const known = kinds.find((one) => one === kind);
  if (known === undefined || typeof site !== 'string') return undefined;
  return { kind: known, site, story: typeof story === 'string' ? story : null, id: typeof id === 'string' ? id : null };
}
