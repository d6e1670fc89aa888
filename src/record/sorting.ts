import { needParts, weightsOf } from '../contract/need.ts';
import { defaultSettings } from '../contract/site.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { joinSql, sql, type Sql } from '../storage/sql.ts';
import type { Store, Transaction } from './store.ts';

/** A comment that is not sorted yet: searched by its words, told apart from its near copies. `byline` is its story's, null
 *  where the story is gone. */
export type Unsorted = {
  id: string;
  seq: number;
  text: string | null;
  state: string;
  lang: string;
  byline: string | null;
};

/** The fingerprint of a comment and the `seq` of the first of its kind, where it has one. `isCritical` is whether it finds
 *  fault with the newsroom: a figure is made of it (contract/statistics.ts), and nothing else. */
export type SortedComment = {
  id: string;
  seq: number;
  high: number | null;
  low: number | null;
  alike: number | null;
  isCritical: boolean;
};

/** Fingerprints of held comments, the oldest first. */
export type KnownPrints = { seqs: number[]; highs: number[]; lows: number[]; alikes: (number | null)[] };

/** The weights of a site that has set none. */
export const standardWeights = weightsOf(defaultSettings);

const states = ['held', 'approved', 'rejected', 'removed', 'withdrawn', 'erased'];

// A batch of comments commits within milliseconds; a number given out a minute ago is there or never will be.
const settledMilliseconds = 60_000;

/** One round of sorting on one site, in one transaction: takes up to `most` comments in the order of submission, lets
 *  `sort` say what they are like, and keeps it. Returns how many there were; undefined where another process is at this
 *  site now. Everything is a function of the comment, so a round that is broken off is done again. */
export async function sortSome(
  store: Store,
  asked: { site: string; most: number; mostKnown: number; now: Date },
  sort: (unsorted: readonly Unsorted[], known: KnownPrints) => readonly SortedComment[],
): Promise<number | undefined> {
  const { site, most, mostKnown, now } = asked;
  return inTransaction(store.writer, async (transaction) => {
    if (!(await isTurn(transaction, site))) return undefined;
    const unsorted = await listUnsorted(transaction, site, most);
    if (unsorted.length > 0) {
      const sorted = sort(unsorted, await listPrints(transaction, site, mostKnown));
      await keepSorted(transaction, site, sorted);
      await countHours(transaction, site, sorted);
      await weighNew(transaction, site, sorted);
    }
    const last = unsorted.length < most ? null : (unsorted.at(-1)?.seq ?? null);
    await moveUntil(transaction, site, { last, settledBefore: new Date(now.getTime() - settledMilliseconds) });
    return unsorted.length;
  });
}

/** The number of a site's newest held comment, 0 where none waits: by how much it grows tells how many come in. */
export async function newestSeq(store: Store, site: string): Promise<number> {
  const [row] = await queryRows<{ seq: number }>(
    store.writer,
    sql`select seq from comment where site = ${site} and state = 'held' order by seq desc limit 1`,
  );
  return row?.seq ?? 0;
}

/** Whether this transaction alone now sorts and weighs the comments of a site: two would lock the same rows in another
 *  order. */
export async function isTurn(transaction: Transaction, site: string): Promise<boolean> {
  const [turn] = await queryRows<{ mine: boolean }>(
    transaction,
    sql`select pg_try_advisory_xact_lock(hashtext('stet.sorting'), hashtext(${site})) as mine`,
  );
  return turn?.mine === true;
}

async function listUnsorted(transaction: Transaction, site: string, most: number): Promise<Unsorted[]> {
  return queryRows(
    transaction,
    sql`select u.id, u.seq, u.text, u.state, u.lang, s.byline from unnest(${states}::text[]) as of (state)
      cross join lateral (
        select c.id, c.seq, c.text, c.state, c.lang, c.story from comment c where c.site = ${site} and c.state = of.state
          and c.seq > coalesce((select t.seq from sorted_until t where t.site = ${site}), 0)
          and not exists (select from sorting w where w.site = c.site and w.seq = c.seq)
        order by c.seq limit ${most}) u
      left join story s on s.site = ${site} and s.story = u.story
      where u.text is not null order by u.seq limit ${most}`,
  );
}

async function listPrints(transaction: Transaction, site: string, most: number): Promise<KnownPrints> {
  const rows = await queryRows<{ seq: number; high: number; low: number; alike: number | null }>(
    transaction,
    sql`select seq, print_high as high, print_low as low, alike from sorting
      where site = ${site} and print_high is not null order by seq desc limit ${most}`,
  );
  const inOrder = rows.toReversed();
  return {
    seqs: inOrder.map(({ seq }) => seq),
    highs: inOrder.map(({ high }) => high),
    lows: inOrder.map(({ low }) => low),
    alikes: inOrder.map(({ alike }) => alike),
  };
}

/** The comment of each id in `n`, looked up one by one: while many come in the planner believes that there are few, and would
 *  read them all. */
function thatComment(site: string): Sql {
  return sql`cross join lateral (select * from comment k where k.site = ${site} and k.id = n.id limit 1) c`;
}

