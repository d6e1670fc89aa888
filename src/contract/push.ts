import { isObject } from './json.ts';

/** Where a browser is reached, as its push service gave it (`PushSubscription.toJSON()`): keys in base64url. */
export type PushTarget = { endpoint: string; keys: { p256dh: string; auth: string } };

/** What a browser is told, encrypted for it alone. `url` is below this server's own address. */
export type PushMessage = { title: string; body: string; url: string; tag: string; lang: string; dir: 'ltr' | 'rtl' };

/** The push services of the browsers' makers. A target names any address it likes; only these are called, and what an
 *  operator adds (`PUSH_SERVICES`). */
const knownServices = ['fcm.googleapis.com', 'push.services.mozilla.com', 'push.apple.com', 'notify.windows.com'];

const mostEndpoint = 1000;

/** Where the worker that shows messages stands. Its scope is its folder, in which no page lies: it sees no request of any. */
export const pushWorker = '/push/worker.js';

/** The target in a body; undefined for what is none. */
export function parsePushTarget(value: unknown): PushTarget | undefined {
  if (!isObject(value) || !isObject(value['keys'])) return undefined;
  const { endpoint } = value;
  const { p256dh, auth } = value['keys'];
  if (typeof endpoint !== 'string' || endpoint.length > mostEndpoint || !URL.canParse(endpoint)) return undefined;
  // An uncompressed point of P-256 has 65 bytes and begins with 4; the secret has 16 (RFC 8291).
  if (typeof p256dh !== 'string' || !/^B[\w-]{86}=?$/.test(p256dh)) return undefined;
  if (typeof auth !== 'string' || !/^[\w-]{22}(?:==)?$/.test(auth)) return undefined;
  return { endpoint, keys: { p256dh, auth } };
}

/** Whether an endpoint is a push service that may be called: a known one or one of `more`, which are host names, or origins.
 *  By a name it is called by https at the standard port, and only where it is public; an origin is the operator's own word,
 *  and may be `private`. */
export function weighEndpoint(endpoint: string, more: readonly string[]): 'public' | 'private' | 'refused' {
  const url = URL.parse(endpoint);
  if (!url || url.username || url.password) return 'refused';
  if (more.includes(url.origin)) return 'private';
  const isKnown = [...knownServices, ...more].some(
    (host) => url.hostname === host || url.hostname.endsWith(`.${host}`),
  );
  return isKnown && url.protocol === 'https:' && url.port === '' ? 'public' : 'refused';
}
