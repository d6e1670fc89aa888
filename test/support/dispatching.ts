import { startDispatch, type Dispatch, type DispatchDeps } from '../../src/dispatch/dispatch.ts';
import { mailSignIn } from '../../src/identity/moderators.ts';
import { keepRows } from '../../src/record/kept.ts';
import { openWatch } from '../../src/record/watch.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { freshDatabase } from './postgres.ts';
import { secret } from './newsroom.ts';
import type { Store } from '../../src/record/store.ts';

/** A database with a clock that only the test moves, and dispatchers of as many servers as it wants. */
export type Dispatching = {
  store: Store;
  clock: { now: Date };
  /** Everything the dispatchers wrote into the log. */
  lines: string[];
  /** One server's dispatcher, with pools of its own. */
  start(more?: Partial<DispatchDeps>): Promise<Dispatch>;
  remove(): Promise<void>;
};

/** A fresh database at a pinned time. */
export async function prepareDispatching(): Promise<Dispatching> {
  const { database, settings, remove } = await freshDatabase();
  const clock = { now: new Date('2026-11-02T10:00:30Z') };
  const lines: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  const start = async (more: Partial<DispatchDeps> = {}): Promise<Dispatch> => {
    const store = await openDatabase(settings);
    const watch = await openWatch(store);
    const dispatch = startDispatch({
      store,
      kept: keepRows(store, watch),
      secret,
      publicUrl: 'https://talk.news.example',
      mailSignIn: (account, now) => mailSignIn(store, account, now),
      now: () => clock.now,
      log: (line) => lines.push(line),
      ...more,
    });
    let ended: Promise<void> | undefined;
    const end = async (): Promise<void> => {
      await dispatch.close();
      await watch.close();
      await store.close();
    };
    const close = (): Promise<void> => (ended ??= end());
    ends.push(close);
    return { ...dispatch, close };
  };
  return {
    store: database,
    clock,
    lines,
    start,
    remove: async () => {
      await Promise.all(ends.map((end) => end()));
      await remove();
    },
  };
}
