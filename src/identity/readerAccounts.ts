import { createHash } from 'node:crypto';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { Call } from '../contract/http.ts';
import { accountTokenHours, accountTokenLength, clockSeconds, type ReaderAccount } from '../contract/reader.ts';
import { readReaderKeys, type ReaderKeys } from '../contract/readerKeys.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { listNames } from '../contract/siteSettings.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { createMac } from '../record/mac.ts';
import { fetchFrom } from './oidcFetch.ts';
import type { ReaderSessions } from './readerSessions.ts';

export type KnownReader = { outcome: 'known'; reader: ReaderAccount };

export type ReaderAccounts = {
  /** Whom a token stands for at this site. Refused as `account_unknown` where it does not hold, for whatever reason; as
   *  `unavailable` where the publisher's keys cannot be had. */
  identify(site: Site, token: string, now: Date): Promise<KnownReader | Refused>;
  /** Who is signed in at this site by its provider, in the browser that calls; undefined where nobody is. */
  recall(site: Site, call: Call): Promise<KnownReader | undefined>;
};

export type ReaderAccountsDeps = {
  /** The installation's secret. */
  secret: string;
  publicUrl: string;
  log: (line: string) => void;
  /** Those of readers who signed in at their site's provider; absent where no site has one. */
  sessions?: ReaderSessions | undefined;
};

type Verifier = ReaderAccountsDeps & {
  mac: (message: string) => string;
  keysOf: (written: string) => JWTVerifyGetKey | undefined;
};

// Asymmetric alone: with a shared secret whoever can check a token can make one.
const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'RS256'];

/** Checks tokens (RFC 7519) of the publisher's own accounts. A token names its
 *  issuer (the setting `reader.issuer`), the site's address as its audience, when it ends, an account and a name; it holds
 *  for at most a day. Keys are rotated by their `kid`: one that is not known is looked for at the publisher's address once
 *  a minute at most. */
export function createReaderAccounts(deps: ReaderAccountsDeps): ReaderAccounts {
  const verifier: Verifier = {
    ...deps,
    mac: createMac(deriveKey(deps.secret, 'reader account')),
    keysOf: keepKeys(deps.publicUrl),
  };
  return {
    identify: (site, token, now) => identify(verifier, { site, token, now }),
    recall: async (site, call) => {
      const claims = await deps.sessions?.open(site, call);
      const known = claims && describe(verifier, { site, now: call.now }, claims);
      return known?.outcome === 'known' ? known : undefined;
    },
  };
}

type Shown = { site: Site; token: string; now: Date };

async function identify(verifier: Verifier, shown: Shown): Promise<KnownReader | Refused> {
  if (shown.token.length > accountTokenLength) return unknown;
  try {
    const claims = await verify(verifier, shown);
    return claims ? describe(verifier, shown, claims) : unknown;
  } catch (error) {
    if (isNotHolding(error)) return unknown;
    verifier.log(`reader accounts: the keys of ${shown.site.site} cannot be had: ${nameOf(error)}`);
    return refused('unavailable', { retryAfterSeconds: 30 });
  }
}

/** What a token says, where its signature and its times hold. Which keys may check it follows from the settings alone, never
 *  from its header. */
async function verify(verifier: Verifier, { site, token, now }: Shown): Promise<JWTPayload | undefined> {
  const { settings } = site;
  const checks = {
    audience: audienceOf(verifier, site),
    clockTolerance: clockSeconds,
    currentDate: now,
    requiredClaims: ['sub', 'exp', 'name'],
  };
  const getKey = verifier.keysOf(settings['reader.keys']);
  if (!getKey || settings['reader.issuer'] === '') return undefined;
  const { payload } = await jwtVerify(token, getKey, { ...checks, issuer: settings['reader.issuer'], algorithms });
  return payload;
}

function describe(verifier: Verifier, { site, now }: Omit<Shown, 'token'>, claims: JWTPayload): KnownReader | Refused {
  const { sub, iss, exp = 0, jti, name } = claims;
  const longest = now.getTime() / 1000 + accountTokenHours * 3600 + clockSeconds;
  if (typeof sub !== 'string' || sub === '' || sub.length > 255 || typeof name !== 'string' || exp > longest) {
    return unknown;
  }
  // Accounts of two issuers, and of two sites, have nothing in common.
  const account = verifier.mac(JSON.stringify([site.site, iss, sub]));
  const isStaff = listNames(site.settings['reader.staff']).includes(sub);
  if (jti === undefined) return { outcome: 'known', reader: { account, name, isStaff } };
  const token = createHash('sha256')
    .update(JSON.stringify([iss, jti]))
    .digest('hex');
  const until = new Date((exp + clockSeconds) * 1000);
  return { outcome: 'known', reader: { account, name, isStaff, once: { token, until } } };
}

const unknown = refused('account_unknown', { field: 'account' });

function audienceOf({ publicUrl }: Pick<Verifier, 'publicUrl'>, { site }: Site): string {
  return `${publicUrl}/s/${site}`;
}

/** Whether the token is at fault, and not what its keys are fetched from. */
function isNotHolding(error: unknown): boolean {
  const ours = [errors.JWKSTimeout, errors.JWKSInvalid];
  if (ours.some((kind) => error instanceof kind)) return false;
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200).replaceAll(/\p{Cc}/gu, ' ') : 'failed';
}

const mostSets = 200;

/** Key sets by the setting that names them. Those at an address are fetched through the same careful client as the
 *  identity provider's, and kept for ten minutes. */
function keepKeys(publicUrl: string): (written: string) => JWTVerifyGetKey | undefined {
  const sets = new Map<string, JWTVerifyGetKey>();
  const home = new URL(publicUrl);
  const open = (keys: ReaderKeys): JWTVerifyGetKey => {
    if (!('address' in keys)) return createLocalJWKSet({ keys: [...keys.keys] });
    // Beside this very server, as on a laptop, the publisher may stand unencrypted; elsewhere nothing leads inside.
    const isHere = home.protocol === 'http:' && keys.address.hostname === home.hostname;
    const ask = fetchFrom(isHere ? keys.address : home);
    return createRemoteJWKSet(keys.address, {
      [customFetch]: (url, { headers, method, signal }) =>
        ask(url, { headers: Object.fromEntries(headers), method, signal, body: null, redirect: 'manual' }),
      cooldownDuration: 60_000,
      cacheMaxAge: 600_000,
      timeoutDuration: 5_000,
    });
  };
  return (written) => {
    const known = sets.get(written);
    if (known) return known;
    const keys = readReaderKeys(written);
    if (!keys) return undefined;
    if (sets.size >= mostSets) sets.clear();
    const made = open(keys);
    sets.set(written, made);
    return made;
  };
}
