import { type Guideline, type NewGuideline, plainGuideline } from '../contract/guideline.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { appendEvent } from './events.ts';
import type { Store, Transaction } from './store.ts';

/** The columns of `Guideline`. */
export const guidelineColumns = sql`guideline as key, version, position, titles, wordings, explanations, ground, law, category,
  second_reading as "secondReading", retired`;

/** The guidelines of a site in their latest version, in the order of the page; retired ones are left out. */
export async function listGuidelines(store: Store, site: string): Promise<Guideline[]> {
  return queryRows<Guideline>(
    store.reader,
    sql`select * from (
        select distinct on (guideline) ${guidelineColumns} from guideline_version where site = ${site}
        order by guideline, version desc
      ) latest where not retired order by position, key`,
  );
}

/** One version of a guideline, retired or not: what a decision refers to stays readable. */
export async function findGuidelineVersion(
  store: Store,
  site: string,
  named: { guideline: string; version: number },
): Promise<Guideline | undefined> {
  const [row] = await queryRows<Guideline>(
    store.reader,
    sql`select ${guidelineColumns} from guideline_version
      where site = ${site} and guideline = ${named.guideline} and version = ${named.version}`,
  );
  return row;
}

/** Adds a version of a guideline, with its event. The caller names the version that follows the last one; a version
 *  that is there already is refused by the database. */
export async function addGuidelineVersion(
  transaction: Transaction,
  site: string,
  { at, actor, ...guideline }: NewGuideline & { at: Date; actor: string },
): Promise<void> {
  const { key, version, position, titles, wordings, explanations, ground, law, category, secondReading, retired } = {
    ...plainGuideline,
    ...guideline,
  };
  await transaction.query(
    sql`insert into guideline_version (site, guideline, version, position, titles, wordings, explanations, ground, law,
        category, second_reading, retired, at)
      values (${site}, ${key}, ${version}, ${position}, ${JSON.stringify(titles)}, ${JSON.stringify(wordings)},
        ${JSON.stringify(explanations)}, ${ground}, ${law}, ${category}, ${secondReading}, ${retired}, ${at})`,
  );
  const texts = { titles, wordings, explanations };
  const body = { guideline: key, version, position, ...texts, ground, law, category, secondReading, retired };
  await appendEvent(transaction, { site, kind: 'guideline_version', comment: null, at, actor, body });
}
