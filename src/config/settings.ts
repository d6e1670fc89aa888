import { isIP } from 'node:net';
import { parseOrigin } from '../contract/site.ts';
import { isLoopback } from './loopback.ts';
import { readOidc, readReaderOidc, type OidcSettings, type ReaderOidcSettings } from './oidc.ts';
import { SettingsProblem } from './problem.ts';

export { SettingsProblem };

/** The settings of one installation, as `cli/` reads them from the environment once and hands them down. */
export type Settings = {
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** The address readers and moderators know, without a trailing slash; undefined: made from host and port. */
  publicUrl?: string | undefined;
  /** Folder of this installation (STET_DATA). */
  dataFolder: string;
  databaseUrl?: string | undefined;
  readerUrl?: string | undefined;
  directUrl?: string | undefined;
  smtpUrl?: string | undefined;
  mailFrom?: string | undefined;
  /** Addresses and networks whose forwarded client address is believed; empty: nobody's. */
  trustedProxies: readonly string[];
  /** Push services beside those of the browsers' makers: host names, or origins. */
  pushServices: readonly string[];
  logLevel: LogLevel;
  scoring: ScoringSettings;
  /** The identity provider whose people may sign in; undefined: there is none. */
  oidc?: OidcSettings | undefined;
  /** Where readers of a site sign in with their accounts; sites that are not among them have no such sign-in. */
  readerOidc?: ReadonlyMap<string, ReaderOidcSettings> | undefined;
  /** A server that speaks the OpenAI chat API; undefined: there is no such second reader. */
  chatReader?: ChatReaderSettings | undefined;
  /** A folder with a text classifier (`model.onnx`, `stet.json`); undefined: there is none. */
  onnxFolder?: string | undefined;
};

export type ChatReaderSettings = {
  /** The base address, without a trailing slash: `/chat/completions` follows it. On loopback, or https. */
  url: string;
  model: string;
  key?: string | undefined;
  timeoutMilliseconds: number;
  /** The most questions of one site on one day (UTC). */
  daily: number;
};

/** The scoring endpoint's own settings, with a database and without. */
export type ScoringSettings = {
  /** Requests that one key may make in a minute; 0 is no limit. */
  perMinute: number;
  /** Whether an attribute that is not given in a text's language ends the request, or is left out of the answer. */
  unsupported: 'error' | 'omit';
  /** Origins whose pages may ask; nobody's unless named. */
  origins: readonly string[];
};

/** What `stet serve --score-only` needs of the settings. */
export type ScoreOnlySettings = Pick<
  Settings,
  'host' | 'port' | 'publicUrl' | 'trustedProxies' | 'logLevel' | 'scoring'
>;

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings in an environment. Throws a SettingsProblem for the first value that does not fit. The secret is not
 *  among them: it is read from STET_SECRET or the data folder where it is used. */
export function readSettings(environment: Environment): Settings {
  return {
    host: environment['HOST'] || '127.0.0.1',
    port: readPort(environment['PORT']),
    publicUrl: readPublicUrl(environment['PUBLIC_URL']),
    dataFolder: environment['STET_DATA'] || './data',
    databaseUrl: environment['DATABASE_URL'] || undefined,
    readerUrl: environment['DATABASE_READER_URL'] || undefined,
    directUrl: environment['DATABASE_DIRECT_URL'] || undefined,
    smtpUrl: readSmtpUrl(environment['SMTP_URL']),
    mailFrom: readMailFrom(environment['MAIL_FROM']),
    trustedProxies: readProxies(environment['TRUSTED_PROXIES']),
    pushServices: readPushServices(environment['PUSH_SERVICES']),
    logLevel: readLogLevel(environment['LOG_LEVEL']),
    oidc: readOidc({
      issuer: environment['OIDC_ISSUER'],
      clientId: environment['OIDC_CLIENT_ID'],
      clientSecret: environment['OIDC_CLIENT_SECRET'],
      name: environment['OIDC_NAME'],
    }),
    readerOidc: readReaderOidc(environment['READER_OIDC']),
    chatReader: readChatReader({
      url: environment['STET_READER_URL'],
      model: environment['STET_READER_MODEL'],
      key: environment['STET_READER_KEY'],
      timeout: environment['STET_READER_TIMEOUT'],
      daily: environment['STET_READER_DAILY'],
    }),
    onnxFolder: environment['STET_READER_ONNX'] || undefined,
    scoring: {
      perMinute: readPerMinute(environment['STET_SCORE_PER_MINUTE']),
      unsupported: readUnsupported(environment['STET_SCORE_UNSUPPORTED']),
      origins: readOrigins(environment['STET_SCORE_ORIGINS']),
    },
  };
}

