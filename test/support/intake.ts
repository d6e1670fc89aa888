import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  commentFields,
  type HeldAnswer,
  type ReceiptPage,
  type ReceivedPage,
  type RefusedFormPage,
} from '../../src/contract/form.ts';
import type { MailPage } from '../../src/contract/authorMail.ts';
import type { Answer, Call } from '../../src/contract/http.ts';
import type { ReactedPage } from '../../src/contract/reaction.ts';
import type { ReportedPage, ReportReceiptPage } from '../../src/contract/report.ts';
import type { SiteSettings } from '../../src/contract/site.ts';
import type { StoryDraft } from '../../src/contract/story.ts';
import { createIntake, type Intake, type IntakeDeps } from '../../src/intake/intake.ts';
import { appendEvent } from '../../src/record/events.ts';
import { addGuidelineVersion } from '../../src/record/guidelines.ts';
import { keepRows, type Kept } from '../../src/record/kept.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { insertSite } from '../../src/record/sites.ts';
import { saveStory } from '../../src/record/stories.ts';
import { inTransaction, queryRows, type Database } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { freshDatabase } from './postgres.ts';

export const noon = new Date('2026-11-22T12:00:00.000Z');
export const secret = 'a secret of the intake tests and of nobody else';

/** What the pages were asked to show, in order. */
export type Shown = {
  refused: RefusedFormPage[];
  received: ReceivedPage[];
  receipts: ReceiptPage[];
  reported: ReportedPage[];
  reacted: ReactedPage[];
  reports: ReportReceiptPage[];
  mails: MailPage[];
};

export type IntakeDesk = {
  database: Database;
  databaseUrl: string;
  intake: Intake;
  kept: Kept;
  dataFolder: string;
  shown: Shown;
  /** Another intake on the same database and folder, as a second server process has it. */
  openAnother(deps?: Partial<IntakeDeps>): Intake;
  set(settings: Partial<SiteSettings>): Promise<void>;
  story(key: string, draft?: Partial<StoryDraft>): Promise<void>;
  remove(): Promise<void>;
};

/** A database with the site `sample` (guidelines `attack` and `relevance`), the open story `welcome`, and an intake. Kept
 *  rows are read afresh each time, as they are where a PgBouncer keeps the watch from hearing. */
export async function openIntakeDesk(deps: Partial<IntakeDeps> = {}): Promise<IntakeDesk> {
  const { database, settings, remove } = await freshDatabase();
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'stet-intake-'));
  const kept = keepRows(database, {
    isFresh: () => false,
    subscribe: () => () => {},
    catchUp: async () => {},
    close: async () => {},
  });
  const shown: Shown = { refused: [], received: [], receipts: [], reported: [], reacted: [], reports: [], mails: [] };
  const pages = {
    renderRefusedForm: (page: RefusedFormPage) => show(shown.refused, page),
    renderReceived: (page: ReceivedPage) => show(shown.received, page),
    renderReceiptPage: (page: ReceiptPage) => show(shown.receipts, page),
    renderReported: (page: ReportedPage) => show(shown.reported, page),
    renderReacted: (page: ReactedPage) => show(shown.reacted, page),
    renderReportReceipt: (page: ReportReceiptPage) => show(shown.reports, page),
    renderMailPage: (page: MailPage) => show(shown.mails, page),
  };
  const opened: Intake[] = [];
  const openAnother = (more: Partial<IntakeDeps> = {}): Intake => {
    const intake = createIntake({
      store: database,
      kept,
      publicUrl: 'https://talk.courier.example',
      secret,
      dataFolder,
      log: () => {},
      clock: () => noon,
      ...pages,
      ...deps,
      ...more,
    });
    opened.push(intake);
    return intake;
  };
  await addSample(database);
  const desk: IntakeDesk = {
    database,
    databaseUrl: settings.databaseUrl,
    intake: openAnother(),
    kept,
    dataFolder,
    shown,
    openAnother,
    set: async (settings) => {
      await changeSettings(database, 'sample', { settings, at: noon, actor: 'cli' });
    },
    story: async (key, draft = {}) => {
      await saveStory(database, { site: 'sample', story: key }, { ...storyDraft, ...draft, at: noon });
    },
    remove: async () => {
      for (const intake of opened) await intake.close();
      await remove();
      rmSync(dataFolder, { recursive: true });
    },
  };
  await desk.story('welcome');
  return desk;
}

const storyDraft: StoryDraft = {
  headline: 'The bridge opens',
  byline: 'The Courier',
  published: new Date('2026-11-20T08:00:00Z'),
  tags: ['city'],
  language: 'en',
  dir: 'ltr',
  text: 'The new bridge over the river opens on Monday.',
  comments: 'open',
  withdrawn: false,
};

