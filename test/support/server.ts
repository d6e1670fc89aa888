import { fileURLToPath } from 'node:url';
import { addModerator } from '../../src/identity/moderators.ts';
import { addToken } from '../../src/identity/tokens.ts';
import { createSite } from '../../src/cli/createSite.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { Role, TokenScope } from '../../src/contract/desk.ts';
import type { SiteSettings } from '../../src/contract/site.ts';
import { parseStoryDraft } from '../../src/contract/story.ts';
import { leaseMilliseconds } from '../../src/record/watch.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import type { Store } from '../../src/record/store.ts';
import { saveStory } from '../../src/record/stories.ts';
import { startServer as startProduct } from '../../src/server/server.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { temporaryFolder } from './folders.ts';
import { freshDatabase, type FreshDatabase } from './postgres.ts';

/** The whole product on a database of its own, listening on a free loopback port, in this process. */
export type TestServer = {
  /** As readers know it: `http://localhost:<port>`. */
  url: string;
  /** Below `url`. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** The writer's and reader's pools of the tests, apart from the server's. */
  store: Store;
  fresh: FreshDatabase;
  dataFolder: string;
  /** The product's clock; `pass` moves it on. Begins at the real time, since browsers keep their own. */
  now: () => Date;
  pass: (minutes: number) => void;
  /** The one-time address for a new account on a site; `sample` and `editor` unless told. */
  signIn: (account?: { site?: string; email?: string; role?: Role }) => Promise<string>;
  /** A bearer token. */
  token: (scope: TokenScope, site?: string) => Promise<string>;
  set: (settings: Partial<SiteSettings>, site?: string) => Promise<void>;
  /** A further server process's worth of product on the same database. */
  another: () => Promise<{ url: string; close: () => Promise<unknown> }>;
  stop: () => Promise<void>;
};

export type TestServerOptions = {
  settings?: Partial<Settings>;
  /** The site `sample` begins with rate limits off unless told. */
  site?: Partial<SiteSettings>;
  origins?: readonly string[];
  language?: string;
  /** How long a query of the server waits for a free connection before it fails; as in the product unless told. */
  connectMilliseconds?: number;
};

/** Where the browser code is built to. */
export const assetsFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const secret = 'a secret of the tests and of nobody else';

/** Starts it with the site `sample` and its open stories `welcome` (English), `bexer` (Sorani) and `ahlan` (Arabic).
 *
 *      const server = await startServer();
 *      after(server.stop); */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const fresh = await freshDatabase();
  const { database: store } = fresh;
  const { connectMilliseconds } = options;
  const { folder, remove } = temporaryFolder();
  let passed = 0;
  const now = (): Date => new Date(Date.now() + passed * 60_000);
  await fillSite(store, options, now());
  const open = async () => {
    const settings = makeSettings(folder, options.settings);
    return startProduct({
      settings,
      store: await openDatabase({ ...fresh.settings, pool: { ...fresh.settings.pool, connectMilliseconds } }),
      secret,
      version: 'test',
      assetsFolder,
      now,
    });
  };
  const first = await open();
  const others: { close: () => Promise<unknown> }[] = [];
  return {
    url: first.publicUrl,
    fetch: (path, init) => fetch(first.publicUrl + path, init),
    store,
    fresh,
    dataFolder: folder,
    now,
    pass: (minutes) => void (passed += minutes),
    signIn: async ({ site = 'sample', email = 'editor@example.org', role = 'editor' } = {}) =>
      `${first.publicUrl}/desk/sign-in#${await addModerator(store, { site, email, role }, now())}`,
    token: (scope, site = 'sample') => addToken(store, { site, scopes: [scope], name: `${scope} of the tests` }, now()),
    set: async (settings, site = 'sample') => {
      await changeSettings(store, site, { settings, at: now(), actor: 'operator' });
      await new Promise((resolve) => setTimeout(resolve, leaseMilliseconds));
    },
    another: async () => {
      const other = await open();
      others.push(other);
      return { url: other.publicUrl, close: other.close };
    },
    stop: async () => {
      for (const other of others) await other.close();
      await first.close();
      await fresh.remove();
      remove();
    },
  };
}

function makeSettings(dataFolder: string, given: Partial<Settings> = {}): Settings {
  const scoring = { perMinute: 0, unsupported: 'error', origins: [] } as const;
  return {
    host: '127.0.0.1',
    port: 0,
    dataFolder,
    trustedProxies: [],
    pushServices: [],
    logLevel: 'silent',
    scoring,
    ...given,
  };
}

const stories = [
  {
    key: 'welcome',
    language: 'en',
    headline: 'The ferry will run at night again',
    text: 'The council said so on *Monday*.',
  },
  {
    key: 'bexer',
    language: 'ckb',
    headline: 'بازاڕی نوێ دەکرێتەوە',
    text: 'شارەوانی ڕایگەیاند کە بازاڕەکە هەینی دەکرێتەوە.',
  },
  { key: 'ahlan', language: 'ar', headline: 'افتتاح السوق الجديد', text: 'أعلنت البلدية أن السوق يفتح يوم الجمعة.' },
];

async function fillSite(store: Store, options: TestServerOptions, at: Date): Promise<void> {
  const { language = 'en', origins = [] } = options;
  await createSite(store, { site: 'sample', name: 'The Harbour Post', language, origins }, at);
  const settings: Partial<SiteSettings> = { 'intake.limits': 'off', ...options.site };
  await changeSettings(store, 'sample', { settings, at, actor: 'operator' });
  for (const { key, ...story } of stories) {
    const published = '2026-03-01T09:30:00Z';
    const draft = parseStoryDraft({ byline: 'The Harbour Post', published, tags: ['council'], ...story });
    if (draft.outcome === 'refused') throw new Error(`${key}: ${draft.refusal.field}`);
    await saveStory(store, { site: 'sample', story: key }, { ...draft.value, at });
  }
}
