import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

export const client = { clientId: 'stet', clientSecret: 'a secret between two of the tests' };

/** Who signs in at the provider next, and what it says of them. */
export type Person = { email: string; isVerified: boolean; name?: string | undefined };

export type TestProvider = {
  issuer: string;
  person: Person;
  /** Lets this desk's callback in; to be called before the first sign-in. */
  admit(redirectUri: string): Promise<void>;
  /** Goes through the provider's pages from the address that the desk leads to; where it leads back. */
  signIn(address: string): Promise<string>;
  stop(): Promise<void>;
};

/** A real identity provider on a free port of this machine. Its sign-in page asks nothing: whoever is `person` is in. */
export async function startProvider(): Promise<TestProvider> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
  const { origin, stop } = await listen((request, response) => answer(request, response));
  const state: Pick<TestProvider, 'person'> = { person: { email: '', isVerified: true } };
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' };
  return Object.assign(state, {
    issuer: origin,
    admit: async (redirectUri: string) => {
      const provider = makeProvider(origin, { redirectUri, key, find: () => state.person });
      const handle = provider.callback();
      answer = (request, response) => {
        if (!request.url?.startsWith('/login/')) return void handle(request, response);
        void provider.interactionFinished(request, response, { login: { accountId: state.person.email } });
      };
    },
    signIn: (address: string) => walk(address, origin),
    stop,
  });
}

type Made = { redirectUri: string; key: object; find: () => Person };

function makeProvider(issuer: string, { redirectUri, key, find }: Made): Provider {
  return new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [key] },
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/login/${uid}` },
    findAccount: (_, sub) => {
      const { email, isVerified, name } = find();
      return { accountId: sub, claims: () => ({ sub, email, email_verified: isVerified, name }) };
    },
    // Who signed in has agreed: what this house's people share with their own desk is no question.
    loadExistingGrant: async ({ oidc }) => {
      const { provider, session, client: asking } = oidc;
      const grant = new provider.Grant({ clientId: asking?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
}

/** Follows redirects with the provider's own cookies until they lead away from it. */
async function walk(address: string, origin: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = new URL(address);
  while (next.origin === origin) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    next = new URL(location, next);
  }
  return next.href;
}

/** What a provider that lies says: claims in the place of the right ones, another key, an error, another endpoint. */
export type Lie = {
  claims?: Record<string, unknown>;
  isForged?: boolean;
  error?: string;
  metadata?: Record<string, unknown>;
};

export type LyingProvider = { issuer: string; lie: Lie; nonce: string; asked: string[]; stop(): Promise<void> };

/** A provider that answers every code with an ID token of the test's making. */
export async function startLyingProvider(): Promise<LyingProvider> {
  const [right, wrong] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(right.publicKey)), use: 'sig', alg: 'RS256', kid: 'one' };
  const provider: Omit<LyingProvider, 'issuer' | 'stop'> = { lie: {}, nonce: '', asked: [] };
  const sign = async (issuer: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const { nonce, lie } = provider;
    const person = { sub: 'one', email: 'dana@example.org', email_verified: true, auth_time: now };
    const claims = { iss: issuer, aud: client.clientId, iat: now, exp: now + 300, nonce, ...person, ...lie.claims };
    const token = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' });
    return token.sign(lie.isForged ? wrong.privateKey : right.privateKey);
  };
  const { origin, stop } = await listen((request, response) => {
    provider.asked.push(request.url ?? '');
    void reply(request.url ?? '').then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  const reply = async (path: string): Promise<{ status: number; body: object }> => {
    const { error, metadata } = provider.lie;
    if (path === '/jwks') return { status: 200, body: { keys: [jwk] } };
    if (path === '/token' && error !== undefined) return { status: 400, body: { error } };
    if (path === '/token') {
      return { status: 200, body: { access_token: 'x', token_type: 'bearer', id_token: await sign(origin) } };
    }
    const endpoints = { authorization_endpoint: `${origin}/auth`, token_endpoint: `${origin}/token` };
    return { status: 200, body: { issuer: origin, ...endpoints, jwks_uri: `${origin}/jwks`, ...metadata } };
  };
  return Object.assign(provider, { issuer: origin, stop });
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { origin: `http://127.0.0.1:${port}`, stop };
}
