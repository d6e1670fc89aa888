import { type Guideline, plainGuideline } from '../contract/guideline.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { canonicalJson } from './commitment.ts';
import { readStoredRules, type StoredRule } from './automation.ts';
import { checkComment, checkCommitment } from './compareFolded.ts';
import type { Store, Transaction } from './store.ts';
import type { StoredEvent } from './refold.ts';
import { findStray, readGuidelineVersions, readSiteEvents, readStoredComments } from './storedRows.ts';

// So many comments with their events are a few megabytes.
const pageRows = 500;

/** Holds what is stored to the promises of design.md: folds every comment's events anew and compares with what is stored,
 *  opens every commitment whose salt is there, and looks for rows that nothing accounts for. Returns the first thing that
 *  does not hold, in words that name the site and the comment; undefined when everything does. Reads one snapshot, so
 *  that it can run while the server serves; memory stays bounded. */
export async function verifyRecord(store: Store): Promise<string | undefined> {
  return inTransaction(store.writer, async (transaction) => {
    await transaction.query(sql`set transaction isolation level repeatable read, read only`);
    const sites = await queryRows<{ site: string }>(transaction, sql`select site from site order by site`);
    for (const { site } of sites) {
      const broken = (await verifyComments(transaction, site)) ?? (await verifySiteEvents(transaction, site));
      if (broken !== undefined) return `site ${site}: ${broken}`;
    }
    return findStray(transaction);
  });
}

async function verifyComments(transaction: Transaction, site: string): Promise<string | undefined> {
  let after: string | null = null;
  for (;;) {
    const comments = await readStoredComments(transaction, site, { after, limit: pageRows });
    for (const comment of comments) {
      const broken = checkComment(comment);
      if (broken !== undefined) return `comment ${comment.id}: ${broken}`;
    }
    const last = comments.at(-1);
    if (!last) return undefined;
    after = last.id;
  }
}

async function verifySiteEvents(transaction: Transaction, site: string): Promise<string | undefined> {
  const versions = new Map<string, string>();
  const rules: Rules = new Map();
  let after = 0;
  for (;;) {
    const events = await readSiteEvents(transaction, site, { after, limit: pageRows });
    for (const event of events) {
      const broken = checkCommitment(event, { site, isErased: false });
      if (broken !== undefined) return broken;
      if (event.kind === 'automation_set') foldRule(rules, event);
      if (event.kind !== 'guideline_version') continue;
      const { guideline, ...rest } = event.body ?? {};
      versions.set(`${String(guideline)} ${String(rest['version'])}`, canonicalJson({ ...plainGuideline, ...rest }));
    }
    const last = events.at(-1);
    if (!last) break;
    after = last.seq;
  }
  return (
    compareGuidelines(await readGuidelineVersions(transaction, site), versions) ??
    compareRules(await readStoredRules(transaction, site), rules)
  );
}

type Rules = Map<string, string>;

/** What an event makes of the rules; `fold_automation` of the database does the same. */
function foldRule(rules: Rules, { id, actor, at, body }: StoredEvent): void {
  const { guideline, language, ...rest } = body ?? {};
  const key = `${String(guideline)} ${String(language)}`;
  if (typeof rest['threshold'] !== 'number') rules.delete(key);
  else rules.set(key, canonicalJson({ ...rest, id, actor, at: at.toISOString() }));
}

function compareRules(stored: readonly StoredRule[], rules: Rules): string | undefined {
  const changed = stored.find(({ guideline, language, at, ...rest }) => {
    return rules.get(`${guideline} ${language}`) !== canonicalJson({ ...rest, at: at.toISOString() });
  });
  if (changed) return `the rule for ${changed.guideline} in ${changed.language} is not what its event says`;
  return stored.length === rules.size ? undefined : 'a rule that was switched on is gone';
}

function compareGuidelines(stored: readonly Guideline[], versions: ReadonlyMap<string, string>): string | undefined {
  const changed = stored.find(({ key, ...rest }) => versions.get(`${key} ${rest.version}`) !== canonicalJson(rest));
  if (changed) return `guideline ${changed.key} version ${changed.version} is not what its event says`;
  return stored.length === versions.size ? undefined : 'a version of a guideline is gone';
}