/** The keys of `stet serve --score-only`. Throws a SettingsProblem without one, and for one that no address could carry;
 *  it repeats none. */
export function readScoreKeys(environment: Environment): readonly string[] {
  const keys = splitList(environment['STET_SCORE_KEYS']);
  if (keys.length === 0) {
    throw new SettingsProblem(
      'STET_SCORE_KEYS is empty: give the keys that clients send as ?key=…, separated by commas (openssl rand -hex 24 makes one).',
    );
  }
  if (keys.every((key) => /^[!-~]{1,200}$/.test(key))) return keys;
  throw new SettingsProblem(
    'STET_SCORE_KEYS holds a key with a blank or a letter outside ASCII, or with more than 200: use letters, digits, - and _.',
  );
}

const standardPort = 3000;

function readPort(value: string | undefined): number {
  if (!value) return standardPort;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new SettingsProblem(`PORT is "${value}": give a number from 0 to 65535 (0 picks a free port).`);
}

function readPublicUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const url = URL.parse(value);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username)
    return url.origin;
  throw new SettingsProblem(
    `PUBLIC_URL is "${value}": give an origin such as https://comments.example.org, without a path.`,
  );
}

function readSmtpUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const url = URL.parse(value);
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return value;
  // The value is not repeated: it usually holds a password.
  throw new SettingsProblem(
    'SMTP_URL is no address of a mail server: give smtp://user:password@host:587 or smtps://….',
  );
}

const mailbox = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,189}$/;

// What follows a line break in a header would be a header of its own.
function readMailFrom(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const bare = /^[^<>\p{Cc}]{0,200}<([^<>]*)>$/u.exec(value)?.[1] ?? value;
  if (mailbox.test(bare)) return value;
  throw new SettingsProblem(
    `MAIL_FROM is "${value}": give an address such as desk@example.org, or Name <desk@example.org>.`,
  );
}

const names = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Addresses separated by commas. A network that holds nearly every address is refused: then any client could name its
 *  own. */
function readProxies(value: string | undefined): readonly string[] {
  const proxies = splitList(value);
  const wrong = proxies.find((proxy) => !names.has(proxy) && !isNarrow(proxy));
  if (wrong === undefined) return proxies;
  throw new SettingsProblem(
    `TRUSTED_PROXIES holds "${wrong}": list the addresses of your own proxies, such as 127.0.0.1 or 10.0.0.0/24.`,
  );
}

// A host name, for https and where it is public; or an origin, which is reached as it stands.
function readPushServices(value: string | undefined): readonly string[] {
  const services = splitList(value);
  const wrong = services.find((one) => !/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/.test(one) && parseOrigin(one) !== one);
  if (wrong === undefined) return services;
  throw new SettingsProblem(
    `PUSH_SERVICES holds "${wrong}": list host names such as push.example.org, or origins such as https://push.example.org:8443.`,
  );
}

function splitList(value: string | undefined): readonly string[] {
  const parts = (value ?? '').split(',').map((part) => part.trim());
  return parts.filter(Boolean);
}