async function keepSorted(transaction: Transaction, site: string, sorted: readonly SortedComment[]): Promise<void> {
  await transaction.query(
    sql`insert into sorting (site, seq, comment, words, key, print_high, print_low, alike, is_critical)
      select c.site, c.seq, c.id, strip(to_tsvector('simple', k.key)), case when k.key ~ '[\u0600-\u08ff]' then k.key end,
        case when c.state = 'held' then n.high end, case when c.state = 'held' then n.low end, n.alike, n.is_critical
      from unnest(${sorted.map(({ id }) => id)}::uuid[], ${sorted.map(({ high }) => high)}::integer[],
        ${sorted.map(({ low }) => low)}::integer[], ${sorted.map(({ alike }) => alike)}::bigint[],
        ${sorted.map(({ isCritical }) => isCritical)}::boolean[]) as n (id, high, low, alike, is_critical)
      ${thatComment(site)}
      cross join lateral (select search_key(coalesce(c.name, '') || ' ' || coalesce(c.text, ''))) as k (key)
      where c.text is not null
      on conflict do nothing`,
  );
  const firsts = [...new Set(sorted.flatMap(({ seq, alike }) => (alike === null || alike === seq ? [] : [alike])))];
  if (firsts.length === 0) return;
  await transaction.query(
    sql`update sorting set alike = seq where site = ${site} and seq = any(${firsts}::bigint[]) and alike is null`,
  );
  await foldBehind(transaction, site, sorted);
}

/** Folds those that came in behind the first of their kind that waits: it stands for all. Its place is looked up once a kind,
 *  along the kind's index, where it mostly stands first: a campaign's tenth thousand costs no more than its first. `is true`
 *  keeps the planner from reading all that is held, which it believes to be little while much comes in. */
async function foldBehind(transaction: Transaction, site: string, sorted: readonly SortedComment[]): Promise<void> {
  const later = sorted.filter(({ seq, alike }) => alike !== null && alike !== seq);
  await transaction.query(
    sql`with fronts as materialized (
        select k.alike, front.seq from (select distinct unnest(${later.map(({ alike }) => alike)}::bigint[])) as k (alike)
        cross join lateral (
          select o.seq from sorting o
          where o.site = ${site} and o.alike = k.alike and exists (
            select from comment f
            where f.site = o.site and f.id = o.comment and (f.state = 'held' and not f.folded) is true)
          order by o.seq limit 1) front
      )
      update comment c set folded = true
      from fronts join unnest(${later.map(({ id }) => id)}::uuid[], ${later.map(({ seq }) => seq)}::bigint[],
        ${later.map(({ alike }) => alike)}::bigint[]) as n (id, seq, alike) on n.alike = fronts.alike and n.seq > fronts.seq
      where c.site = ${site} and c.id = n.id and c.state = 'held' and not c.folded`,
  );
}

async function countHours(transaction: Transaction, site: string, sorted: readonly SortedComment[]): Promise<void> {
  await transaction.query(
    sql`insert into story_hour (site, story, hour, comments)
      select c.site, c.story, date_trunc('hour', c.submitted_at, 'UTC'), count(*)
      from unnest(${sorted.map(({ id }) => id)}::uuid[]) as n (id) ${thatComment(site)}
      group by 1, 2, 3
      on conflict (site, story, hour) do update set comments = story_hour.comments + excluded.comments`,
  );
}

/** The weights of a `site s`, in the order in which `queue_urgency` takes them. */
export const weightsOfSite: Sql = joinSql(
  needParts.map((part) => sql`weight_of(s.settings, ${part}, ${standardWeights[part]}::integer)`),
  ',',
);

// Intake knows neither reports nor traffic: what comes in under a story that has some is weighed here.
async function weighNew(transaction: Transaction, site: string, sorted: readonly SortedComment[]): Promise<void> {
  await transaction.query(
    sql`update comment c set urgency = queue_urgency(c.need, c.submitted_at, n.reports, n.traffic,
        ${weightsOfSite})
      from story_need n join site s on s.site = n.site
      where n.site = ${site} and n.reports + n.traffic > 0 and c.site = n.site and c.story = n.story and c.state = 'held'
        and c.id = any(${sorted.map(({ id }) => id)}::uuid[])`,
  );
}

/** Notes up to where everything is sorted: the last of a full batch, else the last comment there is; only where it is so old
 *  that no smaller number can still be on its way. */
async function moveUntil(
  transaction: Transaction,
  site: string,
  { last, settledBefore }: { last: number | null; settledBefore: Date },
): Promise<void> {
  await transaction.query(
    sql`insert into sorted_until (site, seq)
      select ${site}, n.seq from (
        select max(l.seq) as seq from unnest(${states}::text[]) as of (state) cross join lateral (
          select c.seq from comment c where c.site = ${site} and c.state = of.state
            and (${last}::bigint is null or c.seq <= ${last}::bigint) and c.submitted_at < ${settledBefore}
            and c.seq > coalesce((select t.seq from sorted_until t where t.site = ${site}), 0)
          order by c.seq desc limit 1) l) n
      where n.seq is not null
      on conflict (site) do update set seq = greatest(sorted_until.seq, excluded.seq)`,
  );
}

/** Brings forward the first held comment of each kind whose whole kind stands folded: the one before it was left by a
 *  decision that broke off. */
export async function unfoldLost(store: Store, site: string): Promise<void> {
  await store.writer.query(
    sql`update comment c set folded = false where c.site = ${site} and c.folded and c.state = 'held' and c.seq in (
      select min(s.seq) from comment l join sorting s on s.site = l.site and s.seq = l.seq
      where l.site = ${site} and l.folded and l.state = 'held' and not exists (
        select from sorting o join comment f on f.site = o.site and f.id = o.comment and f.state = 'held' and not f.folded
        where o.site = s.site and o.alike = s.alike)
      group by s.alike)`,
  );
}
