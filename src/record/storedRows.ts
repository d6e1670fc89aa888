import type { Guideline } from '../contract/guideline.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { guidelineColumns } from './guidelines.ts';
import type { PublishedCopy, StoredComment } from './compareFolded.ts';
import type { FoldedAppeal, FoldedDecision, StoredEvent } from './refold.ts';
import type { StoredReport } from './refoldReports.ts';
import type { StoredSanction } from './refoldSanctions.ts';
import type { Transaction } from './store.ts';

type OfComment<Row> = Row & { comment: string };

const eventColumns = sql`seq, id, kind, comment, at, actor, body, salt, commitment`;

/** The next comments of a site after an id, in the order of ids, with all their rows; at most `limit`. */
export async function readStoredComments(
  transaction: Transaction,
  site: string,
  page: { after: string | null; limit: number },
): Promise<StoredComment[]> {
  const comments = await queryRows<
    Omit<StoredComment, 'events' | 'decisions' | 'appeals' | 'published' | 'sanctions' | 'reports' | 'featured'>
  >(
    transaction,
    sql`select c.site, c.id, c.story, c.parent, c.name, c.text, encode(c.sha256, 'hex') as sha256, c.lang, c.dir, c.state,
        c.version, c.decision, s.story is not null as "hasStory", k.comment is not null as "hasContact"
      from comment c
      left join story s on s.site = c.site and s.story = c.story
      left join contact k on k.site = c.site and k.comment = c.id
      where c.site = ${site} and (${page.after}::uuid is null or c.id > ${page.after}::uuid)
      order by c.id limit ${page.limit}`,
  );
  const ids = comments.map(({ id }) => id);
  const events = await queryRows<StoredEvent & { comment: string }>(
    transaction,
    sql`select ${eventColumns} from event where site = ${site} and comment = any(${ids}::uuid[]) order by seq`,
  );
  const decisions = await readDecisions(transaction, site, ids);
  const appeals = await readAppeals(transaction, site, ids);
  const published = await readPublished(transaction, site, ids);
  const marks = new Map((await readMarks(transaction, site, ids)).map(({ comment, ...mark }) => [comment, mark]));
  const sanctionsOf = Map.groupBy(await readSanctions(transaction, site, ids), ({ comment }) => comment);
  const reportsOf = Map.groupBy(await readReports(transaction, site, ids), ({ comment }) => comment);
  const eventsOf = Map.groupBy(events, ({ comment }) => comment);
  const decisionsOf = Map.groupBy(decisions, ({ comment }) => comment);
  const appealsOf = Map.groupBy(appeals, ({ comment }) => comment);
  const publishedOf = new Map(published.map((row) => [row.comment, row]));
  return comments.map((comment) => ({
    ...comment,
    events: eventsOf.get(comment.id) ?? [],
    decisions: decisionsOf.get(comment.id) ?? [],
    appeals: appealsOf.get(comment.id) ?? [],
    published: publishedOf.get(comment.id),
    sanctions: (sanctionsOf.get(comment.id) ?? []).map(({ comment: _, ...sanction }) => sanction),
    reports: (reportsOf.get(comment.id) ?? []).map(({ comment: _, ...report }) => report),
    featured: marks.get(comment.id),
  }));
}

async function readDecisions(
  transaction: Transaction,
  site: string,
  ids: readonly string[],
): Promise<OfComment<FoldedDecision>[]> {
  return queryRows(
    transaction,
    sql`select comment, seq, verdict, encode(sha256, 'hex') as sha256, guideline, guideline_version as "guidelineVersion",
        explanation, actor, automated, decided_at as at, supersedes
      from decision where site = ${site} and comment = any(${ids}::uuid[]) order by seq`,
  );
}

async function readAppeals(
  transaction: Transaction,
  site: string,
  ids: readonly string[],
): Promise<OfComment<FoldedAppeal>[]> {
  return queryRows(
    transaction,
    sql`select comment, id, decision, text, appealed_at as "appealedAt", state, explanation, decided_by as "decidedBy",
        decided_at as "decidedAt"
      from appeal where site = ${site} and comment = any(${ids}::uuid[])`,
  );
}

async function readPublished(
  transaction: Transaction,
  site: string,
  ids: readonly string[],
): Promise<OfComment<PublishedCopy>[]> {
  return queryRows(
    transaction,
    sql`select id as comment, story, parent, name, text, encode(sha256, 'hex') as sha256, lang, dir, position,
        published_at as at
      from published where site = ${site} and id = any(${ids}::uuid[])`,
  );
}

async function readMarks(
  transaction: Transaction,
  site: string,
  ids: readonly string[],
): Promise<OfComment<NonNullable<StoredComment['featured']>>[]> {
  return queryRows(
    transaction,
    sql`select comment, story, position, actor, featured_at as at from featured
      where site = ${site} and comment = any(${ids}::uuid[])`,
  );
}