function isNarrow(proxy: string): boolean {
  const [address = '', width, ...more] = proxy.split('/');
  const kind = isIP(address);
  if (kind === 0 || more.length > 0) return false;
  if (width === undefined) return true;
  // All of IPv4 is one /96 inside IPv6.
  const least = kind === 4 ? 8 : /^::ffff:/i.test(address) ? 104 : 16;
  return /^\d{1,3}$/.test(width) && Number(width) >= least && Number(width) <= (kind === 4 ? 32 : 128);
}

function readLogLevel(value: string | undefined): LogLevel {
  if (!value) return 'info';
  const level = logLevels.find((known) => known === value);
  if (level) return level;
  throw new SettingsProblem(`LOG_LEVEL is "${value}": choose one of ${logLevels.join(', ')}.`);
}

type WrittenReader = Record<'url' | 'model' | 'key' | 'timeout' | 'daily', string | undefined>;

const timeoutMilliseconds = { least: 100, most: 300_000, standard: 20_000 };
const dailyQuestions = { least: 0, most: 1_000_000, standard: 1000 };

function readChatReader({ url, model, key, timeout, daily }: WrittenReader): ChatReaderSettings | undefined {
  if (!url) {
    if (!model && !key) return undefined;
    throw new SettingsProblem(
      'STET_READER_URL is missing: STET_READER_MODEL and STET_READER_KEY mean nothing without.',
    );
  }
  if (!model || model.length > 200 || /\p{Cc}/u.test(model)) {
    throw new SettingsProblem(
      'STET_READER_MODEL is missing: name the model as the server of STET_READER_URL knows it.',
    );
  }
  // It becomes a header. The value is not repeated.
  if (key && !/^[!-~]{1,1000}$/.test(key)) {
    throw new SettingsProblem('STET_READER_KEY holds a character that no key has: give it as it was issued.');
  }
  return {
    url: readReaderUrl(url),
    model,
    key: key || undefined,
    timeoutMilliseconds: readBetween('STET_READER_TIMEOUT', timeout, timeoutMilliseconds),
    daily: readBetween('STET_READER_DAILY', daily, dailyQuestions),
  };
}

// Readers' texts go there: over a network they go encrypted, and a password in an address ends up in logs.
function readReaderUrl(value: string): string {
  const url = URL.parse(value);
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    return url.href.replace(/\/+$/, '');
  }
  throw new SettingsProblem(
    'STET_READER_URL does not fit: give https://… or, on this machine, http://127.0.0.1:11434/v1; no password, no query.',
  );
}

function readBetween(
  name: string,
  value: string | undefined,
  { least, most, standard }: { least: number; most: number; standard: number },
): number {
  if (!value) return standard;
  const number = Number(value);
  if (/^\d{1,7}$/.test(value) && number >= least && number <= most) return number;
  throw new SettingsProblem(`${name} is "${value}": give a whole number from ${least} to ${most}.`);
}

// Google gives 60; a newsroom on its own machine has no reason to share.
const standardPerMinute = 600;

function readPerMinute(value: string | undefined): number {
  if (!value) return standardPerMinute;
  if (/^\d{1,7}$/.test(value)) return Number(value);
  throw new SettingsProblem(`STET_SCORE_PER_MINUTE is "${value}": give a number of requests (0 is no limit).`);
}

function readUnsupported(value: string | undefined): ScoringSettings['unsupported'] {
  if (!value) return 'error';
  if (value === 'error' || value === 'omit') return value;
  throw new SettingsProblem(`STET_SCORE_UNSUPPORTED is "${value}": choose one of error, omit.`);
}

function readOrigins(value: string | undefined): readonly string[] {
  return splitList(value).map((written) => {
    const origin = parseOrigin(written);
    if (origin !== undefined) return origin;
    throw new SettingsProblem(
      `STET_SCORE_ORIGINS holds "${written}": list origins such as https://news.example, without a path.`,
    );
  });
}
