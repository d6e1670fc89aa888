import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readCookieValue, cookieHeader } from './cookie.ts';
import type { Call } from '../contract/http.ts';

/** How long somebody may take at the identity provider. */
export const attemptMinutes = 10;

/** One sign-in under way, known to this browser alone: state, nonce and the verifier of PKCE are all derived from the secret
 *  in its cookie, so that the database keeps nothing that would let anybody else finish it. */
export type Attempt = {
  state: string;
  nonce: string;
  verifier: string;
  /** Under which it is kept until it is finished, once. */
  name: string;
  /** What was noted when it began. The browser keeps it, and could have written anything. */
  note: string | undefined;
};

/** The sign-ins under way of one kind of person, by the cookie that they are known by. */
export type OidcAttempts = {
  /** A fresh attempt, with the header that hands its secret to the browser. */
  make(note: string | undefined): { attempt: Attempt; setCookie: string };
  /** The attempt that this browser began, where the callback carries its state; undefined otherwise. */
  read(call: Call): Attempt | undefined;
  /** The header that takes the attempt from the browser. */
  clear: string;
};

/** Those of a cookie. A note has letters, digits, `-`, `_` and `/`. */
export function openAttempts(name: `__Host-${string}`): OidcAttempts {
  // Lax, unlike a session's: the provider's page, which is another site, leads the browser back here.
  const write = (value: string, seconds: number): string => cookieHeader({ name, value, seconds, sameSite: 'Lax' });
  return {
    make: (note) => {
      const secret = randomBytes(32).toString('base64url');
      const value = note === undefined ? secret : `${secret}.${note}`;
      return { attempt: derive(secret, note), setCookie: write(value, attemptMinutes * 60) };
    },
    read: (call) => {
      const [secret = '', note, ...more] = (readCookieValue(call, name) ?? '').split('.');
      if (!/^[A-Za-z0-9_-]{43}$/.test(secret) || more.length > 0) return undefined;
      const attempt = derive(secret, note);
      const { state } = call.query;
      return typeof state === 'string' && isSame(state, attempt.state) ? attempt : undefined;
    },
    clear: write('', 0),
  };
}

function derive(secret: string, note: string | undefined): Attempt {
  const of = (purpose: string): string => createHmac('sha256', secret).update(purpose).digest('base64url');
  const name = `oidc:${createHash('sha256').update(secret).digest('base64url')}`;
  return { state: of('state'), nonce: of('nonce'), verifier: of('verifier'), name, note };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
