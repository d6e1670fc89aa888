import type { CommentState } from '../contract/comment.ts';
import type { DecisionView, FeaturedView, HandOverView, PendingView, QueueRow, ReadingView } from '../contract/desk.ts';
import { explainNeed, needParts, stepOf, weightsOf, type Need } from '../contract/need.ts';
import type { SpeakerKind } from '../contract/reader.ts';
import { fillSettings } from '../contract/site.ts';
import type { SettingName } from '../contract/siteSettings.ts';
import type { SanctionNote } from '../contract/sanction.ts';
import type { SecondReading } from '../contract/secondReading.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { describeReading } from './readingRows.ts';
import { describeSanctions, toSanctionNotes } from './sanctionNotes.ts';

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
  sanctions: SanctionNote[] | null;
  need: number;
  approved: number | null;
  rejected: number | null;
  held: number | null;
  reports: number | null;
  storyReports: number | null;
  storyTraffic: number | null;
  settings: unknown;
  alike: number | null;
  claimedBy: string | null;
  claimMine: boolean;
  claimExpiresAt: Date | null;
  pending: PendingView | null;
  handOver: HandOverView | null;
  notes: number;
  byNewsroom: boolean;
  speaker: SpeakerKind | null;
  featured: FeaturedView | null;
  reading: ReadingView | null;
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

// A name that thousands use tells nothing by its exact number, and each row of a page counts anew.
const mostCounted = 200;
const mostReports = 100;
// As many as one call may decide.
const mostAlike = 500;

// Alone, and once for all rows: with its word lists a site's settings are longer than a page of comments.
const settingsOfRows: readonly SettingName[] = [
  ...needParts.map((part) => `queue.weight.${part}` as const),
  'featured',
];
const shownSettings = (site: string): Sql => sql`(select jsonb_object_agg(shown, i.settings -> shown)
  from site i cross join unnest(${settingsOfRows}::text[]) as u (shown) where i.site = ${site} and i.settings ? shown)`;

/** How the desk sees the comments of a common table expression `page` (rows of `comment`, all of one site): one statement for
 *  the whole page. `author` counts up to 200 earlier comments of each kind under the same name. Selects columns of
 *  `DescribedRow`; the caller writes the rest. */
export function describeRows(
  site: string,
  { accounts, now }: { accounts: readonly string[]; now: Date },
): {
  columns: Sql;
  joins: Sql;
} {
  const earlier = sql`o.site = p.site and o.name = p.name and o.seq < p.seq`;
  return {
    columns: sql`p.id, p.seq, p.version, p.site, p.story as "storyKey", s.headline, s.standfirst,
        s.language as "storyLanguage", s.dir as "storyDir", p.parent, u.name as "parentName", u.text as "parentText", p.name,
        p.text, encode(p.sha256, 'hex') as sha256, p.lang, p.dir, p.submitted_at as "submittedAt", p.state, p.screening, p.need,
        b.approved, b.rejected, w.held, coalesce(ka.name, k.account::text) as "claimedBy",
        coalesce(k.account = any(${accounts}::uuid[]), false) as "claimMine", k.expires_at as "claimExpiresAt",
        d.verdict, d.guideline, d.guideline_version as "guidelineVersion", d.explanation,
        coalesce(da.name, d.actor) as "decidedBy", d.automated, d.decided_at as "decidedAt",
        (select json_agg(json_build_object('reader', r.reader, 'model', r.model, 'scores', r.scores, 'reason', r.reason,
            'milliseconds', r.milliseconds, 'readAt', r.read_at) order by r.reader)
          from second_reading r where r.site = p.site and r.comment = p.id) as "secondReadings",
        (select count(*) from (select from report r where r.site = p.site and r.comment = p.id and r.state = 'open'
          limit ${mostReports}) open) as reports,
        n.reports as "storyReports", n.traffic as "storyTraffic", ${shownSettings(site)} as settings,
        (select count(*) from (select from sorting me
          join sorting o on o.site = me.site and o.alike = me.alike and o.seq <> me.seq
          join comment other on other.site = o.site and other.id = o.comment and other.state = 'held'
          where me.site = p.site and me.seq = p.seq and p.state = 'held' limit ${mostAlike}) near) as alike,
        ${describeSanctions(now)},
        p.by_newsroom as "byNewsroom",
        (select v.kind from speaker v where v.site = p.site and v.comment = p.id) as speaker,
        (select json_build_object('by', coalesce(fa.name, f.actor), 'at', f.featured_at) from featured f
          left join account fa on fa.site = f.site and fa.id = ${accountOfActor(sql`f.actor`)}
          where f.site = p.site and f.comment = p.id) as featured, ${describeDeciding({ accounts, now })},
        ${describeReading(accounts)}`,
    joins: sql`left join story s on s.site = p.site and s.story = p.story
      left join comment u on u.site = p.site and u.id = p.parent
      left join story_need n on n.site = p.site and n.story = p.story and p.state = 'held'
      left join lateral (
        select count(*) filter (where o.state = 'approved') as approved, count(*) filter (where o.state <> 'approved') as rejected
        from (select o.state from comment o where ${earlier} and o.state in ('approved', 'rejected', 'removed')
          order by o.seq desc limit ${mostCounted}) o
      ) b on true
      left join lateral (
        select count(*) as held from (
          select from comment o where ${earlier} and o.state = 'held' order by o.seq desc limit ${mostCounted}) o
      ) w on true
      left join claim k on k.site = p.site and k.comment = p.id and k.expires_at > ${now} and p.state = 'held'
      left join account ka on ka.site = k.site and ka.id = k.account
      left join decision d on d.site = p.site and d.comment = p.id and d.seq = p.decision
      left join account da on da.site = d.site and da.id = ${accountOfActor(sql`d.actor`)}`,
  };
}

