import { createHash, randomUUID } from 'node:crypto';
import { automationHandlers } from '../../src/automation/automation.ts';
import type { Answer, Call, Handler } from '../../src/contract/http.ts';
import type { Role, TokenScope } from '../../src/contract/desk.ts';
import type { Principal, Reach } from '../../src/contract/principal.ts';
import { suspectsOf, urgencyOf, weightsOf } from '../../src/contract/need.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { createIdentity } from '../../src/identity/identify.ts';
import { defaultSettings } from '../../src/contract/site.ts';
import { addModerator } from '../../src/identity/moderators.ts';
import { listAccounts } from '../../src/record/accounts.ts';
import { recordHeldComments, type NewComment } from '../../src/record/comments.ts';
import { appendEvent, type EventKind } from '../../src/record/events.ts';
import { addGuidelineVersion } from '../../src/record/guidelines.ts';
import { keepRows, type Kept } from '../../src/record/kept.ts';
import { insertSite } from '../../src/record/sites.ts';
import { recordReport, type NewReport } from '../../src/record/reports.ts';
import { saveStory } from '../../src/record/stories.ts';
import { insertToken } from '../../src/record/tokens.ts';
import { sql } from '../../src/storage/sql.ts';
import type { Watch } from '../../src/record/watch.ts';
import { openLiveDesk } from '../../src/review/live.ts';
import { reviewHandlers } from '../../src/review/review.ts';
import { rulebookHandlers } from '../../src/rulebook/rulebook.ts';
import type { Screening } from '../../src/screening/types.ts';
import { withConnection } from '../../src/storage/connections.ts';
import { inTransaction, queryRows, type Database } from '../../src/storage/database.ts';
import type { Sql } from '../../src/storage/sql.ts';
import { freshDatabase, type FreshDatabase } from './postgres.ts';

export const noon = new Date('2026-11-22T12:00:00.000Z');

/** What a test asks a handler with; everything else of the call is plain. */
export type Asked = Partial<Pick<Call, 'params' | 'query' | 'headers' | 'body' | 'now' | 'principal' | 'address'>>;

/** An answer as a test reads it: `reason` for a refusal, with what stands beside it in `body`. */
export type Read = {
  status: number;
  reason?: string;
  body: Record<string, unknown>;
  headers: Readonly<Record<string, unknown>>;
};

/** The desk's rooms over a database of their own. */
export type Desk = {
  database: Database;
  /** To open the same database once more: `openDatabase(settings)`. */
  settings: FreshDatabase['settings'];
  kept: Kept;
  ask(name: RouteName, asked?: Asked): Promise<Read>;
  /** Stores a held comment under the story `bridge` and returns its id. */
  hold(site: string, comment?: Partial<NewComment>): Promise<string>;
  /** A person with this role on these sites who has just signed in. */
  person(name: string, role: Role, ...sites: string[]): Promise<Principal>;
  /** The same on one site, limited to sections of it. The story `bridge` is of the section `news`. */
  limited(name: string, role: Role, limits: { site: string; sections: string[] }): Promise<Principal>;
  program(site: string, scope: TokenScope): Promise<Principal>;
  append(site: string, comment: string, event: { kind: EventKind; actor?: string; body: object }): Promise<void>;
  rows<Row>(query: Sql): Promise<Row[]>;
  /** A statement as a superuser, past every trigger: what somebody with the database in their hands can do. */
  tamper(statement: string, values?: unknown[]): Promise<void>;
  remove(): Promise<void>;
};

/** Opens a desk with the given sites, each with the guidelines `attack` and `relevance` and the story `bridge`. */
export async function openDesk(...sites: string[]): Promise<Desk> {
  const { database, settings, remove } = await freshDatabase();
  const deaf: Watch = {
    isFresh: () => false,
    catchUp: async () => {},
    subscribe: () => () => {},
    close: async () => {},
  };
  const kept = keepRows(database, deaf);
  const live = openLiveDesk({ store: database, watch: deaf, renew: async (principal) => principal, now: () => noon });
  const handlers = {
    ...reviewHandlers({ store: database, kept }),
    ...automationHandlers({ store: database, kept, headsOf: () => undefined }),
    ...rulebookHandlers({ store: database, kept }),
    ...live.handlers,
    ...createIdentity({ store: database, secret: 'a secret', publicUrl: 'https://desk.example' }).handlers,
  };
  for (const site of sites) await makeSite(database, site);
  return {
    database,
    settings,
    kept,
    ask: (name, asked = {}) => askHandler(handlers[name], asked),
    hold: (site, comment) => hold(database, site, comment),
    person: (name, role, ...on) =>
      arrive(
        database,
        { name, role },
        on.map((site) => ({ site, sections: [] })),
      ),
    limited: (name, role, limits) => arrive(database, { name, role }, [limits]),
    program: async (site, scope) => {
      const id = randomUUID();
      await insertToken(database, {
        site,
        id,
        name: `${scope} robot`,
        scopes: [scope],
        hash: digest(id),
        actor: 'operator',
        at: noon,
      });
      const account = (await listAccounts(database, site)).find((found) => found.id === id);
      if (!account) throw new Error('the program has no account');
      return {
        kind: 'program',
        accounts: [{ site, id, name: account.name, role: account.role, scopes: account.scopes, sections: [] }],
      };
    },
    append: async (site, comment, { kind, actor = 'reader', body }) => {
      await inTransaction(database.writer, (transaction) =>
        appendEvent(transaction, { site, kind, comment, at: noon, actor, body }),
      );
    },
    rows: (query) => queryRows(database.writer, query),
    tamper: (statement, values = []) =>
      withConnection(database.owner, async (client) => {
        await client.query('set session_replication_role = replica');
        await client.query(statement, values);
      }),
    remove: async () => {
      await live.close();
      await remove();
    },
  };
}

