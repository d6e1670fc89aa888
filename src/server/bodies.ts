import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { refused, type Refused } from '../contract/refusals.ts';

/** A refusal on its way out of Fastify's own machinery (body parsing), which knows only errors. */
export class BodyRefusal extends Error {
  readonly refusal: Refused;

  constructor(refusal: Refused) {
    super(refusal.refusal.reason);
    this.refusal = refusal;
  }
}

/** Teaches the server its two kinds of body. Bytes that are no UTF-8 are refused rather than replaced: what is
 *  published is what was sent. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    parseWith(parseJson, body, done);
  });
  app.addContentTypeParser<Buffer>(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, body, done) => {
      parseWith(parseForm, body, done);
    },
  );
}

/** Lets a route have bodies of any type, unread: mail providers send a form of their own choice (RFC 8058). */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.on('end', () => done(null)).on('error', done);
    payload.resume();
  });
}

function parseWith(
  parse: (text: string) => unknown,
  body: Buffer,
  done: (error: Error | null, body?: unknown) => void,
): void {
  let value: unknown;
  try {
    if (!isUtf8(body)) throw new SyntaxError('not UTF-8');
    value = parse(body.toString('utf8'));
  } catch {
    return done(new BodyRefusal(refused('body_malformed')));
  }
  done(null, value);
}

function parseJson(text: string): unknown {
  // An empty body is an absent one: some clients send the header all the same.
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

// URLSearchParams would turn broken percent sequences into U+FFFD; decodeURIComponent throws. A field that comes twice is
// refused: whoever looked at the form before us may have gone by the other one.
function parseForm(text: string): Record<string, string> {
  const fields: [string, string][] = text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
  const form = Object.fromEntries(fields);
  if (Object.keys(form).length !== fields.length) throw new SyntaxError('a field came twice');
  return form;
}

function decode(part: string): string {
  return decodeURIComponent(part.replaceAll('+', ' '));
}
