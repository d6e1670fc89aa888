import type { Call } from '../contract/http.ts';
import { readSecret, type SecretHash } from './secrets.ts';

/** How long a session lasts at most: a working day with its evening. */
export const sessionHours = 12;

/** After how long without a request a session ends. ASVS 5.0 §7.3.1 asks for a figure argued from risk: NIST SP
 *  800-63B-4 names one hour for this level, and a desk is left for a meeting, not for a night. */
export const idleMinutes = 60;

// `__Host-`: browsers take it only over a secure connection, for this very host and for every path (RFC 6265bis).
const cookieName = '__Host-stet-session';

/** The header that hands a session to the browser. */
export function setCookie(secret: string): string {
  return `${cookieName}=${secret}; Path=/; Max-Age=${sessionHours * 3600}; Secure; HttpOnly; SameSite=Strict`;
}

/** The header that takes the session from the browser. */
export const clearCookie = `${cookieName}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict`;

/** Whether the request carries a session cookie at all, readable or not. */
export function hasCookie(call: Call): boolean {
  return cookieValues(call).length > 0;
}

/** The session's site and hash from the cookie; undefined without one, with a malformed one, or with two: two readers of
 *  one request must not see different persons. */
export function readCookie(call: Call): SecretHash | undefined {
  const values = cookieValues(call);
  return values.length === 1 ? readSecret(values[0]) : undefined;
}

function cookieValues(call: Call): string[] {
  const header = call.headers['cookie'];
  const pairs = (typeof header === 'string' ? header : (header ?? []).join('; ')).split(';');
  return pairs
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .map((pair) => pair.slice(cookieName.length + 1));
}
