import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import type { Account, Principal } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { listPasskeys } from '../record/passkeys.ts';
import { findSession, type NewSession, revokeSession } from '../record/sessions.ts';
import { redeemSignIn } from '../record/signIns.ts';
import { listSites } from '../record/sites.ts';
import type { Store } from '../record/store.ts';
import { clearCookie, readCookie, sessionHours, setCookie } from './cookie.ts';
import type { Identity, IdentityContext } from './identify.ts';
import { comesFromOwnPage } from './origin.ts';
import { makeSecret, readSecret, type SecretHash } from './secrets.ts';

/** Who is signed in, signing in with a one-time secret, signing out. */
export function sessionHandlers(context: IdentityContext): Identity['handlers'] {
  return {
    getSession: (call) => showSession(context, call),
    postSession: (call) => signIn(context, call),
    deleteSession: (call) => signOut(context, call),
  };
}

/** 201 with the session's cookie and who is signed in now. 401 `sign_in_used` for a secret that was used or is older than
 *  a day, `credentials_unknown` for one that never was; 403 from somebody else's page, which could otherwise sign a
 *  moderator in as another. */
async function signIn(context: IdentityContext, call: Call): Promise<Answer> {
  if (!comesFromOwnPage(call, context.ownOrigins)) return refused('origin_foreign');
  const tooMany = context.failures.refuse(call.address, call.now);
  if (tooMany) return tooMany;
  if (!isObject(call.body)) return refused('body_malformed');
  if (call.body['secret'] === undefined) return refused('field_required', { field: 'secret' });
  const sent = readSecret(call.body['secret']);
  const started = startSession(sent?.site ?? '', call.now);
  const redeemed = sent ? await redeemSignIn(context.store, sent, started.session) : 'unknown';
  if (redeemed !== 'redeemed') {
    context.failures.count(call.address, call.now);
    return refused(redeemed === 'spent' ? 'sign_in_used' : 'credentials_unknown', { field: 'secret' });
  }
  return answerSignedIn(context.store, call, started);
}

/** A session that is about to be stored, with the secret for the cookie. */
export type StartedSession = SecretHash & { secret: string; session: Omit<NewSession, 'site' | 'account'> };

/** A new session's secret and times. Every sign-in makes a new one, so that none can be planted (ASVS 5.0 §7.2.4).
 *  `provenAt` is when the person proved who they are: now, unless somebody else saw to it. */
export function startSession(site: string, now: Date, provenAt: Date | null = now): StartedSession {
  const made = makeSecret(site);
  return { ...made, session: { hash: made.hash, expiresAt: addMinutes(now, sessionHours * 60), at: now, provenAt } };
}

/** 201 with the cookie of a session that was stored. The session that the browser came with ends. */
export async function answerSignedIn(store: Store, call: Call, started: StartedSession): Promise<Answer> {
  const before = readCookie(call);
  if (before) await revokeSession(store, before, call.now);
  const found = await findSession(store, started, { now: call.now, seenAfter: new Date(0) });
  // Removed between the two statements: the account's end is the answer.
  if (!found) return refused('credentials_unknown');
  const body = await describe(store, { kind: 'person', accounts: found.accounts });
  return {
    outcome: 'answered',
    status: 201,
    headers: { 'cache-control': 'no-store', 'set-cookie': setCookie(started.secret) },
    body,
  };
}

async function showSession(context: IdentityContext, call: Call): Promise<Answer> {
  if (!call.principal) return refused('credentials_missing');
  return answerJson(200, await describe(context.store, call.principal));
}

async function signOut(context: IdentityContext, call: Call): Promise<Answer> {
  if (!call.principal) return refused('credentials_missing');
  const { session } = call.principal;
  // A bearer token has no session to end: `stet token revoke` ends it.
  if (!session) return refused('not_allowed');
  await revokeSession(context.store, { site: session.site, hash: session.secretHash }, call.now);
  return answerEmpty({ 'set-cookie': clearCookie });
}

/** What `GET /api/v1/desk/session` answers. `passkeys` counts the person's, so that the desk offers one to whoever has
 *  none; null for a program, which can have none. */
type SessionView = {
  kind: Principal['kind'];
  name: string;
  email: string | null;
  accounts: {
    site: string;
    siteName: string;
    language: string;
    id: string;
    role: Account['role'];
    scopes: readonly string[];
    sections: readonly string[];
  }[];
  passkeys: number | null;
};

async function describe(store: Store, principal: Principal): Promise<SessionView> {
  const [first] = principal.accounts;
  const sites = new Map((await listSites(store)).map((site) => [site.site, site]));
  const accounts = principal.accounts.map(({ site, id, role, scopes, sections }) => {
    const { name, language } = sites.get(site) ?? { name: site, language: 'en' };
    return { site, siteName: name, language, id, role, scopes, sections };
  });
  const email = first?.email ?? null;
  const passkeys = email === null ? null : (await listPasskeys(store, email)).length;
  return { kind: principal.kind, name: first?.name ?? '', email, accounts, passkeys };
}
