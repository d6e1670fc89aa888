import type { Answer, Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { sameEmail } from '../contract/people.ts';
import { refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { insertChallenge, noSite, takeChallenge } from '../record/passkeys.ts';
import { beginSession, findFirstAccount, findSession } from '../record/sessions.ts';
import { idleMinutes, readCookie, sessionHours, setCookie } from './cookie.ts';
import type { Identity, IdentityContext, IdentityDeps } from './identify.ts';
import { describeFailure, leadTo, readCallback } from './oidcCallback.ts';
import { attemptMinutes, openAttempts, type Attempt } from './oidcAttempt.ts';
import { nameProblem, openProvider, type OidcProblem, type Provider } from './oidcProvider.ts';
import { startSession } from './session.ts';

/** Where the identity provider leads back to, below the public address. Providers compare it letter by letter. */
const callbackPath = '/desk/oidc/callback';

const attempts = openAttempts('__Host-stet-oidc');

// Asked for an age, a provider says when the person signed in there (OpenID Connect Core §2).
const remembered = { max_age: String(sessionHours * 3600) };
const anew = { prompt: 'login', max_age: '0' };

type Oidc = IdentityContext & { provider: Provider; log: (line: string) => void };

/** Signing in by the newsroom's identity provider. Not there without one. */
export function oidcHandlers(context: IdentityContext, deps: IdentityDeps): Identity['handlers'] {
  const { oidc: settings, log = () => {} } = deps;
  if (!settings) return { getOidc: () => refused('not_found'), getOidcCallback: () => refused('not_found') };
  const asked = { redirectUri: context.publicUrl + callbackPath, scope: 'openid email', claim: 'email' };
  const provider = openProvider(settings, asked);
  const oidc = { ...context, provider, log };
  return { getOidc: (call) => begin(oidc, call), getOidcCallback: (call) => finish(oidc, call) };
}

/** 303 to the provider, with a cookie that binds what comes back to this browser. `?fresh=1` asks the provider to have the
 *  person show anew who they are. */
async function begin(oidc: Oidc, call: Call): Promise<Answer> {
  if (oidc.challenges.refuse(call.address, call.now)) return refuseTo(oidc, 'too_many');
  oidc.challenges.count(call.address, call.now);
  const { attempt, setCookie: keep } = attempts.make(await findSessionId(oidc, call));
  try {
    const address = await oidc.provider.addressFor(attempt, call.query['fresh'] === '1' ? anew : remembered);
    const expiresAt = addMinutes(call.now, attemptMinutes);
    await insertChallenge(oidc.store, { site: noSite, challenge: attempt.name, account: null, expiresAt });
    return leadTo(address.href, [keep]);
  } catch (error) {
    return refuseTo(oidc, 'provider_down', error);
  }
}

/** 303 to the desk with the session's cookie, for a person who has an account under the verified address that the provider
 *  tells; to the sign-in page with the reason for everybody else. No account is ever made here. */
async function finish(oidc: Oidc, call: Call): Promise<Answer> {
  if (oidc.failures.refuse(call.address, call.now)) return refuseTo(oidc, 'too_many');
  const attempt = attempts.read(call);
  const signedIn = attempt ? await signIn(oidc, call, attempt) : 'state';
  if (typeof signedIn !== 'string') return signedIn;
  // A provider that is down is no guess at anything.
  if (signedIn !== 'provider_down' && signedIn !== 'denied') oidc.failures.count(call.address, call.now);
  return refuseTo(oidc, signedIn);
}

async function signIn(oidc: Oidc, call: Call, attempt: Attempt): Promise<Answer | OidcProblem> {
  const { store, log } = oidc;
  const kept = { site: noSite, challenge: attempt.name, account: null };
  if (!(await takeChallenge(store, kept, call.now))) return 'replayed';
  const identified = await oidc.provider
    .identify(readCallback(oidc.publicUrl + callbackPath, call), attempt)
    .catch((error: unknown) => {
      log(`oidc: ${describeFailure(error)}`);
      return nameProblem(error);
    });
  if (typeof identified === 'string') return identified;
  if (identified.email === undefined || !identified.isVerified) return 'unverified';
  const email = sameEmail(identified.email);
  const found = await findFirstAccount(store, email);
  if (!found) return 'unknown';
  const provenAt = identified.provenAt && identified.provenAt > call.now ? call.now : identified.provenAt;
  const { secret, session } = startSession(found.site, call.now, provenAt);
  const before = isPublicId(attempt.note) ? { id: attempt.note, email } : undefined;
  if (!(await beginSession(store, { ...session, ...found }, before))) return 'unknown';
  return leadTo('/desk', [setCookie(secret), attempts.clear]);
}

// The session's own cookie does not come back from the provider's site, so what it names is noted when somebody sets out.
async function findSessionId({ store }: Oidc, call: Call): Promise<string | undefined> {
  const secret = readCookie(call);
  const limits = { now: call.now, seenAfter: addMinutes(call.now, -idleMinutes) };
  return secret && (await findSession(store, secret, limits))?.id;
}

function refuseTo({ log }: Oidc, problem: OidcProblem, error?: unknown): Answer {
  if (error !== undefined) log(`oidc: ${describeFailure(error)}`);
  return leadTo(`/desk/sign-in?problem=${problem}`, [attempts.clear]);
}