async function readSanctions(
  transaction: Transaction,
  site: string,
  ids: readonly string[],
): Promise<OfComment<StoredSanction>[]> {
  return queryRows(
    transaction,
    sql`select comment, id, actor, started_at as at, lifted_at as "liftedAt", lifted_by as "liftedBy",
        lifted_why as "liftedWhy", appeal_state as "appealState", appeal_text as "appealText", appealed_at as "appealedAt",
        appeal_explanation as "appealExplanation", appeal_decided_by as "appealDecidedBy",
        appeal_decided_at as "appealDecidedAt", json_build_object('about', about, 'measure', measure, 'knownBy', known_by,
          'guideline', guideline, 'guidelineVersion', guideline_version, 'explanation', explanation, 'warning', warning,
          'report', report, 'minutes', minutes, 'decided', decided, 'breaking', breaking,
          'endsAt', to_char(ends_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as body
      from sanction where site = ${site} and comment = any(${ids}::uuid[])`,
  );
}

async function readReports(
  transaction: Transaction,
  site: string,
  ids: readonly string[],
): Promise<OfComment<StoredReport>[]> {
  return queryRows(
    transaction,
    sql`select comment, id, state, explanation, decided_by as "decidedBy", decided_at as "decidedAt", decision from report
      where site = ${site} and comment = any(${ids}::uuid[]) order by reported_at, id`,
  );
}

/** The next events of a site that are about no comment, after a sequence number; at most `limit`. */
export async function readSiteEvents(
  transaction: Transaction,
  site: string,
  page: { after: number; limit: number },
): Promise<StoredEvent[]> {
  return queryRows(
    transaction,
    sql`select ${eventColumns} from event
      where site = ${site} and comment is null and seq > ${page.after} order by seq limit ${page.limit}`,
  );
}

/** Every version of every guideline of a site. */
export async function readGuidelineVersions(transaction: Transaction, site: string): Promise<Guideline[]> {
  return queryRows(
    transaction,
    sql`select ${guidelineColumns} from guideline_version
      where site = ${site} order by guideline, version`,
  );
}

/** A row that belongs to no comment, or a comment that belongs to no site, in words; undefined when there is none. */
export async function findStray(transaction: Transaction): Promise<string | undefined> {
  const [row] = await queryRows<{ stray: string }>(
    transaction,
    sql`select 'comment ' || c.id || ' belongs to no site' as stray from comment c
        where not exists (select from site s where s.site = c.site)
      union all select 'event ' || e.seq || ' is about a comment that does not exist: ' || e.comment from event e
        where e.comment is not null and not exists (select from comment c where c.site = e.site and c.id = e.comment)
      union all select 'decision ' || d.seq || ' is about a comment that does not exist: ' || d.comment from decision d
        where not exists (select from comment c where c.site = d.site and c.id = d.comment)
      union all select 'decision ' || d.seq || ' was taken without a person and without a rule' from decision d
        where (d.automated or d.actor like 'policy:%') and not (d.automated and d.verdict = 'reject' and exists (
          select from event e where e.site = d.site and e.kind = 'automation_set' and d.actor = 'policy:' || e.id
            and e.seq < d.seq and e.body ->> 'guideline' = d.guideline and e.body ->> 'threshold' is not null))
      union all select 'a comment is published that does not exist: ' || p.id from published p
        where not exists (select from comment c where c.site = p.site and c.id = p.id)
      union all select 'a reader reacted to a comment that is not published: ' || r.comment from reaction r
        where not exists (select from published p where p.site = r.site and p.id = r.comment)
      union all select 'appeal ' || a.id || ' is about a comment that does not exist: ' || a.comment from appeal a
        where not exists (select from comment c where c.site = a.site and c.id = a.comment)
      union all select 'a second reading of comment ' || r.comment || ' is not what its event says' from second_reading r
        where not exists (select from event e where e.site = r.site and e.comment = r.comment and e.kind = 'read_again'
          and e.at = r.read_at and e.body ->> 'reader' = r.reader and e.body -> 'scores' = r.scores
          and e.body ->> 'reason' is not distinct from r.reason)
      union all select 'a first verdict on comment ' || f.comment || ' is not what its event says' from first_verdict f
        where not exists (select from event e where e.site = f.site and e.seq = f.seq and e.kind = 'first_verdict'
          and e.comment = f.comment and e.actor = f.actor and e.body ->> 'guideline' = f.guideline)
      union all select 'decision ' || d.seq || ' took effect without its second reading' from decision d
        join guideline_version g on g.site = d.site and g.guideline = d.guideline and g.version = d.guideline_version
        where g.second_reading and d.verdict = 'reject' and not exists (
          select from event e where e.site = d.site and e.comment = d.comment and e.kind = 'first_verdict')
      union all select 'comment ' || r.comment || ' was looked at again by no event' from recheck r
        where not exists (select from event e where e.site = r.site and e.comment = r.comment and e.kind = 'rechecked'
          and e.actor = r.actor and e.at = r.rechecked_at)
      union all select 'sanction ' || s.id || ' is about a comment that does not exist: ' || s.comment from sanction s
        where not exists (select from comment c where c.site = s.site and c.id = s.comment)
      union all select 'sanction ' || s.id || ' suspends a reader who was not warned' from sanction s
        where s.measure = 'suspend' and not exists (select from sanction w where w.site = s.site and w.id = s.warning
          and w.measure = 'warn' and w.started_at < s.started_at)
      limit 1`,
  );
  return row?.stray;
}
