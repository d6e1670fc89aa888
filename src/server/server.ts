import type { Settings } from '../config/settings.ts';
import type { Store } from '../record/store.ts';
import { openWatch } from '../record/watch.ts';
import { listen, settleAddress } from './address.ts';
import { createApp } from './app.ts';
import { addBodyParsers } from './bodies.ts';
import { watchDoors } from './doors.ts';
import { makeDrain } from './drain.ts';
import { createMetrics } from './metrics.ts';
import { mountRoutes, type Handlers } from './mount.ts';
import { mountScoring } from './mountScoring.ts';
import { operationHandlers } from './operations.ts';
import { openRooms } from './rooms.ts';

export type ServerDeps = {
  settings: Settings;
  store: Store;
  /** The installation's secret. */
  secret: string;
  version: string;
  /** Where the built scripts and styles are. */
  assetsFolder: string;
  /** The clock of the product; tests pin it. */
  now: () => Date;
};

export type RunningServer = {
  /** The address to print, as readers know it. */
  publicUrl: string;
  /** Ends everything in order, the store included. Resolves with the names of steps that failed. */
  close: () => Promise<readonly string[]>;
};

/** Assembles the rooms and listens. Rejects with the operating system's error when the port is taken. */
export async function startServer(deps: ServerDeps): Promise<RunningServer> {
  const { settings, store } = deps;
  const app = createApp(settings);
  addBodyParsers(app);
  const address = await settleAddress(settings);
  const { publicUrl } = address;
  const watch = await openWatch(store);
  let draining = false;
  const metrics = createMetrics(
    () => rooms.dispatch.waitingFigures(),
    () => rooms.intake.countUnscreened(),
  );
  const rooms = openRooms({
    ...deps,
    watch,
    publicUrl,
    log: (line) => app.log.warn(line),
    countUnknownFields: (fields) => metrics.scoring.countUnknownFields(fields),
  });
  metrics.addReaders(rooms.readers.figures);
  const handlers: Handlers = {
    ...rooms.handlers,
    ...operationHandlers({ store, metrics, version: deps.version, isDraining: () => draining }),
  };
  mountRoutes(app, handlers, {
    kept: rooms.kept,
    identify: rooms.identify,
    refuseForeign: rooms.refuseForeign,
    now: deps.now,
    settle: () => watch.catchUp(),
    count: metrics.count,
  });
  mountScoring(app, { scoring: rooms.scoring, origins: settings.scoring.origins, metrics: metrics.scoring });
  const doors = watchDoors(app.server);
  const close = makeDrain([
    [{ name: 'readiness', end: () => void (draining = true) }],
    [
      { name: 'publication', end: () => rooms.publication.close() },
      { name: 'live desk', end: () => rooms.liveDesk.close() },
    ],
    // What is owed is in the database by now or comes there without dispatch, so neither waits for the other.
    [
      { name: 'http', end: () => doors.close(() => app.close()) },
      { name: 'dispatch', end: () => rooms.dispatch.close() },
      { name: 'readers', end: () => rooms.readers.close() },
      { name: 'pending decisions', end: () => rooms.carryingOut.close() },
      { name: 'sorting', end: () => rooms.sorting.close() },
    ],
    [{ name: 'intake', end: () => rooms.intake.close() }],
    [{ name: 'automation', end: () => rooms.policy.close() }],
    [{ name: 'watch', end: () => watch.close() }],
    [{ name: 'store', end: () => store.close() }],
  ]);
  try {
    await listen(app, address);
  } catch (error) {
    await close();
    throw error;
  }
  return { publicUrl, close };
}
