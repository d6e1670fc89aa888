import type { Call } from '../contract/http.ts';
import { readSecret, type SecretHash } from './secrets.ts';

/** How long a session lasts at most: a working day with its evening. */
export const sessionHours = 12;

/** After how long without a request a session ends. ASVS 5.0 §7.3.1 asks for a figure argued from risk: NIST SP
 *  800-63B-4 names one hour for this level, and a desk is left for a meeting, not for a night. */
export const idleMinutes = 60;

// `__Host-`: browsers take it only over a secure connection, for this very host and for every path (RFC 6265bis).
const cookieName = '__Host-stet-session';

/** The header that sets a cookie which no script reads and no plain connection carries. */
export function cookieHeader(cookie: {
  name: string;
  value: string;
  seconds: number;
  sameSite: 'Strict' | 'Lax';
}): string {
  const { name, value, seconds, sameSite } = cookie;
  return `${name}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=${sameSite}`;
}

/** The header that hands a session to the browser. */
export function setCookie(secret: string): string {
  return cookieHeader({ name: cookieName, value: secret, seconds: sessionHours * 3600, sameSite: 'Strict' });
}

/** The header that takes the session from the browser. */
export const clearCookie = cookieHeader({ name: cookieName, value: '', seconds: 0, sameSite: 'Strict' });

/** Whether the request carries a session cookie at all, readable or not. */
export function hasCookie(call: Call): boolean {
  return cookieValues(call, cookieName).length > 0;
}

/** The session's site and hash from the cookie; undefined without one, and with a malformed one. */
export function readCookie(call: Call): SecretHash | undefined {
  return readSecret(readCookieValue(call, cookieName));
}

/** The value of a cookie; undefined without one, and with two: two readers of one request must not see different persons. */
export function readCookieValue(call: Call, name: string): string | undefined {
  const values = cookieValues(call, name);
  return values.length === 1 ? values[0] : undefined;
}

function cookieValues(call: Call, name: string): string[] {
  const header = call.headers['cookie'];
  const pairs = (typeof header === 'string' ? header : (header ?? []).join('; ')).split(';');
  return pairs
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