// What stands around a case: a verdict that can still be undone, to whom it was handed, how many notes there are.
function describeDeciding({ accounts, now }: { accounts: readonly string[]; now: Date }): Sql {
  const isMine = (account: Sql): Sql => sql`(${account} = any(${accounts}::uuid[]))`;
  const isForMe = sql`coalesce(h.handed_to = any(${accounts}::uuid[]), exists (select from account ea
    where ea.site = h.site and ea.id = any(${accounts}::uuid[]) and ea.role in ('editor', 'admin')))`;
  return sql`(select json_build_object('by', coalesce(a.name, g.account::text), 'mine', ${isMine(sql`g.account`)},
        'takesEffectAt', g.due_at, 'verdict', case when ${isMine(sql`g.account`)} then g.verdict end,
        'guideline', case when ${isMine(sql`g.account`)} then g.guideline end)
      from pending_decision g left join account a on a.site = g.site and a.id = g.account
      where g.site = p.site and g.comment = p.id and g.dropped_at is null and p.state = 'held') as pending,
    (select json_build_object('by', coalesce(b.name, h.handed_by::text), 'to', t.name, 'mine', ${isMine(sql`h.handed_by`)},
        'isForMe', ${isForMe} and not ${isMine(sql`h.handed_by`)}, 'note', h.note, 'handedAt', h.handed_at,
        'lapsesAt', h.lapses_at)
      from hand_over h left join account b on b.site = h.site and b.id = h.handed_by
        left join account t on t.site = h.site and t.id = h.handed_to
      where h.site = p.site and h.comment = p.id and h.lapses_at > ${now} and p.state = 'held') as "handOver",
    (select count(*) from comment_note n where n.site = p.site and n.comment = p.id) as notes`;
}

/** The row as the contract has it. A comment whose story is gone keeps the story's key for a headline. */
export function toQueueRow(row: DescribedRow, now: Date): QueueRow {
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
      readAt: toTime(reading.readAt),
    })),
    sanctions: toSanctionNotes(row.sanctions),
    need,
    needed: needOf(row, now),
    reports: row.reports ?? 0,
    alike: row.alike ?? 0,
    author: { approved: row.approved ?? 0, rejected: row.rejected ?? 0, held: row.held ?? 0 },
    claim:
      row.claimedBy === null || row.claimExpiresAt === null
        ? null
        : { by: row.claimedBy, mine: row.claimMine, expiresAt: row.claimExpiresAt.toISOString() },
    pending: row.pending && { ...row.pending, takesEffectAt: toTime(row.pending.takesEffectAt) },
    handOver: row.handOver && {
      ...row.handOver,
      handedAt: toTime(row.handOver.handedAt),
      lapsesAt: toTime(row.handOver.lapsesAt),
    },
    notes: row.notes,
    byNewsroom: row.byNewsroom,
    speaker: row.speaker,
    featured: row.featured && { ...row.featured, at: toTime(row.featured.at) },
    mayFeature: fillSettings(row.settings).featured === 'on',
    reading: row.reading,
    decision: toDecisionView(row),
  };
}

// As it was folded into the order: a held comment by its story, any other by its own reports.
function needOf(
  { state, need, submittedAt, reports, storyReports, storyTraffic, settings }: DescribedRow,
  now: Date,
): Need {
  const own = stepOf('reports', reports ?? 0);
  const steps =
    state === 'held' ? { reports: storyReports ?? 0, traffic: storyTraffic ?? 0 } : { reports: own, traffic: 0 };
  return explainNeed({ screening: need, submittedAt, ...steps }, weightsOf(fillSettings(settings)), now);
}

// PostgreSQL writes times into JSON in a form of its own.
function toTime(written: string): string {
  return new Date(written).toISOString();
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
