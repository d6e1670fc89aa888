import { pagePolicy } from './pagePolicy.ts';
import type { Principal } from './principal.ts';
import { refused, type Refused } from './refusals.ts';
import { parsed, type Parsed } from './json.ts';

/** A request as the rooms see it, without the HTTP library. */
export type Call = {
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** JSON or form fields, not yet parsed by `contract/`. */
  body: unknown;
  /** Whether the body came as a plain form, so that the answer is a page. */
  isForm: boolean;
  /** The client's address, believed from TRUSTED_PROXIES only. Lives in memory and is never written anywhere. */
  address: string;
  now: Date;
  /** Present on routes that ask for credentials. */
  principal?: Principal | undefined;
};

/** What a room answers. An object becomes JSON; an async iterable is sent as it comes and ends when the reader leaves. */
export type Answer =
  | Refused
  | {
      outcome: 'answered';
      status: number;
      headers?: Readonly<Record<string, string | string[]>>;
      body?: string | Uint8Array | object | AsyncIterable<string>;
    };

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** An answer with a JSON body. Never cached unless `headers` says so. */
export function answerJson(status: number, body: object, headers: Record<string, string> = {}): Answer {
  return { outcome: 'answered', status, headers: { 'cache-control': 'no-store', ...headers }, body };
}

/** 204. */
export function answerEmpty(headers: Record<string, string> = {}): Answer {
  return { outcome: 'answered', status: 204, headers: { 'cache-control': 'no-store', ...headers } };
}

/** An answer with a page that loads only this server's own style and script, and that nobody frames unless `headers` say
 *  otherwise. */
export function answerHtml(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return {
    outcome: 'answered',
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `${pagePolicy}; frame-ancestors 'none'`,
      ...headers,
    },
    body,
  };
}

/** The one value of a query parameter. Two values are refused: two readers of one request must not see different sites. */
export function readParameter(call: Call, name: string): Parsed<string | undefined> {
  const value = call.query[name];
  if (value === undefined || typeof value === 'string') return parsed(value === '' ? undefined : value);
  return refused('parameter_malformed', { field: name });
}

/** A whole number from a query parameter, clamped into the range; `standard` when it is absent. */
export function readNumber(
  call: Call,
  name: string,
  range: { least: number; most: number; standard: number },
): Parsed<number> {
  const value = readParameter(call, name);
  if (value.outcome === 'refused') return value;
  if (value.value === undefined) return parsed(range.standard);
  if (!/^\d+$/.test(value.value)) return refused('parameter_malformed', { field: name });
  return parsed(Math.min(Math.max(Number(value.value), range.least), range.most));
}

/** The one value of a header, or undefined where there is none or several. */
export function readHeader(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return typeof value === 'string' ? value : undefined;
}