async function addSample(database: Database): Promise<void> {
  await inTransaction(database.writer, async (transaction) => {
    const site = { site: 'sample', name: 'The Courier', language: 'en', origins: ['https://courier.example'] };
    await insertSite(transaction, site, noon);
    for (const [position, key] of ['attack', 'relevance'].entries()) {
      const texts = { titles: { en: `About ${key}`, ar: `عن ${key}` }, wordings: { en: 'Please.' } };
      await addGuidelineVersion(transaction, 'sample', {
        key,
        version: 1,
        position,
        retired: false,
        ...texts,
        at: noon,
        actor: 'cli',
      });
    }
  });
  await changeSettings(database, 'sample', { settings: { screening: 'off' }, at: noon, actor: 'cli' });
}

function show<Page extends object>(pages: Page[], page: Page): string {
  pages.push(page);
  return '<!doctype html>';
}

export type Sent = {
  key?: string;
  form?: boolean;
  address?: string;
  site?: string;
  story?: string;
  url?: string;
  now?: Date;
  headers?: Record<string, string>;
  intake?: Intake;
};

/** A call as the server hands it over. */
export function makeCall(body: unknown, sent: Sent & { params?: Record<string, string> } = {}): Call {
  return {
    params: sent.params ?? { site: sent.site ?? 'sample', story: sent.story ?? 'welcome' },
    query: sent.url === undefined ? {} : { url: sent.url },
    headers: { ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }), ...sent.headers },
    body,
    isForm: sent.form ?? false,
    address: sent.address ?? '203.0.113.9',
    now: sent.now ?? noon,
  };
}

/** Posts a comment. A plain form carries the token of its page unless the body says otherwise. */
export async function post(desk: IntakeDesk, body: Record<string, unknown>, sent: Sent = {}): Promise<Answer> {
  const call = makeCall(body, sent);
  const token = desk.intake.formToken(call.params['site'] ?? '', call.params['story'] ?? '', call.now);
  const fields = call.isForm ? { [commentFields.token]: token, ...body } : body;
  return (sent.intake ?? desk.intake).handlers.postComment({ ...call, body: fields });
}

/** The answer to a comment that has to be accepted. */
export async function hold(desk: IntakeDesk, body: Record<string, unknown>, sent: Sent = {}): Promise<HeldAnswer> {
  return heldIn(await post(desk, body, sent));
}

/** The held comment of an answer that has to be a 202. */
export function heldIn(answer: Answer): HeldAnswer {
  assert.equal(answer.outcome, 'answered', JSON.stringify(answer));
  assert.equal(answer.outcome === 'answered' && answer.status, 202);
  return (answer as { body: HeldAnswer }).body;
}

/** The reason of a refusal; a readable something for any other answer. */
export function reasonOf(answer: Answer): string {
  return answer.outcome === 'refused' ? answer.refusal.reason : `answered ${answer.status}`;
}

/** How many comments the site has. */
export async function countComments(database: Database): Promise<number> {
  const [row] = await queryRows<{ n: number }>(database.writer, sql`select count(*) as n from comment`);
  return row?.n ?? 0;
}

/** Decides a comment as the desk's room would: one event, folded by the database. */
export async function decide(
  { database }: IntakeDesk,
  id: string,
  decision: { verdict: 'approve' | 'reject' | 'remove'; guideline?: string; explanation?: string; at?: Date },
): Promise<void> {
  const { verdict, guideline, explanation, at = noon } = decision;
  const [row] = await queryRows<{ version: number; sha256: Buffer }>(
    database.writer,
    sql`select version, sha256 from comment where site = 'sample' and id = ${id}`,
  );
  assert.ok(row, 'the comment exists');
  const ground = guideline === undefined ? {} : { guideline, guidelineVersion: 1 };
  await append({ database }, id, {
    kind: 'decided',
    body: {
      verdict,
      version: row.version,
      sha256: row.sha256.toString('hex'),
      ...ground,
      ...(explanation && { explanation }),
    },
    at,
  });
}

/** Appends one event about a comment. */
export async function append(
  { database }: Pick<IntakeDesk, 'database'>,
  comment: string,
  event: { kind: 'decided' | 'appeal_decided' | 'erased'; body: object; at?: Date; actor?: string },
): Promise<void> {
  const { kind, body, at = noon, actor = 'moderator:one' } = event;
  await inTransaction(database.writer, (transaction) =>
    appendEvent(transaction, { site: 'sample', kind, comment, at, actor, body }),
  );
}

export const draft = { name: 'Rojîn', text: 'Well done, but late.' };
