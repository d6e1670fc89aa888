import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type ConnectionSettings, endClient } from './connections.ts';

/** What a listener wants to hear. */
export type ListenHandlers = {
  /** The payload of one NOTIFY on the channel, in the order of the commits. */
  onMessage(payload: string): void;
  /** The connection is lost: from now on messages are missed, and what relies on them is no longer known to be fresh. */
  onLost(): void;
  /** The channel is heard (also the first time). What was read between the loss and now may already be old. */
  onBack?(): void;
};

export type Listener = {
  /** Ends the connection; no handler is called afterwards. Twice is once. */
  close(): Promise<void>;
};

const heartbeatMilliseconds = 10_000;
const longestWaitMilliseconds = 5_000;

/** Listens to a channel on a connection of its own, which comes back by itself after a loss. Resolves when the channel
 *  is heard or the first attempt failed; `onBack` tells which. A connection that went silent, as behind a router that
 *  forgot it, counts as lost after two heartbeats. Never throws. */
export async function listenTo(
  connection: ConnectionSettings,
  channel: string,
  handlers: ListenHandlers,
): Promise<Listener> {
  const closing = new AbortController();
  const { promise: tried, resolve: noteTried } = Promise.withResolvers<void>();
  const running = keepListening(connection, channel, { handlers, signal: closing.signal, noteTried });
  await tried;
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

type Life = { handlers: ListenHandlers; signal: AbortSignal; noteTried: () => void };

async function keepListening(connection: ConnectionSettings, channel: string, life: Life): Promise<void> {
  let wait = 0;
  while (!life.signal.aborted) {
    const heard = await listenOnce(connection, channel, life);
    life.noteTried();
    if (heard && !life.signal.aborted) life.handlers.onLost();
    wait = heard ? 50 : Math.min(Math.max(wait, 50) * 2, longestWaitMilliseconds);
    // Many processes lose the same server at the same moment, and should not come back in step.
    await pause(wait * (0.5 + Math.random() / 2), undefined, { signal: life.signal }).catch(() => {});
  }
}

/** One connection's life. True when the channel was heard at all. */
async function listenOnce(
  connection: ConnectionSettings,
  channel: string,
  { handlers, signal, noteTried }: Life,
): Promise<boolean> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: 10_000,
    query_timeout: heartbeatMilliseconds,
  });
  const ended = new Promise<void>((resolve) => void client.once('end', resolve));
  client.on('error', () => {});
  client.on('notification', ({ payload }) => {
    if (!signal.aborted) handlers.onMessage(payload ?? '');
  });
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch {
    await client.end().catch(() => {});
    return false;
  }
  if (!signal.aborted) handlers.onBack?.();
  noteTried();
  await beatUntilEnd(client, ended, signal);
  await endClient(client);
  return true;
}

async function beatUntilEnd(client: pg.Client, ended: Promise<void>, signal: AbortSignal): Promise<void> {
  let over = false;
  const sleeping = new AbortController();
  const wake = (): void => {
    over = true;
    sleeping.abort();
  };
  void ended.then(wake);
  signal.addEventListener('abort', wake, { once: true });
  if (signal.aborted) wake();
  while (!over) {
    await pause(heartbeatMilliseconds, undefined, { signal: sleeping.signal }).catch(() => {});
    if (!over) await client.query('select 1').catch(wake);
  }
  signal.removeEventListener('abort', wake);
}
