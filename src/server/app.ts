import Fastify, { LogController, type FastifyInstance } from 'fastify';
import type { ScoreOnlySettings } from '../config/settings.ts';
import { nameError } from './errors.ts';
import { everyHeader, strictTransport } from './headers.ts';
import { answerBadAddress, answerBadRequest } from './strays.ts';

/** The HTTP library, set up as every server of ours has it, without a route. */
export function createApp(settings: ScoreOnlySettings): FastifyInstance {
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
    // The router's own paths cannot hold an escaped dollar, which some clients write.
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/%24discovery/') ? `/$${url.slice(4)}` : url),
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadRequest,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  });
  // One logger for all: one of its own for each request would carry a number that no other line has.
  app.log.child = () => app.log;
  const always = publicUrl?.startsWith('https:')
    ? { ...everyHeader, 'strict-transport-security': strictTransport }
    : everyHeader;
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(always);
    done();
  });
  return app;
}
