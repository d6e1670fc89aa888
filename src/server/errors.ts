import type { FastifyBaseLogger, FastifyReply } from 'fastify';
import { refused, type Refused } from '../contract/refusals.ts';
import { scoringBodyBytes } from '../contract/routes.ts';
import { bodyInvalid, bodyTooLarge, type Fault, mediaTypeUnknown, unavailable } from '../scoring/faults.ts';
import { BodyRefusal } from './bodies.ts';

/** Seconds after which a client may try again when the machine, not the reader, is at fault. */
const retrySeconds = 5;

/** The refusal for whatever was thrown. Only this file catches. Bugs and broken databases are logged by code and
 *  message: a PostgreSQL error's detail holds row contents, so it is never written. */
export function explainThrown(error: unknown, log: FastifyBaseLogger, reply: FastifyReply): Refused {
  if (error instanceof BodyRefusal) return error.refusal;
  // Who hangs up in the middle of a body can do so without end and has left nothing to mend: no line in the log. Told by
  // the request's own error, since a database that hangs up has the same code.
  if (error !== undefined && error === reply.request.raw.errored) return refused('body_malformed');
  const code = readCode(error);
  const known = fastifyRefusals[code];
  if (known) return refused(known);
  log.error({ code, route: reply.request.routeOptions.url, thrown: describe(error) }, 'a request failed');
  return refused('unavailable', { retryAfterSeconds: retrySeconds });
}

/** The scoring contract's fault for whatever was thrown under one of its addresses. A failure is logged by its kind and
 *  place alone: what an engine says of a text may repeat it. */
export function explainScoringFailure(error: unknown, log: FastifyBaseLogger, reply: FastifyReply): Fault {
  if (error !== undefined && error === reply.request.raw.errored)
    return bodyInvalid('', 'The body did not come whole.');
  const code = readCode(error);
  const known = fastifyRefusals[code];
  if (known === 'body_too_large') return bodyTooLarge(scoringBodyBytes);
  if (known === 'media_type_unknown') return mediaTypeUnknown();
  if (known !== undefined) return bodyInvalid('', 'The body did not come whole.');
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : [];
  const kind = error instanceof Error ? error.name : typeof error;
  log.error({ code, route: reply.request.routeOptions.url, thrown: [kind, ...frames].join('\n') }, 'a scoring failed');
  return unavailable(retrySeconds);
}

/** What an act throws, in its own words; undefined when it throws nothing. For acts on words of ours only. */
export function findProblem(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const fastifyRefusals: Readonly<
  Record<string, 'body_too_large' | 'body_malformed' | 'media_type_unknown' | 'parameter_malformed'>
> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_malformed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unknown',
  FST_ERR_CTP_INVALID_TYPE: 'media_type_unknown',
  FST_ERR_BAD_URL: 'parameter_malformed',
  // A QUERY, which is answered nowhere, has to name its content before Fastify says so.
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'media_type_unknown',
};

function readCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** What Fastify's own log lines may say of an error: neither the fields that pg adds, which repeat rows, nor a request. */
export function nameError(error: Error): { type: string; message: string; stack: string } {
  return { type: readCode(error), message: '', stack: describe(error) };
}

// The message of a constraint violation names the constraint, not the row; the stack shows where, not what.
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