async function arrive(
  database: Database,
  { name, role }: { name: string; role: Role },
  reaches: readonly Reach[],
): Promise<Principal> {
  const email = `${name.toLowerCase()}@desk.example`;
  for (const reach of reaches) await addModerator(database, { ...reach, email, role, name }, noon);
  const accounts = (await listAccounts(database)).filter((account) => account.email === email);
  return { kind: 'person', isProven: true, accounts: accounts.map((account) => ({ ...account, email })) };
}

/** Asks one handler and reads its answer. */
export async function askHandler(handler: Handler | undefined, asked: Asked): Promise<Read> {
  if (!handler) throw new Error('no such handler');
  const plain: Call = {
    params: {},
    query: {},
    headers: {},
    body: undefined,
    isForm: false,
    address: '192.0.2.7',
    now: noon,
  };
  return readAnswer(await handler({ ...plain, ...asked }));
}

function readAnswer(answer: Answer): Read {
  if (answer.outcome === 'refused') {
    const { reason, beside = {}, field } = answer.refusal;
    return { status: 0, reason, body: { ...beside, ...(field === undefined ? {} : { field }) }, headers: {} };
  }
  const body =
    typeof answer.body === 'object' ? (JSON.parse(JSON.stringify(answer.body)) as Record<string, unknown>) : {};
  return { status: answer.status, body, headers: answer.headers ?? {} };
}

/** SHA-256, raw. */
export function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function hold(database: Database, site: string, comment: Partial<NewComment> = {}): Promise<string> {
  const id = comment.id ?? randomUUID();
  const text = comment.text ?? `A comment ${id}`;
  const standard: NewComment = {
    site,
    id,
    story: 'bridge',
    parent: null,
    name: 'Nina',
    text,
    sha256: digest(text),
    lang: 'en',
    dir: 'ltr',
    submittedAt: noon,
    network: digest(`network ${id}`),
    fingerprint: digest(`body ${id}`),
    screening: null,
    need: 0,
    urgency: 0,
    suspects: [],
    contact: null,
  };
  const whole = { ...standard, ...comment, id };
  const stored = await recordHeldComments(database, [{ ...placed(whole), ...comment, id }]);
  if (!stored.has(id)) throw new Error('the comment was not stored');
  if (whole.contact) {
    // Its author has answered the mail that asked.
    await database.writer.query(sql`update contact set confirmed_at = ${noon} where comment = ${id}`);
    await database.writer.query(sql`delete from outbox where kind = 'confirm' and body ->> 'comment' = ${id}`);
  }
  return id;
}

/** Stores a reader's report of a published comment of the site `harbour`, and returns its id. */
export async function report(
  { database }: Pick<Desk, 'database'>,
  comment: string,
  about: Partial<NewReport> = {},
): Promise<string> {
  const id = randomUUID();
  const stored = await recordReport(database, {
    ...{ site: 'harbour', id, comment, reason: 'attack', detail: null, sealedContact: null, network: null, at: noon },
    ...{ isNotice: false, isNamelessOffence: false, isConfirmed: false, language: 'en' },
    ...about,
  });
  if (!stored) throw new Error('the comment is not published');
  return id;
}

/** The comment with its place in the queue's order, as intake gives it with the standard weights. */
export function placed<Waiting extends Pick<NewComment, 'need' | 'submittedAt' | 'screening'>>(
  comment: Waiting,
): Waiting & Pick<NewComment, 'urgency' | 'suspects'> {
  const { need, submittedAt, screening } = comment;
  const facts = { screening: need, submittedAt, reports: 0, traffic: 0 };
  const urgency = urgencyOf(facts, weightsOf(defaultSettings));
  return { ...comment, urgency, suspects: suspectsOf(screening as Screening | null) };
}

async function makeSite(database: Database, site: string): Promise<void> {
  await inTransaction(database.writer, async (transaction) => {
    await insertSite(transaction, { site, name: `The ${site}`, language: 'en', origins: [] }, noon);
    for (const [index, key] of ['attack', 'relevance'].entries()) {
      const words = { en: key };
      const guideline = { key, version: 1, position: index + 1, titles: words, wordings: words, retired: false };
      await addGuidelineVersion(transaction, site, { ...guideline, at: noon, actor: 'cli' });
    }
  });
  const story = {
    headline: 'The bridge opens',
    byline: 'The Harbour',
    published: noon,
    tags: [],
    section: 'news',
    language: 'en',
    text: 'It does.',
  };
  await saveStory(
    database,
    { site, story: 'bridge' },
    { ...story, dir: 'ltr', comments: 'open', withdrawn: false, at: noon },
  );
}
