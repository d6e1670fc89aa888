import type { AutomationRule } from '../contract/automation.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { appendEvent } from './events.ts';
import { accountOfActor } from './actors.ts';
import type { Store, Transaction } from './store.ts';

/** The rules in force on a site, by guideline and language. */
export async function listAutomation(store: Store, site: string): Promise<readonly AutomationRule[]> {
  const rows = await queryRows<Omit<AutomationRule, 'at'> & { at: Date }>(
    store.writer,
    sql`select r.rule as id, r.guideline, r.lang as language, r.threshold, r.measured as precision, r.decisions, r.taken,
        r.model, r.fit, coalesce(a.name, r.set_by) as by, r.set_at as at
      from automation_rule r
      left join account a on a.site = r.site and a.id = ${accountOfActor(sql`r.set_by`)}
      where r.site = ${site} order by r.guideline, r.lang`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** What an event `automation_set` says: a rule with what was measured of it, or its end. */
export type AutomationSet = { guideline: string; language: string } & (
  | Pick<AutomationRule, 'threshold' | 'precision' | 'decisions' | 'taken' | 'model' | 'fit'>
  | { threshold: null }
);

/** Sets or ends a rule by an event, which the database folds. Servers hear of it as of a changed site. */
export async function setAutomation(
  store: Store,
  { site, actor, at }: { site: string; actor: string; at: Date },
  set: AutomationSet,
): Promise<void> {
  await inTransaction(store.writer, (transaction) =>
    appendEvent(transaction, { site, kind: 'automation_set', comment: null, at, actor, body: set }),
  );
}

/** A comment that a person decided, with the screening that was kept when it came in; null where there was none. */
export type DecidedScreening = {
  text: string;
  lang: string;
  verdict: 'approve' | 'reject' | 'remove';
  guideline: string | null;
  submittedAt: Date;
  decidedAt: Date;
  screening: { lang?: unknown; model?: unknown; scores?: unknown } | null;
};

/** The newest comments of a site that persons decided, each with the decision in force, at most `perLanguage` of a
 *  language; erased ones are gone. */
export async function listDecidedScreenings(
  store: Store,
  site: string,
  perLanguage: number,
): Promise<DecidedScreening[]> {
  return queryRows(
    store.writer,
    sql`select text, lang, verdict, guideline, "submittedAt", "decidedAt", screening from (
        select c.text, c.lang, d.verdict, d.guideline, c.submitted_at as "submittedAt", d.decided_at as "decidedAt",
          c.screening,
          row_number() over (partition by coalesce(c.screening ->> 'lang', c.lang) order by d.decided_at desc, d.seq desc) as n
        from comment c
        join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
        where c.site = ${site} and c.text is not null and not d.automated
      ) newest where n <= ${perLanguage}`,
  );
}

/** A rule as it is stored, with the event that set it. */
export type StoredRule = { guideline: string; language: string; id: string; actor: string; at: Date } & Pick<
  AutomationRule,
  'threshold' | 'precision' | 'decisions' | 'taken' | 'model' | 'fit'
>;

/** The rules of a site as they are stored, for `stet verify`. */
export async function readStoredRules(transaction: Transaction, site: string): Promise<StoredRule[]> {
  return queryRows(
    transaction,
    sql`select rule as id, guideline, lang as language, threshold, measured as precision, decisions, taken, model, fit,
        set_by as actor, set_at as at
      from automation_rule where site = ${site}`,
  );
}
