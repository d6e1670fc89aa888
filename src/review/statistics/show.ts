import { answerJson, type Answer, type Call } from '../../contract/http.ts';
import { makePeriod } from '../../contract/period.ts';
import { refused } from '../../contract/refusals.ts';
import { defaultSettings } from '../../contract/site.ts';
import { mostStories, readDays, readFigure, type Statistics } from '../../contract/statistics.ts';
import type { Kept } from '../../record/kept.ts';
import { listPairs } from '../../record/rechecks.ts';
import { countComments } from '../../record/statistics/counts.ts';
import { countAppeals, countSanctions } from '../../record/statistics/outcomes.ts';
import type { Store } from '../../record/store.ts';
import { allowOnSiteOfPath } from '../authorise.ts';
import { composeAgreement, composeFigures } from './compose.ts';
import { writeCsv } from './csv.ts';

type Deps = { store: Store; kept: Kept };

/** 200 with `Statistics`, for editors of the whole site: what happened there in the last days. Refused:
 *  `parameter_malformed` for days that are not counted. */
export async function showStatistics(deps: Deps, call: Call): Promise<Answer> {
  const allowed = allowOnSiteOfPath(call, 'statistics.read');
  if (allowed.outcome === 'refused') return allowed;
  const days = readDays(call);
  if (days.outcome === 'refused') return days;
  return answerJson(200, await countStatistics(deps, { site: allowed.site, days: days.value, now: call.now }));
}

/** 200 with one figure as a CSV file; `not_found` for one that there is not. */
export async function showFigure(deps: Deps, call: Call): Promise<Answer> {
  const allowed = allowOnSiteOfPath(call, 'statistics.read');
  if (allowed.outcome === 'refused') return allowed;
  const figure = readFigure(call.params['figure']);
  if (!figure) return refused('not_found');
  const days = readDays(call);
  if (days.outcome === 'refused') return days;
  const statistics = await countStatistics(deps, { site: allowed.site, days: days.value, now: call.now });
  const name = `${allowed.site}-${figure}-${statistics.from}-${statistics.to}.csv`;
  return {
    outcome: 'answered',
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
    body: writeCsv(figure, statistics),
  };
}

async function countStatistics(
  { store, kept }: Deps,
  { site, days, now }: { site: string; days: number; now: Date },
): Promise<Statistics> {
  const timeZone = (await kept.findSite(site))?.settings['page.timeZone'] ?? defaultSettings['page.timeZone'];
  const period = makePeriod(timeZone, now, days);
  const counts = await countComments(store, { site, period, mostStories });
  const [from = '', to = ''] = [period.days[0], period.days.at(-1)];
  return {
    ...{ site, at: now.toISOString(), timeZone, days, from, to },
    ...composeFigures(counts, period),
    agreement: composeAgreement(await listPairs(store, site, period.from)),
    appeals: await countAppeals(store, { site, period }),
    sanctions: await countSanctions(store, { site, period }),
  };
}
