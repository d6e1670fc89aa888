import type { ReaderView, ReportLine, SanctionAbout, Tally } from '../contract/sanction.ts';
import { networkEnd } from '../contract/time.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { listSanctionsAround, type SanctionViewer } from './sanctionRows.ts';
import type { Store, Transaction } from './store.ts';
import { fromWarnings } from './warnings.ts';

type Named = { site: string; comment: string };

/** Decided comments under the very name of a comment, itself included, against those of them that broke a guideline. */
export async function countUnderName(transaction: Transaction, { site, comment }: Named): Promise<Tally> {
  const [row] = await queryRows<Tally>(
    transaction,
    sql`select count(*)::integer as decided, (count(*) filter (where o.state <> 'approved'))::integer as breaking
      from comment c join comment o on o.site = c.site and o.name = c.name and o.state in ('approved', 'rejected', 'removed')
      where c.site = ${site} and c.id = ${comment}`,
  );
  return row ?? { decided: 0, breaking: 0 };
}

type Row = {
  name: string | null;
  decided: number;
  breaking: number;
  fromNetwork: Tally | null;
  appealsDecided: number;
  appealsUpheld: number;
  hasNetwork: boolean;
  hasAccount: boolean;
  submittedAt: Date;
  warned: SanctionAbout[] | null;
};

/** What a moderator is shown of a comment's reader before choosing a measure; undefined without such a comment. Names are
 *  compared letter by letter here: an index has them so. Networks are compared under one story, for the same reason. */
export async function readReader(
  store: Store,
  named: Named,
  viewer: SanctionViewer,
): Promise<Omit<ReaderView, 'maySuspend'> | undefined> {
  const { site, comment } = named;
  const [row] = await queryRows<Row>(
    store.writer,
    sql`select c.name, c.submitted_at as "submittedAt", n.*, c.network is not null as "hasNetwork",
        exists (select from speaker v where v.site = c.site and v.comment = c.id and v.account is not null) as "hasAccount",
        (select json_build_object('decided', count(*), 'breaking', count(*) filter (where o.state <> 'approved'))
          from comment o where c.network is not null and o.site = c.site and o.story = c.story and o.network = c.network
            and o.state in ('approved', 'rejected', 'removed')) as "fromNetwork",
        (select json_agg(distinct w.about) ${fromWarnings({ site: sql`c.site`, subject: sql`c.id` }, viewer.now)}) as warned
      from comment c cross join lateral (
        select (count(*))::integer as decided, (count(*) filter (where o.state <> 'approved'))::integer as breaking,
          (count(*) filter (where a.state in ('upheld', 'overturned')))::integer as "appealsDecided",
          (count(*) filter (where a.state = 'upheld'))::integer as "appealsUpheld"
        from comment o left join appeal a on a.site = o.site and a.comment = o.id
        where o.site = c.site and o.name = c.name and o.state in ('approved', 'rejected', 'removed')) n
      where c.site = ${site} and c.id = ${comment}`,
  );
  if (!row) return undefined;
  const until = networkEnd(row.submittedAt);
  const hasNetwork = row.hasNetwork && until > viewer.now;
  return {
    comment,
    name: row.name,
    underName: { decided: row.decided, breaking: row.breaking },
    fromNetwork: hasNetwork ? row.fromNetwork : null,
    appeals: { decided: row.appealsDecided, upheld: row.appealsUpheld },
    hasAccount: row.hasAccount,
    networkUntil: hasNetwork ? until.toISOString() : null,
    warned: row.warned ?? [],
    sanctions: await listSanctionsAround(store, named, viewer),
    reports: await listReports(store, named, viewer.now),
  };
}

async function listReports(store: Store, { site, comment }: Named, now: Date): Promise<ReportLine[]> {
  const rows = await queryRows<Omit<ReportLine, 'networkUntil' | 'reportedAt'> & { reportedAt: Date; known: boolean }>(
    store.writer,
    sql`select r.id, r.reason, r.detail, r.reported_at as "reportedAt", r.network is not null as known,
        exists (select ${fromWarnings({ site: sql`r.site`, subject: sql`r.id` }, now)} and w.about = 'reports') as warned
      from report r where r.site = ${site} and r.comment = ${comment} order by r.reported_at desc, r.id limit 20`,
  );
  return rows.map(({ known, reportedAt, ...line }) => {
    const until = networkEnd(reportedAt);
    return {
      ...line,
      reportedAt: reportedAt.toISOString(),
      networkUntil: known && until > now ? until.toISOString() : null,
    };
  });
}
