import { once } from 'node:events';
import { createServer } from 'node:net';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import type { Settings } from '../config/settings.ts';
import type { Store } from '../record/store.ts';
import { openWatch } from '../record/watch.ts';
import { addBodyParsers } from './bodies.ts';
import { watchDoors } from './doors.ts';
import { makeDrain } from './drain.ts';
import { nameError } from './errors.ts';
import { everyHeader, strictTransport } from './headers.ts';
import { createMetrics } from './metrics.ts';
import { mountRoutes, type Handlers } from './mount.ts';
import { operationHandlers } from './operations.ts';
import { openRooms } from './rooms.ts';
import { answerBadAddress, answerBadRequest } from './strays.ts';

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
  const host = nameHost(settings);
  const port = settings.port === 0 ? await findFreePort(host) : settings.port;
  const publicUrl = settings.publicUrl ?? makePublicUrl(settings.host, port);
  const watch = await openWatch(store);
  const rooms = openRooms({ ...deps, watch, publicUrl, log: (line: string) => app.log.warn(line) });
  let draining = false;
  const metrics = createMetrics(rooms.dispatch.waitingFigures, rooms.intake.countUnscreened);
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
  const doors = watchDoors(app.server);
  const close = makeDrain([
    [{ name: 'readiness', end: () => void (draining = true) }],
    [{ name: 'publication', end: () => rooms.publication.close() }],
    // What is owed is in the database by now or comes there without dispatch, so neither waits for the other.
    [
      { name: 'http', end: () => doors.close(() => app.close()) },
      { name: 'dispatch', end: () => rooms.dispatch.close() },
      { name: 'readers', end: () => rooms.readers.close() },
    ],
    [{ name: 'intake', end: () => rooms.intake.close() }],
    [{ name: 'automation', end: () => rooms.policy.close() }],
    [{ name: 'watch', end: () => watch.close() }],
    [{ name: 'store', end: () => store.close() }],
  ]);
  try {
    await listen(app, { host, port });
  } catch (error) {
    await close();
    throw error;
  }
  return { publicUrl, close };
}

// Fastify's own line about listening is left out: the command prints the address, and readers of logs have /readyz.
async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<void> {
  const { level } = app.log;
  app.log.level = 'warn';
  await app.listen(at);
  app.log.level = level;
}

function createApp(settings: Settings): FastifyInstance {
  const { logLevel, trustedProxies, publicUrl } = settings;
  const app = Fastify({
    // One line a request would be a record of who read what; only failures are logged, and never an address. On standard
    // error: standard output is for the addresses that the command prints.
    logger:
      logLevel === 'silent'
        ? false
        : {
            level: logLevel,
            stream: process.stderr,
            serializers: { req: () => ({}), res: () => ({}), err: nameError },
          },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: 65_536,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadRequest,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  });
  // One logger for all: one of its own for each request would carry a number that no other line has.
  app.log.child = () => app.log;
  addBodyParsers(app);
  const always = publicUrl?.startsWith('https:')
    ? { ...everyHeader, 'strict-transport-security': strictTransport }
    : everyHeader;
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(always);
    done();
  });
  return app;
}

// For the name Fastify would open a second server on ::1, which neither ends with the first nor answers what is no HTTP.
function nameHost({ host }: Settings): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}

/** On loopback the name is printed, not the number: a passkey needs a name, and browsers trust localhost. */
function makePublicUrl(host: string, port: number): string {
  const named = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host) ? 'localhost' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
}

// The rooms need the public address before the doors open, so a free port is found first.
async function findFreePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const bound = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof bound !== 'object' || bound === null) throw new Error('no port was bound');
  return bound.port;
}
