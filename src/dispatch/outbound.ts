import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './publicAddress.ts';

/** A POST to an address that the newsroom configured, or to a browser's push service. */
export type Outbound = {
  url: string;
  body: string | Uint8Array;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

/** Who answered with what status, or why nobody was asked. `refused` did not open a connection. */
export type OutboundAnswer =
  | { outcome: 'answered'; status: number }
  | { outcome: 'refused'; reason: 'address_malformed' | 'address_private' }
  | { outcome: 'unreachable'; reason: string };

export type Address = { address: string; family: number };

/** The addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

export type OutboundLimits = { allowPrivate: boolean; resolve?: Resolve; milliseconds?: number };

const answerMilliseconds = 10_000;
const answerBytes = 65_536;

/** The one way out of this house besides mail. The name is resolved once, every address it has must be public, and the
 *  connection goes to the address that was checked, so that a second answer of the name server changes nothing.
 *  Redirects are not followed, the whole call ends within ten seconds, and of the answer the status alone counts. */
export async function sendOutbound(outbound: Outbound, limits: OutboundLimits): Promise<OutboundAnswer> {
  const url = URL.parse(outbound.url);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    return { outcome: 'refused', reason: 'address_malformed' };
  }
  const signal = AbortSignal.any([outbound.signal, AbortSignal.timeout(limits.milliseconds ?? answerMilliseconds)]);
  try {
    const pinned = await pinAddress(url, limits, signal);
    if (pinned === 'unknown') return { outcome: 'unreachable', reason: 'ENOTFOUND' };
    if (pinned === 'private') return { outcome: 'refused', reason: 'address_private' };
    return { outcome: 'answered', status: await post(url, pinned, { ...outbound, signal }) };
  } catch (error) {
    return { outcome: 'unreachable', reason: nameFailure(error, signal) };
  }
}

/** The address that a call to this URL goes to, resolved once; `private` where one of the name's addresses is not public and
 *  that is not allowed, `unknown` where it has none. Throws what the name server answers, and when `signal` ends it. */
export async function pinAddress(
  url: URL,
  { allowPrivate, resolve = resolveName }: OutboundLimits,
  signal: AbortSignal,
): Promise<Address | 'private' | 'unknown'> {
  // Decimal, octal and short forms of an address have become its usual form in the URL parser.
  const addresses = await untilAborted(resolve(url.hostname.replace(/^\[|\]$/g, '')), signal);
  const [pinned] = addresses;
  if (!pinned) return 'unknown';
  return allowPrivate || addresses.every(({ address }) => isPublicAddress(address)) ? pinned : 'private';
}

/** A lookup that answers the pinned address, whatever the name server says by now. */
export function lookupPinned(pinned: Address): LookupFunction {
  return (_hostname, options, done) => {
    if (options.all) done(null, [pinned]);
    else done(null, pinned.address, pinned.family);
  };
}

async function resolveName(hostname: string): Promise<Address[]> {
  return lookup(hostname, { all: true, verbatim: true });
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('aborted'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function post(url: URL, pinned: Address, { body, headers, signal }: Omit<Outbound, 'url'>): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent: false,
      lookup: lookupPinned(pinned),
      signal,
      maxHeaderSize: 16_384,
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
    };
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      let bytes = 0;
      // Read to its end, within bounds, so that the other side sees an orderly close.
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > answerBytes) response.destroy();
      });
      response.on('error', () => {});
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function nameFailure(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'timeout';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'failed';
}
