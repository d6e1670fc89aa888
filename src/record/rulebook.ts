import type { GuidelineDraft, OrderDraft, SavedGuideline } from '../contract/guidelineDraft.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { moveRefused } from './events.ts';
import { addGuidelineVersion, guidelineColumns } from './guidelines.ts';
import { accountOfActor } from './actors.ts';
import type { Store, Transaction } from './store.ts';

type Author = { at: Date; actor: string };

/** The latest version of every guideline of a site with who saved it, retired ones included, in the order of the page. */
export async function listLatest(store: Store, site: string): Promise<SavedGuideline[]> {
  return withAuthors(
    store,
    sql`select * from (
        select distinct on (guideline) * from guideline_version where site = ${site} order by guideline, version desc
      ) latest`,
    sql`v.retired, v.position, v.guideline`,
  );
}

/** Every version of a guideline with who saved it, the newest first; empty for an unknown one. */
export async function listVersions(store: Store, site: string, guideline: string): Promise<SavedGuideline[]> {
  const versions = sql`select * from guideline_version where site = ${site} and guideline = ${guideline}`;
  return withAuthors(store, versions, sql`v.version desc`);
}

async function withAuthors(store: Store, versions: Sql, order: Sql): Promise<SavedGuideline[]> {
  const rows = await queryRows<Omit<SavedGuideline, 'at'> & { at: Date }>(
    store.writer,
    sql`with v as (${versions})
      select ${guidelineColumns}, v.at, coalesce(a.name, e.actor, '') as by
      from v
      left join event e on e.site = v.site and e.kind = 'guideline_version'
        and e.body ->> 'guideline' = v.guideline and (e.body ->> 'version')::integer = v.version
      left join account a on a.site = e.site and a.id = ${accountOfActor(sql`e.actor`)}
      order by ${order}`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** Saves a guideline as its next version; a new one goes to the end. 'moved_on' where the version that was seen is not the
 *  last one (any more), 'too_many' where the site has as many in force as it may. */
export async function saveGuideline(
  store: Store,
  site: string,
  { key, draft, most, ...author }: { key: string; draft: GuidelineDraft; most: number } & Author,
): Promise<'saved' | 'moved_on' | 'too_many'> {
  return inOneMove(store, async (transaction) => {
    const all = await lockLatest(transaction, site);
    const before = all.find((one) => one.key === key);
    if ((before?.version ?? 0) !== draft.version) return 'moved_on';
    const inForce = all.filter((one) => !one.retired && one.key !== key).length;
    if (!draft.retired && inForce >= most) return 'too_many';
    const position = before?.position ?? Math.max(0, ...all.map((one) => one.position)) + 1;
    const secondReading = draft.secondReading ?? before?.secondReading ?? false;
    const next = { ...draft, secondReading, key, position };
    await addGuidelineVersion(transaction, site, { ...next, version: draft.version + 1, ...author });
    return 'saved';
  });
}

/** Puts the guidelines in force into an order: each whose place changes gets a version that says so. 'moved_on' where these
 *  are not the ones in force, in the versions that were seen. */
export async function saveOrder(
  store: Store,
  site: string,
  { order, ...author }: { order: OrderDraft } & Author,
): Promise<'saved' | 'moved_on'> {
  return inOneMove(store, async (transaction) => {
    const inForce = (await lockLatest(transaction, site)).filter(({ retired }) => !retired);
    const versions = new Map(inForce.map(({ key, version }) => [key, version]));
    if (order.length !== inForce.length || order.some(({ key, version }) => versions.get(key) !== version)) {
      return 'moved_on';
    }
    for (const [index, { key }] of order.entries()) {
      const guideline = inForce.find((one) => one.key === key);
      if (!guideline || guideline.position === index + 1) continue;
      const { version, ...rest } = guideline;
      await addGuidelineVersion(transaction, site, { ...rest, version: version + 1, position: index + 1, ...author });
    }
    return 'saved';
  });
}

/** The latest versions, while nobody else saves one: two new guidelines would otherwise share a place. */
async function lockLatest(transaction: Transaction, site: string): Promise<SavedGuideline[]> {
  await transaction.query(sql`select 1 from site where site = ${site} for update`);
  return queryRows(
    transaction,
    sql`select distinct on (guideline) ${guidelineColumns} from guideline_version where site = ${site}
      order by guideline, version desc`,
  );
}

async function inOneMove<Outcome>(
  store: Store,
  work: (transaction: Transaction) => Promise<Outcome>,
): Promise<Outcome | 'moved_on'> {
  try {
    return await inTransaction(store.writer, work);
  } catch (error) {
    if (moveRefused(error)) return 'moved_on';
    throw error;
  }
}
