import type { CommentState } from '../contract/comment.ts';
import type { Reach } from '../contract/principal.ts';
import { joinSql, sql, type Sql } from '../storage/sql.ts';
import { isNotHandedBy } from './handOverRows.ts';
import { isReached } from './reach.ts';
import { matches, seqsOfSearch, type Search } from './search.ts';

/** Which comments of those that an account reaches: every field that is there narrows. `guideline` is what screening suspects
 *  of a held comment and the ground of the decision for any other; `author` is the whole name; `reported` and `appealed` mean
 *  open ones. `fold` leaves out held comments that stand behind one that says nearly the same. */
export type QueueFilter = Reach & {
  state: CommentState;
  guideline?: string | undefined;
  lang?: string | undefined;
  story?: string | undefined;
  section?: string | undefined;
  author?: string | undefined;
  reported?: boolean | undefined;
  appealed?: boolean | undefined;
  automated?: boolean | undefined;
  search?: Search | undefined;
  fold?: boolean | undefined;
  /** Leaves out held comments that these accounts have handed over. */
  notHandedBy?: { accounts: readonly string[]; now: Date } | undefined;
};

/** Whether anything beside site and state narrows. */
export function isNarrowed(filter: QueueFilter): boolean {
  return narrowings(filter, 'looked').length > 0;
}

/** The conditions of a filter on `comment c`. `looked` is for rows that are looked at one after the other; `sought` has
 *  the search as a set of places, for a plan that begins there. */
export function conditions(filter: QueueFilter, plan: 'looked' | 'sought' = 'looked'): Sql {
  return joinSql([inState(filter), ...narrowings(filter, plan)], 'and');
}

/** The rows of a site's state, which every index of the queue begins with. */
export function inState({ site, state }: Pick<QueueFilter, 'site' | 'state'>): Sql {
  return sql`c.site = ${site} and c.state = ${state}`;
}

/** What narrows a filter beside site and state, on `comment c`. */
export function narrowings(filter: QueueFilter, plan: 'looked' | 'sought'): Sql[] {
  const { state, guideline, lang, story, section, author, search } = filter;
  const all: Sql[] = [];
  if (filter.sections.length > 0) all.push(isReached(filter));
  if (lang !== undefined) all.push(sql`c.lang = ${lang}`);
  if (story !== undefined) all.push(sql`c.story = ${story}`);
  if (section !== undefined) all.push(inSection(section));
  if (author !== undefined) all.push(sql`c.name = ${author}`);
  if (guideline !== undefined)
    all.push(state === 'held' ? sql`c.suspects @> array[${guideline}]` : onGround(guideline));
  if (filter.reported)
    all.push(sql`exists (select from report r where r.site = c.site and r.comment = c.id and r.state = 'open')`);
  if (filter.appealed)
    all.push(sql`exists (select from appeal a where a.site = c.site and a.comment = c.id and a.state = 'open')`);
  if (filter.automated) all.push(byRule);
  if (state === 'held' && filter.notHandedBy)
    all.push(isNotHandedBy(filter.notHandedBy.accounts, filter.notHandedBy.now));
  if (folds(filter)) all.push(sql`not c.folded`);
  if (search !== undefined) {
    all.push(plan === 'looked' ? matches(search, filter.site) : sql`c.seq = any(${seqsOfSearch(search, filter)})`);
  }
  return all;
}

// Asked for one story or one name, a copy may be the only one there: its first of kind stands elsewhere.
function folds({ state, fold, story, section, author, search }: QueueFilter): boolean {
  return fold === true && state === 'held' && [story, section, author, search].every((given) => given === undefined);
}

function inSection(section: string): Sql {
  return sql`c.story in (select s.story from story s where s.site = c.site and s.section = ${section})`;
}

function onGround(guideline: string): Sql {
  return sql`exists (select from decision d where d.site = c.site and d.comment = c.id and d.seq = c.decision
    and d.guideline = ${guideline})`;
}

const byRule = sql`exists (select from decision d where d.site = c.site and d.comment = c.id and d.seq = c.decision and d.automated)`;
