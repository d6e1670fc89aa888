import type { KeyObject } from 'node:crypto';
import { readHeader, type Call, type Handler } from '../contract/http.ts';
import { provenMinutes, type Principal } from '../contract/principal.ts';
import type { Refused } from '../contract/refusals.ts';
import type { RouteName } from '../contract/routes.ts';
import { addMinutes } from '../contract/time.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { isUnavailable } from '../record/failures.ts';
import { findSession, noteSeen } from '../record/sessions.ts';
import type { Store } from '../record/store.ts';
import { findProgram, findTokenAccount } from '../record/tokens.ts';
import { countAttempts, type Attempts } from './attempts.ts';
import { idleMinutes, readCookie } from './cookie.ts';
import { oidcHandlers } from './oidc.ts';
import type { OidcDeps } from './oidcProvider.ts';
import { isBearer, refuseForeign } from './origin.ts';
import { passkeyHandlers } from './passkeys.ts';
import { passkeySignInHandlers } from './passkeySignIn.ts';
import { peopleHandlers } from './people.ts';
import { programHandlers } from './programs.ts';
import { readToken } from './secrets.ts';
import { sessionHandlers } from './session.ts';
import { sessionListHandlers } from './sessionList.ts';

export type IdentityDeps = {
  store: Store;
  /** The installation's secret. */
  secret: string;
  /** Where the desk is, as browsers know it: passkeys are bound to its host. */
  publicUrl: string;
  /** Whether mails go out, so that a sign-in can be sent. */
  mails?: boolean | undefined;
  /** The identity provider whose people may sign in; absent: there is none. */
  oidc?: OidcDeps | undefined;
  /** Told in a word why a sign-in by the identity provider failed. */
  log?: ((line: string) => void) | undefined;
  /** Further origins under which the same desk is reached. */
  origins?: readonly string[];
};

/** What the handlers of this room share. */
export type IdentityContext = {
  store: Store;
  /** Makes the name under which authenticators know a person, so that it tells nobody the e-mail. */
  personKey: KeyObject;
  /** Where the desk is, without a trailing slash. */
  publicUrl: string;
  mails: boolean;
  /** The host that passkeys are bound to. */
  host: string;
  ownOrigins: readonly string[];
  /** Failed sign-ins, and challenges asked for. */
  failures: Attempts;
  challenges: Attempts;
};

export type Identity = {
  /** Whom a request belongs to; undefined without credentials, with unknown, ended or expired ones, and for a cookie that
   *  somebody else's page made the browser send. */
  identify(call: Call): Promise<Principal | undefined>;
  /** The principal as it stands now, for what lasts longer than a request; undefined once the session ended or the account
   *  or token is gone. Listening is no use of a session: it does not keep one alive. */
  renew(principal: Principal, now: Date): Promise<Principal | undefined>;
  /** The refusal `origin_foreign` for a cookie sent by somebody else's page, asked before `identify` to name it. */
  refuseForeign(call: Call): Refused | undefined;
  handlers: Partial<Record<RouteName, Handler>>;
};

// A secret has 256 random bits and is not found by guessing; the limits keep a guesser from costing the database much.
const failureLimit = { most: 10, minutes: 15 };
const challengeLimit = { most: 60, minutes: 15 };

/** Opens the room: who a request belongs to, and the handlers that sign people in and out. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { store } = deps;
  const publicUrl = new URL(deps.publicUrl);
  const context: IdentityContext = {
    store,
    personKey: deriveKey(deps.secret, 'passkey person'),
    publicUrl: publicUrl.origin,
    mails: deps.mails ?? false,
    host: publicUrl.hostname,
    ownOrigins: [publicUrl.origin, ...(deps.origins ?? [])],
    failures: countAttempts(failureLimit),
    challenges: countAttempts(challengeLimit),
  };
  return {
    identify: async (call) => {
      if (isBearer(call)) return identifyProgram(store, call);
      if (refuseForeign(call, context.ownOrigins)) return undefined;
      return identifyPerson(store, call);
    },
    renew: (principal, now) => renew(store, principal, now),
    refuseForeign: (call) => refuseForeign(call, context.ownOrigins),
    handlers: {
      ...sessionHandlers(context),
      ...passkeyHandlers(context),
      ...passkeySignInHandlers(context),
      ...oidcHandlers(context, deps),
      ...peopleHandlers(context),
      ...sessionListHandlers(context),
      ...programHandlers(context),
    },
  };
}

async function identifyProgram(store: Store, call: Call): Promise<Principal | undefined> {
  const sent = /^bearer +([A-Za-z0-9_-]+) *$/i.exec(readHeader(call, 'authorization') ?? '')?.[1];
  const secret = sent === undefined ? undefined : readToken(sent);
  const account = secret && (await findTokenAccount(store, secret));
  return account && { kind: 'program', accounts: [account] };
}

async function identifyPerson(store: Store, call: Call): Promise<Principal | undefined> {
  const secret = readCookie(call);
  if (!secret) return undefined;
  const limits = { now: call.now, seenAfter: addMinutes(call.now, -idleMinutes) };
  const session = await findSession(store, secret, limits);
  if (!session) return undefined;
  // At most once a minute, so that a busy desk does not write with every request.
  if (addMinutes(session.seenAt, 1) <= call.now) await noteSeen(store, secret, call.now).catch(passOverFullDisk);
  const { id, provenAt, accounts } = session;
  return {
    kind: 'person',
    accounts,
    isProven: provenAt !== null && call.now < addMinutes(provenAt, provenMinutes),
    session: { id, site: secret.site, secretHash: secret.hash },
  };
}

async function renew(store: Store, principal: Principal, now: Date): Promise<Principal | undefined> {
  const { session } = principal;
  if (!session) {
    const [program] = principal.accounts;
    const account = program && (await findProgram(store, program));
    return account && { kind: 'program', accounts: [account] };
  }
  const secret = { site: session.site, hash: Buffer.from(session.secretHash) };
  const found = await findSession(store, secret, { now, seenAfter: addMinutes(now, -idleMinutes) });
  return found && { ...principal, accounts: found.accounts };
}

// The desk stays readable while nothing can be written (threats.md G8); the session then ends an hour after it was last noted.
function passOverFullDisk(error: unknown): void {
  if (!isUnavailable(error)) throw error;
}
