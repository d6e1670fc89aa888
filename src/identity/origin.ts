import { readHeader, type Call } from '../contract/http.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { hasCookie } from './cookie.ts';

/** Refuses a request that carries a session cookie but was sent by a page of somebody else's. Requests without a cookie
 *  pass: a bearer token is never sent by a browser on its own. */
export function refuseForeign(call: Call, ownOrigins: readonly string[]): Refused | undefined {
  if (!hasCookie(call) || isBearer(call) || comesFromOwnPage(call, ownOrigins)) return undefined;
  return refused('origin_foreign');
}

/** Whether the request says that a page of this very host sent it, or no page at all. `none` is a person at the address
 *  bar, which no other page can bring about; `same-site` is a neighbour under the same domain and is refused. An Origin
 *  must be this host's by the Host header or one of our own: behind a proxy the Host may be another. */
export function comesFromOwnPage(call: Call, ownOrigins: readonly string[]): boolean {
  const site = call.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = call.headers['origin'];
  if (origin === undefined) return true;
  if (typeof origin !== 'string') return false;
  return ownOrigins.includes(origin) || isOfHost(origin, readHeader(call, 'host'));
}

function isOfHost(origin: string, host: string | undefined): boolean {
  const url = URL.parse(origin);
  return url !== null && host !== undefined && url.host !== '' && url.host === host.toLowerCase();
}

/** Whether the request brings a bearer token, good or bad: it then stands for the request, whatever cookie there is. */
export function isBearer(call: Call): boolean {
  return /^bearer(?: |$)/i.test(readHeader(call, 'authorization') ?? '');
}
