import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  onRequestHookHandler,
} from 'fastify';
import type { Answer, Call, Handler } from '../contract/http.ts';
import type { Principal } from '../contract/principal.ts';
import type { Refusal, Refused } from '../contract/refusals.ts';
import { routes, type Route, type RouteName } from '../contract/routes.ts';
import type { Kept } from '../record/kept.ts';
import { sendAnswered, sendRefusal } from './answers.ts';
import { ignoreBodies } from './bodies.ts';
import { allowOrigin, preflightHeaders } from './cors.ts';
import { explainThrown } from './errors.ts';
import { answerStrays } from './strays.ts';

export type Handlers = Partial<Record<RouteName, Handler>>;

export type Mounting = {
  kept: Kept;
  identify: (call: Call) => Promise<Principal | undefined>;
  /** Names the refusal for a cookie that somebody else's page made the browser send. */
  refuseForeign: (call: Call) => Refused | undefined;
  now: () => Date;
  /** Resolves when this process has heard of everything committed before: awaited after each change of what readers
   *  see, so that whoever made it never meets the page of before. */
  settle: () => Promise<void>;
  count: (name: RouteName, answer: Answer) => void;
};

const settledRoutes: ReadonlySet<RouteName> = new Set([
  'postDecision',
  'postDecisions',
  'postRemoval',
  'postReversal',
  'postNewsroomReply',
  'putFeatured',
  'deleteFeatured',
  'postErasure',
  'postAppealDecision',
  'postWithdrawal',
  'postReceiptPage',
  'putAutomation',
  'putGuideline',
  'putGuidelineOrder',
  'putSettings',
  'postSettingUndo',
  'postToken',
  'deleteToken',
  'putStory',
]);

/** Mounts every handler at its route of the table. Throws at start when a handler has no route. */
export function mountRoutes(app: FastifyInstance, handlers: Handlers, mounting: Mounting): void {
  for (const name of Object.keys(handlers) as RouteName[]) {
    const handle = handlers[name];
    if (handle) mountWithBodies(app, { name, handle, route: routes[name] }, mounting);
  }
  app.setErrorHandler((error, request, reply) => {
    const { refusal } = explainThrown(error, request.log, reply);
    return sendRefusal(reply, refusal);
  });
  answerStrays(app);
}

type Mounted = { name: RouteName; handle: Handler; route: Route };

function mountWithBodies(app: FastifyInstance, mounted: Mounted, mounting: Mounting): void {
  if (!mounted.route.ignoresBody) return mountRoute(app, mounted, mounting);
  // Parsers belong to a scope of the library: this route has one of its own.
  app.register(async (scope) => {
    ignoreBodies(scope);
    mountRoute(scope, mounted, mounting);
  });
}

function mountRoute(app: FastifyInstance, mounted: Mounted, mounting: Mounting): void {
  const { name, handle, route } = mounted;
  const isPublicApi = route.credentials === 'none' && /^\/api\/v1\/(?!desk\/)/.test(route.path);
  const isSettled = settledRoutes.has(name);
  const principals = new WeakMap<FastifyRequest, Principal>();
  const finish = (reply: FastifyReply, answer: Answer): unknown => {
    mounting.count(name, answer);
    if (answer.outcome === 'refused') return sendRefused(reply, answer, mounting.kept);
    const sent = sendAnswered(reply, answer);
    // A stream has sent nothing yet: Fastify would end it empty if it had no reply to wait for.
    return answer.body instanceof Object && Symbol.asyncIterator in answer.body ? sent : undefined;
  };
  app.route({
    method: route.method,
    url: route.path,
    ...(route.bodyBytes === undefined ? {} : { bodyLimit: route.bodyBytes }),
    onRequest:
      route.credentials === 'none' ? admitAnybody(mounting, { isPublicApi }) : admitKnown(mounting, principals),
    // What is in memory is answered without a promise: a promise costs a fragment a tenth of its time.
    handler: (request, reply) => {
      const answer = handle(readCall(request, mounting.now(), principals.get(request)));
      if (!(answer instanceof Promise) && !isSettled) return finish(reply, answer);
      return settleAnswer(answer, isSettled ? mounting.settle : undefined).then((settled) => finish(reply, settled));
    },
  });
  if (isPublicApi && !app.hasRoute({ method: 'OPTIONS', url: route.path })) {
    app.options(route.path, async (request, reply) => {
      const allowed = await addCors(mounting.kept, request, reply);
      return reply
        .code(204)
        .headers(allowed ? preflightHeaders : {})
        .send();
    });
  }
}

function settleAnswer(answer: Answer | Promise<Answer>, settle: (() => Promise<void>) | undefined): Promise<Answer> {
  const answered = Promise.resolve(answer);
  return settle ? answered.then((value) => settle().then(() => value)) : answered;
}

/** Lets every request in, with the CORS headers of its origin. Most name no origin and wait for nothing. */
function admitAnybody({ kept }: Mounting, { isPublicApi }: { isPublicApi: boolean }): onRequestHookHandler {
  return (request, reply, done) => {
    if (request.headers['content-encoding']) return void sendRefusal(reply, { reason: 'media_type_unknown' });
    if (!isPublicApi) return done();
    // Fastify goes on when the promise does; `done` is for those that need none.
    if (request.headers.origin !== undefined) return addCors(kept, request, reply).then(() => {});
    reply.header('vary', 'origin');
    done();
  };
}

/** Lets in whose credentials are known; 401 before anything else is looked at. */
function admitKnown(mounting: Mounting, principals: WeakMap<FastifyRequest, Principal>): onRequestAsyncHookHandler {
  return async (request, reply) => {
    const call = readCall(request, mounting.now());
    const principal = await mounting.identify(call);
    if (!principal) return sendRefusal(reply, mounting.refuseForeign(call)?.refusal ?? refuseUnknown(request));
    if (request.headers['content-encoding']) return sendRefusal(reply, { reason: 'media_type_unknown' });
    principals.set(request, principal);
    return undefined;
  };
}

function refuseUnknown({ headers }: FastifyRequest): Refusal {
  const brings = headers.authorization !== undefined || headers.cookie !== undefined;
  return { reason: brings ? 'credentials_unknown' : 'credentials_missing' };
}

/** Sends a refusal with its sentence in the language of the site that the address names. */
async function sendRefused(reply: FastifyReply, { refusal }: Refused, kept: Kept): Promise<FastifyReply> {
  const { site } = reply.request.params as { site?: string };
  const language = site === undefined ? undefined : (await kept.findSite(site))?.language;
  return sendRefusal(reply, refusal, language);
}

/** Whether the request's origin was allowed. The answer varies by origin either way, so that no cache mixes them up. */
async function addCors(kept: Kept, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  reply.header('vary', 'origin');
  const { origin } = request.headers;
  if (origin === undefined) return false;
  const { site } = request.params as { site?: unknown };
  const named = site ?? (request.query as { site?: unknown }).site;
  const allowed = await allowOrigin(kept, { origin, site: named });
  if (allowed) reply.headers(allowed);
  return allowed !== undefined;
}

function readCall(request: FastifyRequest, now: Date, principal?: Principal): Call {
  return {
    params: request.params as Record<string, string>,
    query: request.query as Call['query'],
    headers: request.headers,
    body: request.body,
    isForm: request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false,
    // Undefined, whatever its type says, once the client has hung up.
    address: request.ip ?? '',
    now,
    principal,
  };
}
