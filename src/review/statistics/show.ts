import { answerJson, type Answer, type Call, type Handler } from '../../contract/http.ts';
import { parsed, type Parsed } from '../../contract/json.ts';
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
import { doInTurn } from './inTurn.ts';

type Deps = { store: Store; kept: Kept };

/** The two handlers about what happened on a site, for editors of the whole site: all figures, and one as a CSV file. One
 *  count at a time in this process: it takes a core and, over a busy year, seconds of it. */
export function createStatistics(deps: Deps): Record<'getStatistics' | 'getFigure', Handler> {
  const inTurn = doInTurn<Statistics>();
  const count: Count = (asked) => inTurn(`${asked.site} ${asked.days}`, () => countStatistics(deps, asked));
  return {
    getStatistics: (call) => showStatistics(count, call),
    getFigure: (call) => showFigure(count, call),
  };
}

type Asked = { site: string; days: number; now: Date };
type Count = (asked: Asked) => Promise<Statistics>;

/** 200 with `Statistics`. Refused: `parameter_malformed` for days that are not counted. */
async function showStatistics(count: Count, call: Call): Promise<Answer> {
  const asked = readAsked(call);
  return asked.outcome === 'refused' ? asked : answerJson(200, await count(asked.value));
}

/** 200 with one figure; `not_found` for one that there is not. */
async function showFigure(count: Count, call: Call): Promise<Answer> {
  const asked = readAsked(call);
  if (asked.outcome === 'refused') return asked;
  const figure = readFigure(call.params['figure']);
  if (!figure) return refused('not_found');
  const statistics = await count(asked.value);
  const name = `${statistics.site}-${figure}-${statistics.from}-${statistics.to}.csv`;
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

function readAsked(call: Call): Parsed<Asked> {
  const allowed = allowOnSiteOfPath(call, 'statistics.read');
  if (allowed.outcome === 'refused') return allowed;
  const days = readDays(call);
  return days.outcome === 'refused' ? days : parsed({ site: allowed.site, days: days.value, now: call.now });
}

async function countStatistics({ store, kept }: Deps, { site, days, now }: Asked): Promise<Statistics> {
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
