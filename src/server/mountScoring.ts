import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { scoringBodyBytes } from '../contract/routes.ts';
import type { Head, Reply } from '../scoring/exchange.ts';
import { addressUnknown, methodUnknown } from '../scoring/faults.ts';
import type { Received, Scoring } from '../scoring/scoring.ts';
import { explainScoringFailure } from './errors.ts';
import type { ScoringMetrics } from './scoringMetrics.ts';
import { addVary, refuseScoring, sendReply } from './scoringReply.ts';

type Mounting = { scoring: Scoring; origins: readonly string[]; metrics: ScoringMetrics };

/** What a request became, from its head to its answer. */
type UnderWay = { began: number; call: Received['call']; take?: (body: Uint8Array | undefined) => Promise<Reply> };

// Whole folders, so that what is wrong below them is refused as the contract has it.
const folders = ['/v1alpha1/*', '/$discovery/*', '/perspective/*'];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Mounts the scoring contract beside Stet's own addresses: with a body of bytes, a key in place of a session, Google's
 *  envelope for every no, and no origin but those that are named. */
export function mountScoring(app: FastifyInstance, mounting: Mounting): void {
  const underWay = new WeakMap<FastifyRequest, UnderWay>();
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // JSON is parsed in the room: its faults are the contract's.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.setErrorHandler((error, request, reply) =>
      refuseScoring(request, reply, explainScoringFailure(error, request.log, reply)),
    );
    scope.addHook('onResponse', (request, reply, finished) => {
      const { call, began } = underWay.get(request) ?? { call: 'none', began: performance.now() };
      mounting.metrics.count(call, reply.statusCode, (performance.now() - began) / 1000);
      finished();
    });
    for (const url of folders) {
      scope.route({
        method: methods,
        url,
        bodyLimit: scoringBodyBytes,
        onRequest: async (request, reply) => receive(request, reply, { ...mounting, underWay }),
        handler: async (request, reply) => {
          const { body } = request;
          const answer = await underWay.get(request)?.take?.(body instanceof Uint8Array ? body : undefined);
          return answer ? sendReply(reply, answer) : refuseScoring(request, reply, addressUnknown());
        },
      });
    }
    done();
  });
}

async function receive(
  request: FastifyRequest,
  reply: FastifyReply,
  { scoring, origins, underWay }: Mounting & { underWay: WeakMap<FastifyRequest, UnderWay> },
): Promise<FastifyReply | undefined> {
  const began = performance.now();
  const isAllowed = addCors(request, reply, origins);
  if (request.method === 'OPTIONS') {
    underWay.set(request, { began, call: 'none' });
    return isAllowed
      ? reply.code(204).headers(preflightHeaders).send()
      : refuseScoring(request, reply, methodUnknown(['GET', 'POST']));
  }
  const { call, next } = await scoring.receive(readHead(request), (leave) => void reply.raw.once('close', leave));
  underWay.set(request, next.outcome === 'waiting' ? { began, call, take: next.take } : { began, call });
  return next.outcome === 'reply' ? sendReply(reply, next) : undefined;
}

function readHead(request: FastifyRequest): Head {
  const [path = ''] = request.url.split('?', 1);
  return { method: request.method, path, query: request.query as Head['query'], headers: request.headers };
}

/** Whether the request's origin is one of those that were named. Nobody's is by itself: a key in a page is public. */
function addCors(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): boolean {
  if (origins.length === 0) return false;
  addVary(reply, 'origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after, x-stet-model',
  });
  return true;
}

const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, x-goog-api-key',
  'access-control-max-age': '600',
};
