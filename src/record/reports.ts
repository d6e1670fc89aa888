import type { ReportRow, ReportState } from '../contract/report.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { lockComment } from './decisions.ts';
import { appendEvent, moveRefused } from './events.ts';
import { owe } from './outbox.ts';
import type { Store, Transaction } from './store.ts';

/** A reader's report of a published comment. Whoever wishes to be told is sealed as an author's address is. */
export type NewReport = {
  site: string;
  id: string;
  comment: string;
  reason: string;
  detail: string | null;
  sealedContact: Buffer | null;
  isNotice: boolean;
  isNamelessOffence: boolean;
  /** Whether its receipt is owed by mail (DSA Art. 16(4)). */
  isConfirmed: boolean;
  language: string;
  /** As beside a comment; null where none is kept. */
  network: string | null;
  at: Date;
};

/** Stores the report, and owes the mail that confirms a notice. False when the comment is no longer published. */
export async function recordReport(store: Store, report: NewReport): Promise<boolean> {
  const { site, id, comment, reason, detail, sealedContact, isNotice, isNamelessOffence, language, network, at } =
    report;
  return inTransaction(store.writer, async (transaction) => {
    const rows = await queryRows(
      transaction,
      sql`insert into report (site, id, comment, reason, detail, sealed_contact, notice, nameless_offence, language, network,
          reported_at)
        select p.site, ${id}::uuid, p.id, ${reason}::text, ${detail}::text, ${sealedContact}::bytea, ${isNotice}::boolean,
          ${isNamelessOffence}::boolean, ${language}::text, decode(${network}::text, 'hex'), ${at}::timestamptz
        from published p where p.site = ${site} and p.id = ${comment}
        returning 1`,
    );
    if (rows.length > 0 && report.isConfirmed)
      await owe(transaction, { site, kind: 'report', body: { report: id, confirms: true }, at });
    return rows.length > 0;
  });
}

/** The reports of a comment, open ones first, then the newest; at most 100. */
export async function listReports(store: Store, named: { site: string; comment: string }): Promise<ReportRow[]> {
  type Row = Omit<ReportRow, 'reportedAt' | 'decidedAt'> & { reportedAt: Date; decidedAt: Date | null };
  const rows = await queryRows<Row>(
    store.writer,
    sql`select r.id, r.reason, r.notice as "isNotice", r.nameless_offence as "isNamelessOffence", r.detail,
        r.reported_at as "reportedAt", r.state, r.sealed_contact is not null as "isReachable", r.explanation,
        coalesce(a.name, r.decided_by) as "decidedBy", r.decided_at as "decidedAt"
      from report r left join account a on a.site = r.site and a.id = ${accountOfActor(sql`r.decided_by`)}
      where r.site = ${named.site} and r.comment = ${named.comment}
      order by r.state = 'open' desc, r.reported_at desc, r.id limit 100`,
  );
  return rows.map((row) => ({
    ...row,
    reportedAt: row.reportedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
}

/** What a report came to, with the guideline of the removal that upheld it. */
export type ReportOutcome = {
  id: string;
  site: string;
  story: string;
  headline: string | null;
  comment: string;
  reason: string;
  isNotice: boolean;
  state: ReportState;
  reportedAt: Date;
  decidedAt: Date | null;
  /** Decided by a program's account instead of a person's. */
  isAutomated: boolean;
  explanation: string | null;
  guideline: string | null;
  guidelineVersion: number | null;
  titles: Record<string, string> | null;
  law: string | null;
};

/** A report for whoever holds its receipt, or is written to; undefined where there is none. */
export async function findReport(store: Store, site: string, id: string): Promise<ReportOutcome | undefined> {
  const [row] = await queryRows<ReportOutcome>(
    store.writer,
    sql`select r.id, r.site, c.story, s.headline, r.comment, r.reason, r.notice as "isNotice", r.state,
        r.reported_at as "reportedAt", r.decided_at as "decidedAt", r.explanation,
        coalesce(r.decided_by !~ '^(moderator:|reader$)', false) as "isAutomated", d.guideline,
        d.guideline_version as "guidelineVersion", g.titles, g.law
      from report r
      join comment c on c.site = r.site and c.id = r.comment
      left join story s on s.site = c.site and s.story = c.story
      left join decision d on d.site = r.site and d.comment = r.comment and d.seq = r.decision
      left join guideline_version g on g.site = d.site and g.guideline = d.guideline and g.version = d.guideline_version
      where r.site = ${site} and r.id = ${id}`,
  );
  return row;
}

/** Where whoever reported wants to be told, still sealed, and in which language. */
export async function findReporter(
  store: Store,
  site: string,
  id: string,
): Promise<{ sealed: Buffer; language: string; reportedAt: Date } | undefined> {
  const [row] = await queryRows<{ sealed: Buffer | null; language: string | null; reportedAt: Date }>(
    store.writer,
    sql`select sealed_contact as sealed, language, reported_at as "reportedAt" from report where site = ${site} and id = ${id}`,
  );
  return row?.sealed ? { sealed: row.sealed, language: row.language ?? 'en', reportedAt: row.reportedAt } : undefined;
}

/** Which open reports a moderator means: those of these ids, or all of the comment. */
type Named = { site: string; comment: string; reports?: readonly string[] | undefined };

/** Dismisses open reports of a comment by one event, while the comment is locked. Refused: `report_closed` where one of them
 *  is not open, `field_required` for a notice that nothing is said about. Returns the ids. */
export async function recordDismissal(
  store: Store,
  dismissal: Named & { explanation: string | undefined; actor: string; at: Date },
): Promise<{ outcome: 'dismissed'; reports: string[] } | Refused> {
  const { site, comment, explanation, actor, at } = dismissal;
  try {
    return await inTransaction(store.writer, async (transaction) => {
      await lockComment(transaction, { site, id: comment });
      const open = await listOpen(transaction, dismissal);
      if (open.length === 0 || open.length < (dismissal.reports?.length ?? 0)) return refused('report_closed');
      // The law owes its notifier a reasoned answer.
      if (explanation === undefined && open.some(({ isNotice }) => isNotice))
        return refused('field_required', { field: 'explanation' });
      const reports = open.map(({ id }) => id);
      const body = { reports, explanation: explanation ?? null };
      await appendEvent(transaction, { site, kind: 'reports_dismissed', comment, at, actor, body });
      return { outcome: 'dismissed', reports };
    });
  } catch (error) {
    if (moveRefused(error)) return refused('report_closed');
    throw error;
  }
}

function listOpen(
  transaction: Transaction,
  { site, comment, reports }: Named,
): Promise<{ id: string; isNotice: boolean }[]> {
  const meant = reports === undefined ? sql`true` : sql`id = any (${reports}::uuid[])`;
  return queryRows(
    transaction,
    sql`select id, notice as "isNotice" from report
      where site = ${site} and comment = ${comment} and state = 'open' and ${meant} order by reported_at, id`,
  );
}
