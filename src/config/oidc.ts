import { isSiteKey } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { isLoopback } from './loopback.ts';
import { SettingsProblem } from './problem.ts';

/** An identity provider that speaks OpenID Connect. */
export type OidcSettings = {
  /** As the provider writes it in its own documents, without a trailing slash unless it has one there. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button of the sign-in page calls it. */
  name: string;
};

type WrittenOidc = Record<'issuer' | 'clientId' | 'clientSecret' | 'name', string | undefined>;

/** The identity provider of an environment; undefined without OIDC_ISSUER. Throws a SettingsProblem for what does not fit. */
export function readOidc({ issuer, clientId, clientSecret, name }: WrittenOidc): OidcSettings | undefined {
  if (!issuer) {
    if (!clientId && !clientSecret && !name) return undefined;
    throw new SettingsProblem('OIDC_ISSUER is missing: the other OIDC_ variables mean nothing without.');
  }
  const url = readIssuer('OIDC_ISSUER', issuer);
  if (!clientId || !/^[ -~]{1,200}$/.test(clientId)) {
    throw new SettingsProblem('OIDC_CLIENT_ID is missing: give the identifier that the provider knows this desk by.');
  }
  // The value is not repeated.
  if (!clientSecret || !/^[ -~]{1,1000}$/.test(clientSecret)) {
    throw new SettingsProblem('OIDC_CLIENT_SECRET is missing: give the secret that the provider issued for this desk.');
  }
  if (name && (name.length > 60 || /\p{Cc}/u.test(name))) {
    throw new SettingsProblem('OIDC_NAME is too long for a button: give at most 60 characters.');
  }
  return { issuer, clientId, clientSecret, name: name || url.hostname };
}

/** Where the readers of a site sign in, and what the provider knows it by. */
export type ReaderOidcSettings = {
  issuer: string;
  clientId: string;
  /** Absent for a public client: PKCE alone then shows that whoever began is whoever ends. */
  clientSecret?: string | undefined;
  /** Whatever the provider calls the name that comments are published under. */
  nameClaim: string;
};

const example = `{"courier": {"issuer": "https://id.example", "clientId": "stet", "clientSecret": "…"}}`;

/** The providers of the readers' accounts by the keys of sites, from the JSON in READER_OIDC. In the environment and not
 *  among a site's settings: who changes an issuer there could have the secret sent to themselves, and reach into the network
 *  that the server stands in. Throws a SettingsProblem for what does not fit; no value is repeated. */
export function readReaderOidc(written: string | undefined): ReadonlyMap<string, ReaderOidcSettings> {
  const sites = Object.entries(written ? readJson(written) : {});
  return new Map(sites.map(([site, provider]) => [site, readProvider(site, provider)]));
}

function readJson(written: string): object {
  try {
    const sites: unknown = JSON.parse(written);
    if (isObject(sites)) return sites;
  } catch {
    // Said below.
  }
  throw new SettingsProblem(`READER_OIDC is no JSON object of sites: give ${example}.`);
}

function readProvider(site: string, provider: unknown): ReaderOidcSettings {
  const { issuer, clientId, clientSecret, nameClaim = 'name', ...more } = isObject(provider) ? provider : {};
  const isText = (value: unknown, fits: RegExp): value is string => typeof value === 'string' && fits.test(value);
  if (
    !isSiteKey(site) ||
    !isText(issuer, /./) ||
    !isText(clientId, /^[ -~]{1,200}$/) ||
    !(clientSecret === undefined || isText(clientSecret, /^[ -~]{1,1000}$/)) ||
    !isText(nameClaim, /^[A-Za-z_][\w:/.-]{0,100}$/) ||
    Object.keys(more).length > 0
  ) {
    throw new SettingsProblem(
      `READER_OIDC does not fit for a site: give its key with issuer, clientId and, where they are needed, clientSecret and nameClaim: ${example}.`,
    );
  }
  readIssuer('The issuer in READER_OIDC', issuer);
  return { issuer, clientId, clientSecret, nameClaim };
}

// Whoever listens on the way could sign in as anybody: over a network the provider is asked encrypted.
function readIssuer(name: string, issuer: string): URL {
  const url = URL.parse(issuer);
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) return url;
  throw new SettingsProblem(
    `${name} does not fit: give the https:// address of the provider as it writes it; no password, no query.`,
  );
}
