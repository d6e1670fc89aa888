import { parseName } from '../contract/comment.ts';
import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import type { ReaderSession } from '../contract/reader.ts';
import { refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { addMinutes } from '../contract/time.ts';
import type { Kept } from '../record/kept.ts';
import { insertChallenge, noSite, takeChallenge } from '../record/passkeys.ts';
import type { Store } from '../record/store.ts';
import { countAttempts, type Attempts } from './attempts.ts';
import type { Identity } from './identify.ts';
import { attemptMinutes, openAttempts, type Attempt } from './oidcAttempt.ts';
import { describeFailure, leadTo, readCallback } from './oidcCallback.ts';
import { openProvider, type OidcDeps, type Provider } from './oidcProvider.ts';
import { comesFromOwnPage } from './origin.ts';
import type { ReaderAccounts } from './readerAccounts.ts';
import type { ReaderSessions } from './readerSessions.ts';

export type ReaderSignInDeps = {
  store: Store;
  kept: Kept;
  publicUrl: string;
  /** The providers of sites, by the sites' keys; `nameClaim` is what comments are published under. */
  providers: ReadonlyMap<string, OidcDeps & { nameClaim: string }>;
  sessions: ReaderSessions;
  accounts: Pick<ReaderAccounts, 'recall'>;
  log: (line: string) => void;
};

type SigningIn = ReaderSignInDeps & { open: ReadonlyMap<string, Provider>; begun: Attempts; failed: Attempts };

const attempts = openAttempts('__Host-stet-reader-oidc');
const begunLimit = { most: 60, minutes: 15 };
const failedLimit = { most: 30, minutes: 15 };

/** Signing in as a reader at the provider of a site's accounts, and out again. No row is written of whoever signs in. */
export function readerSignInHandlers(deps: ReaderSignInDeps): Identity['handlers'] {
  const open = [...deps.providers].map(([site, provider]): [string, Provider] => {
    const asked = { redirectUri: callbackOf(deps, site), scope: 'openid profile', claim: provider.nameClaim };
    return [site, openProvider(provider, asked)];
  });
  const limits = { begun: countAttempts(begunLimit), failed: countAttempts(failedLimit) };
  const signingIn: SigningIn = { ...deps, ...limits, open: new Map(open) };
  return {
    getReaderSignIn: (call) => begin(signingIn, call),
    getReaderCallback: (call) => finish(signingIn, call),
    getReaderSession: (call) => show(signingIn, call),
    deleteReaderSession: (call) => signOut(signingIn, call),
  };
}

type Place = { site: Site; provider: Provider };

/** The site of the address, where it has accounts and a provider for them. */
async function findPlace({ kept, open }: SigningIn, { params }: Call): Promise<Place | undefined> {
  const site = await kept.findSite(params['site']);
  const provider = site && open.get(site.site);
  return provider && site.settings['reader.accounts'] !== 'off' ? { site, provider } : undefined;
}

/** 303 to the provider, with a cookie that binds what comes back to this browser and names the story to come back to. */
async function begin(signingIn: SigningIn, call: Call): Promise<Answer> {
  const place = await findPlace(signingIn, call);
  if (!place) return refused('not_found');
  const { site, provider } = place;
  const { story } = call.query;
  const at: At = { site, story: isStoryKey(story) ? story : undefined };
  if (signingIn.begun.refuse(call.address, call.now)) return leadBack(at, { failed: true });
  signingIn.begun.count(call.address, call.now);
  const { attempt, setCookie } = attempts.make(`${site.site}/${at.story ?? ''}`);
  try {
    const address = await provider.addressFor(attempt);
    const expiresAt = addMinutes(call.now, attemptMinutes);
    await insertChallenge(signingIn.store, { site: noSite, challenge: attempt.name, account: null, expiresAt });
    return leadTo(address.href, [setCookie]);
  } catch (error) {
    signingIn.log(`reader sign-in: ${describeFailure(error)}`);
    return leadBack(at, { failed: true });
  }
}

/** 303 back to the story, with the session's cookie for whom the provider names. */
async function finish(signingIn: SigningIn, call: Call): Promise<Answer> {
  const place = await findPlace(signingIn, call);
  if (!place) return refused('not_found');
  const attempt = attempts.read(call);
  const [site, story] = (attempt?.note ?? '').split('/');
  const at: At = { site: place.site, story: isStoryKey(story) ? story : undefined };
  if (signingIn.failed.refuse(call.address, call.now)) return leadBack(at, { failed: true });
  // What was begun at one site ends at that site: each has a provider of its own.
  const isOwn = attempt && site === place.site.site;
  const cookie = isOwn ? await signIn(signingIn, { ...place, call, attempt }) : undefined;
  if (cookie !== undefined) return leadBack(at, { cookie });
  signingIn.failed.count(call.address, call.now);
  return leadBack(at, { failed: true });
}

async function signIn(
  { store, publicUrl, providers, sessions, log }: SigningIn,
  { site, provider, call, attempt }: Place & { call: Call; attempt: Attempt },
): Promise<string | undefined> {
  const kept = { site: noSite, challenge: attempt.name, account: null };
  if (!(await takeChallenge(store, kept, call.now))) return undefined;
  try {
    const callback = readCallback(callbackOf({ publicUrl }, site.site), call);
    const { subject, claimed } = await provider.identify(callback, attempt);
    const name = parseName(claimed);
    const issuer = providers.get(site.site)?.issuer;
    if (name.outcome === 'parsed' && issuer !== undefined) {
      return await sessions.seal(site, { issuer, subject, name: name.value }, call.now);
    }
    log(`reader sign-in: the provider of ${site.site} names no name that can be published`);
  } catch (error) {
    log(`reader sign-in: ${describeFailure(error)}`);
  }
  return undefined;
}

async function show(signingIn: SigningIn, call: Call): Promise<Answer> {
  const place = await findPlace(signingIn, call);
  if (!place) return refused('not_found');
  const known = await signingIn.accounts.recall(place.site, call);
  const session: ReaderSession = { name: known?.reader.name ?? null };
  return answerJson(200, session);
}

/** 204, signed in or not. Somebody else's page signs nobody out. */
async function signOut(signingIn: SigningIn, call: Call): Promise<Answer> {
  const place = await findPlace(signingIn, call);
  if (!place) return refused('not_found');
  if (!comesFromOwnPage(call, [new URL(signingIn.publicUrl).origin])) return refused('origin_foreign');
  return answerEmpty({ 'set-cookie': signingIn.sessions.clear(place.site) });
}

type At = { site: Site; story: string | undefined };

function leadBack({ site, story }: At, how: { cookie?: string; failed?: true }): Answer {
  const page = story === undefined ? `/s/${site.site}` : `/s/${site.site}/${story}`;
  const cookies = how.cookie === undefined ? [attempts.clear] : [how.cookie, attempts.clear];
  return leadTo(`${page}${how.failed ? '?sign-in=failed' : ''}${story === undefined ? '' : '#write'}`, cookies);
}

// Providers compare it letter by letter.
function callbackOf({ publicUrl }: Pick<ReaderSignInDeps, 'publicUrl'>, site: string): string {
  return `${publicUrl}/reader/${site}/callback`;
}
