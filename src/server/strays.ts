import type { Socket } from 'node:net';
import type { ConnectionError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { translate } from '../contract/messages.ts';
import { refused } from '../contract/refusals.ts';
import { routes, type Route } from '../contract/routes.ts';
import { addressUnknown, invalidRequest } from '../scoring/faults.ts';
import { isScoringAddress } from '../scoring/place.ts';
import { sendRefusal } from './answers.ts';
import { everyHeader } from './headers.ts';
import { refuseScoring } from './scoringReply.ts';

const table = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  shape: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}/?$`),
}));

/** Answers what no route takes: another method than the address knows (with `Allow`), or no such address. */
export function answerStrays(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    if (isScoringAddress(request.url)) return refuseScoring(request, reply, addressUnknown());
    const [path = ''] = request.url.split('?');
    const methods = new Set<string>(table.filter(({ shape }) => shape.test(path)).map(({ method }) => method));
    if (methods.has('GET')) methods.add('HEAD');
    if (methods.size === 0 || methods.has(request.method)) return sendRefusal(reply, { reason: 'not_found' });
    reply.header('allow', [...methods].join(', '));
    return sendRefusal(reply, { reason: 'method_unknown' });
  });
}

/** Answers an address that cannot be read, before there is a route. Fastify's own answer would repeat it. */
export function answerBadAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(everyHeader);
  if (isScoringAddress(request.url))
    return void refuseScoring(request, reply, invalidRequest('The address is malformed.'));
  void sendRefusal(reply, { reason: 'parameter_malformed', field: 'path' });
}

/** Answers what is no HTTP at all, or too much of it in the headers, and hangs up. */
export function answerBadRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { refusal } = refused('body_malformed');
  const body = JSON.stringify({ refusal: { ...refusal, detail: translate('en', 'refusal.body_malformed') } });
  const headers = {
    ...everyHeader,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
