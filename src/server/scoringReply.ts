import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reply } from '../scoring/exchange.ts';
import { type Fault, sendFault } from '../scoring/faults.ts';

const compress = promisify(gzip);

// Below it the answer fits into one packet either way.
const leastCompressed = 1_024;

/** Sends what the scoring room answered, compressed where the client said that it can read that. */
export async function sendReply(reply: FastifyReply, { status, headers, body }: Reply): Promise<FastifyReply> {
  const text = JSON.stringify(body);
  reply.code(status).headers(headers);
  if (Buffer.byteLength(text) < leastCompressed) return reply.send(text);
  addVary(reply, 'accept-encoding');
  if (!takesGzip(reply.request.headers['accept-encoding'])) return reply.send(text);
  return reply.header('content-encoding', 'gzip').send(await compress(text));
}

/** Sends a fault that stands before the room or outside of it. */
export function refuseScoring(request: FastifyRequest, reply: FastifyReply, fault: Fault): Promise<FastifyReply> {
  const legacy = (request.query as { '$.xgafv'?: unknown } | undefined)?.['$.xgafv'] === '1';
  return sendReply(reply, sendFault(fault, { legacy }));
}

/** Names one more header that the answer depends on. */
export function addVary(reply: FastifyReply, header: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', typeof before === 'string' ? `${before}, ${header}` : header);
}

// RFC 9110 §12.5.3: a weight of 0 is a no; `*` stands for what is not named.
function takesGzip(accepted: string | string[] | undefined): boolean {
  const parts = String(accepted ?? '')
    .toLowerCase()
    .split(',');
  const weights = new Map(
    parts.map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return [coding, q === undefined ? 1 : Number(q.slice(2))];
    }),
  );
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}
