import type { CommentState } from '../contract/comment.ts';
import type { DecisionView, QueueRow } from '../contract/desk.ts';
import type { SecondReading } from '../contract/secondReading.ts';
import { sql, type Sql } from '../storage/sql.ts';

/** A row of `describeRows`. */
export type DescribedRow = {
  id: string;
  seq: number;
  version: number;
  site: string;
  storyKey: string;
  headline: string | null;
  standfirst: string | null;
  storyLanguage: string | null;
  storyDir: 'ltr' | 'rtl' | null;
  parent: string | null;
  parentName: string | null;
  parentText: string | null;
  name: string | null;
  text: string | null;
  sha256: string | null;
  lang: string;
  dir: 'ltr' | 'rtl';
  submittedAt: Date;
  state: CommentState;
  screening: QueueRow['screening'];
  secondReadings: SecondReading[] | null;
  need: number;
  approved: number | null;
  rejected: number | null;
  held: number | null;
  claimedBy: string | null;
  claimMine: boolean;
  claimExpiresAt: Date | null;
} & { [Field in keyof DecisionColumns]: DecisionColumns[Field] | null };

type DecisionColumns = {
  verdict: DecisionView['verdict'];
  guideline: string | null;
  guidelineVersion: number | null;
  explanation: string | null;
  decidedBy: string;
  automated: boolean;
  decidedAt: Date;
};

/** The account behind an event's actor (`moderator:<id>`, `program:<id>`), for a join with `account`. */
export function accountOfActor(actor: Sql): Sql {
  return sql`substring(${actor} from '^(?:moderator|program):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid`;
}

/** How the desk sees the comments of a common table expression `page` (rows of `comment`): one statement for the whole
 *  page. `history` are two further expressions that count comments of earlier under the same name, in one pass for the
 *  page and not one for each row; they are two because decided comments and held ones have an index each. Selects columns
 *  of `DescribedRow`; the caller writes the rest. */
export function describeRows(viewer: { accounts: readonly string[]; now: Date }): {
  history: Sql;
  columns: Sql;
  joins: Sql;
} {
  return {
    history: sql`decided as (
        select p.site, p.id, count(*) filter (where o.state = 'approved') as approved,
          count(*) filter (where o.state <> 'approved') as rejected
        from page p join comment o on o.site = p.site and o.name = p.name and o.seq < p.seq
          and o.state in ('approved', 'rejected', 'removed')
        group by p.site, p.id
      ), waiting as (
        select p.site, p.id, count(*) as held
        from page p join comment o on o.site = p.site and o.name = p.name and o.seq < p.seq and o.state = 'held'
        group by p.site, p.id
      )`,
    columns: sql`p.id, p.seq, p.version, p.site, p.story as "storyKey", s.headline, s.standfirst,
        s.language as "storyLanguage", s.dir as "storyDir", p.parent, u.name as "parentName", u.text as "parentText", p.name,
        p.text, encode(p.sha256, 'hex') as sha256, p.lang, p.dir, p.submitted_at as "submittedAt", p.state, p.screening, p.need,
        b.approved, b.rejected, w.held, coalesce(ka.name, k.account::text) as "claimedBy",
        coalesce(k.account = any(${viewer.accounts}::uuid[]), false) as "claimMine", k.expires_at as "claimExpiresAt",
        d.verdict, d.guideline, d.guideline_version as "guidelineVersion", d.explanation,
        coalesce(da.name, d.actor) as "decidedBy", d.automated, d.decided_at as "decidedAt",
        (select json_agg(json_build_object('reader', r.reader, 'model', r.model, 'scores', r.scores, 'reason', r.reason,
            'milliseconds', r.milliseconds, 'readAt', r.read_at) order by r.reader)
          from second_reading r where r.site = p.site and r.comment = p.id) as "secondReadings"`,
    joins: sql`left join story s on s.site = p.site and s.story = p.story
      left join comment u on u.site = p.site and u.id = p.parent
      left join decided b on b.site = p.site and b.id = p.id
      left join waiting w on w.site = p.site and w.id = p.id
      left join claim k on k.site = p.site and k.comment = p.id and k.expires_at > ${viewer.now} and p.state = 'held'
      left join account ka on ka.site = k.site and ka.id = k.account
      left join decision d on d.site = p.site and d.comment = p.id and d.seq = p.decision
      left join account da on da.site = d.site and da.id = ${accountOfActor(sql`d.actor`)}`,
  };
}

/** The row as the contract has it. A comment whose story is gone keeps the story's key for a headline. */
export function toQueueRow(row: DescribedRow): QueueRow {
  const { id, version, site, name, text, sha256, lang, dir, state, screening, need } = row;
  return {
    id,
    version,
    site,
    story: {
      key: row.storyKey,
      headline: row.headline ?? row.storyKey,
      standfirst: row.standfirst,
      language: row.storyLanguage ?? lang,
      dir: row.storyDir ?? dir,
    },
    parent: row.parent === null ? null : { id: row.parent, name: row.parentName, text: row.parentText },
    name,
    text,
    sha256,
    lang,
    dir,
    submittedAt: row.submittedAt.toISOString(),
    state,
    screening,
    secondReadings: (row.secondReadings ?? []).map((reading) => ({
      ...reading,
      readAt: new Date(reading.readAt).toISOString(),
    })),
    need,
    author: { approved: row.approved ?? 0, rejected: row.rejected ?? 0, held: row.held ?? 0 },
    claim:
      row.claimedBy === null || row.claimExpiresAt === null
        ? null
        : { by: row.claimedBy, mine: row.claimMine, expiresAt: row.claimExpiresAt.toISOString() },
    decision: toDecisionView(row),
  };
}

/** The decision of a row as the desk sees it; null where there is none. */
export function toDecisionView(row: {
  [Field in keyof DecisionColumns]: DecisionColumns[Field] | null;
}): DecisionView | null {
  const { verdict, decidedBy, automated, decidedAt, guideline, guidelineVersion, explanation } = row;
  if (verdict === null || decidedBy === null || decidedAt === null) return null;
  return {
    verdict,
    guideline,
    guidelineVersion,
    explanation,
    by: decidedBy,
    automated: automated ?? false,
    decidedAt: decidedAt.toISOString(),
  };
}
