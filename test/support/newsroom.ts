import { placed } from './desk.ts';
import { createHash, randomUUID } from 'node:crypto';
import type { SiteSettings } from '../../src/contract/site.ts';
import { addDays } from '../../src/contract/time.ts';
import { recordHeldComments } from '../../src/record/comments.ts';
import { sealContact } from '../../src/record/contactSeal.ts';
import { appendEvent } from '../../src/record/events.ts';
import { addGuidelineVersion } from '../../src/record/guidelines.ts';
import { oweNotice } from '../../src/record/outbox.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { insertSite } from '../../src/record/sites.ts';
import type { Store } from '../../src/record/store.ts';
import { saveStory } from '../../src/record/stories.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';

export const secret = 'the secret of a test installation';

/** A site with one guideline (`attack`) and one story (`bridge`), straight in the record. */
export async function makeNewsroom(
  store: Store,
  site: string,
  { at, name = 'The Harbour', settings = {} }: { at: Date; name?: string; settings?: Partial<SiteSettings> },
): Promise<void> {
  const key = 'attack';
  const titles = { en: 'Personal attacks', ckb: 'هێرشی کەسی' };
  await inTransaction(store.writer, async (transaction) => {
    await insertSite(transaction, { site, name, language: 'en', origins: [] }, at);
    const guideline = { key, version: 1, position: 1, titles, wordings: titles, retired: false, at, actor: 'cli' };
    await addGuidelineVersion(transaction, site, guideline);
  });
  await changeSettings(store, site, { settings, at, actor: 'cli' });
  await saveStory(
    store,
    { site, story: 'bridge' },
    {
      headline: 'The bridge opens again',
      byline: 'The Harbour',
      published: at,
      tags: [],
      language: 'en',
      dir: 'ltr',
      text: 'It does.',
      comments: 'open',
      withdrawn: false,
      at,
    },
  );
}

export type Held = { id: string; text: string; sha256: Buffer };

/** A held comment; with `email` its author wants to be told, and has confirmed the address unless it says otherwise. */
export async function holdComment(
  store: Store,
  site: string,
  about: {
    at: Date;
    text?: string;
    email?: string;
    language?: string;
    deleteAfter?: Date;
    digest?: Buffer;
    isConfirmed?: boolean;
    parent?: string;
  },
): Promise<Held> {
  const id = randomUUID();
  const text = about.text ?? `A comment ${id}`;
  const sha256 = createHash('sha256').update(text).digest();
  const digest = about.digest ?? null;
  const sealed = about.email === undefined ? null : sealContact(secret, { site, kind: 'comment', id }, about.email);
  const stored = await recordHeldComments(store, [
    placed({
      site,
      id,
      story: 'bridge',
      parent: about.parent ?? null,
      name: 'Nina',
      text,
      sha256,
      lang: 'en',
      dir: 'ltr',
      submittedAt: about.at,
      network: digest,
      fingerprint: digest,
      screening: null,
      need: 0,
      contact: sealed && {
        sealed,
        language: about.language ?? 'en',
        deleteAfter: about.deleteAfter ?? addDays(about.at, 213),
      },
    }),
  ]);
  if (!stored.has(id)) throw new Error('the comment was not stored');
  if (about.isConfirmed ?? true)
    await store.writer.query(
      sql`update contact set confirmed_at = ${about.at} where site = ${site} and comment = ${id}`,
    );
  return { id, text, sha256 };
}

/** Decides a comment, with the mail that is owed for it. Returns the decision's seq. */
export async function decide(
  store: Store,
  site: string,
  decision: {
    comment: Held;
    verdict: 'approve' | 'reject' | 'remove';
    version: number;
    at: Date;
    explanation?: string;
  },
): Promise<number> {
  const { comment, verdict, version, at } = decision;
  const ground = verdict === 'approve' ? {} : { guideline: 'attack', guidelineVersion: 1 };
  const explanation = decision.explanation ?? null;
  const body = { verdict, version, sha256: comment.sha256.toString('hex'), ...ground, explanation };
  return inTransaction(store.writer, async (transaction) => {
    const actor = 'moderator:1';
    const seq = await appendEvent(transaction, { site, kind: 'decided', comment: comment.id, at, actor, body });
    await oweNotice(transaction, { site, kind: 'decision', comment: comment.id, seq, at });
    return seq;
  });
}

/** Appends another event of a comment: an appeal, its decision, a withdrawal. */
export async function append(
  store: Store,
  site: string,
  event: { kind: 'appealed' | 'appeal_decided' | 'withdrawn'; comment: Held; at: Date; actor?: string; body: object },
): Promise<void> {
  const { kind, at, body, actor = 'reader' } = event;
  await inTransaction(store.writer, (transaction) =>
    appendEvent(transaction, { site, kind, comment: event.comment.id, at, actor, body }),
  );
}

/** Every row of every table, as text: what somebody who steals the database reads. */
export async function dumpDatabase(store: Store): Promise<string> {
  const tables = await queryRows<{ name: string }>(
    store.writer,
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
        and has_table_privilege(quote_ident(table_name), 'select')`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const result = await store.writer.query<{ row: string }>({
      text: `select t::text as row from "${name}" t`,
      values: [],
    });
    rows.push(...result.rows.map(({ row }) => row));
  }
  return rows.join('\n');
}
