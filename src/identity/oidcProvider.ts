import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import { isObject } from '../contract/json.ts';
import type { Attempt } from './oidcAttempt.ts';
import { fetchFrom } from './oidcFetch.ts';

/** Without a secret it is a public client: PKCE alone binds the code to whoever began. */
export type OidcDeps = { issuer: string; clientId: string; clientSecret?: string | undefined };

/** Where the provider leads back to, what it is asked about a person, and the claim that cannot be done without: where the
 *  ID token lacks it, the userinfo endpoint is asked. */
export type Asked = { redirectUri: string; scope: string; claim: string };

/** Whom the provider speaks of. `provenAt` is when they last showed the provider who they are; null where it does not say. */
export type Identified = {
  subject: string;
  email: string | undefined;
  isVerified: boolean;
  /** The claim that was asked for, where it is a text. */
  claimed: string | undefined;
  provenAt: Date | null;
};

/** Why nobody was signed in. The sign-in page has a sentence for each. */
export type OidcProblem =
  | 'provider_down'
  | 'denied'
  | 'state'
  | 'replayed'
  | 'late'
  | 'answer'
  | 'unverified'
  | 'unknown'
  | 'too_many';

export type Provider = {
  /** Where the browser is sent, with what else is asked of the provider. */
  addressFor(attempt: Attempt, more?: Record<string, string>): Promise<URL>;
  /** Whom the code in the callback's address stands for. Throws what the library and the network throw. */
  identify(callback: URL, attempt: Attempt): Promise<Identified>;
};

// Long enough that a sign-in does not wait for it, short enough that a provider's new addresses are known by noon.
const keptMilliseconds = 3_600_000;

/** The provider at the issuer's address. Its documents are read when somebody first signs in, and anew every hour: a
 *  provider that is down when the desk starts keeps nobody from starting it. */
export function openProvider(deps: OidcDeps, { redirectUri, scope, claim }: Asked): Provider {
  let kept: { configuration: Promise<Configuration>; until: number } | undefined;
  const configure = (): Promise<Configuration> => {
    if (kept && kept.until > performance.now()) return kept.configuration;
    const configuration = discover(deps);
    kept = { configuration, until: performance.now() + keptMilliseconds };
    // What failed is asked again by the next.
    configuration.catch(() => (kept = undefined));
    return configuration;
  };
  return {
    addressFor: async ({ state, nonce, verifier }, more = {}) =>
      buildAuthorizationUrl(await configure(), {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...more,
      }),
    identify: async (callback, attempt) => identify(await configure(), { callback, attempt, claim }),
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcDeps): Promise<Configuration> {
  const url = new URL(issuer);
  const insecure = url.protocol === 'http:' ? [allowInsecureRequests] : [];
  const options = { [customFetch]: fetchFrom(url), execute: [enableNonRepudiationChecks, ...insecure] };
  if (clientSecret === undefined) return discovery(url, clientId, undefined, None(), options);
  const [post, basic] = [ClientSecretPost(clientSecret), ClientSecretBasic(clientSecret)];
  // Basic is what a provider takes that names nothing (OpenID Connect Discovery §3).
  const authenticate: ClientAuth = (server, ...request) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (taken.includes('client_secret_basic') ? basic : post)(server, ...request);
  };
  return discovery(url, clientId, undefined, authenticate, options);
}

async function identify(
  configuration: Configuration,
  { callback, attempt, claim }: { callback: URL; attempt: Attempt; claim: string },
): Promise<Identified> {
  const tokens = await authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: attempt.verifier,
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('there is no ID token');
  const { sub, auth_time: time } = claims;
  // Providers that keep the ID token small tell the rest at their userinfo endpoint only.
  const about = claims[claim] === undefined ? await fetchUserInfo(configuration, tokens.access_token, sub) : claims;
  const { email, [claim]: claimed } = about;
  return {
    subject: sub,
    claimed: typeof claimed === 'string' ? claimed : undefined,
    email: typeof email === 'string' ? email : undefined,
    isVerified: about['email_verified'] === true,
    provenAt: typeof time === 'number' ? new Date(time * 1000) : null,
  };
}

/** What an exchange that failed is called. */
export function nameProblem(error: unknown): OidcProblem {
  if (!isObject(error)) return 'provider_down';
  switch (error['code']) {
    case 'OAUTH_AUTHORIZATION_RESPONSE_ERROR':
      return 'denied';
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'late';
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
    case 'OAUTH_INVALID_RESPONSE':
    case 'OAUTH_KEY_SELECTION_FAILED':
      return 'answer';
    // The token endpoint refuses a code that was used before or is too old.
    case 'OAUTH_RESPONSE_BODY_ERROR':
      return error['error'] === 'invalid_grant' ? 'replayed' : 'provider_down';
    default:
      return 'provider_down';
  }
}
