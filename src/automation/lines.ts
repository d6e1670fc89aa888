import type { LinesView } from '../contract/automation.ts';
import { lineFor, linesOf } from '../contract/breachLines.ts';
import { type Answer, answerJson, type Call } from '../contract/http.ts';
import { findAllowedSite } from '../record/allowedSite.ts';
import { listDecidedScreenings } from '../record/automation.ts';
import { type AutomationDeps, measuredDecisions } from './deps.ts';
import { measureAutomation } from './measure.ts';

// Below a tenth everything is marked; above, nothing is.
const thresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** 200 with a `LinesView`: precision and recall of each line, drawn from the decisions that people took on this site. */
export async function showLines(deps: AutomationDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const { site } = allowed;
  const guidelines = await deps.kept.listGuidelines(site.site);
  const measured = await measureAutomation(await listDecidedScreenings(deps.store, site.site, measuredDecisions), {
    heads: deps.headsOf(site.site),
    origins: site.origins,
    guidelines: new Set(guidelines.map(({ key }) => key)),
    thresholds,
  });
  const lines = linesOf(site.settings);
  // Where people found most breaches, the curve says most.
  const rows = measured
    .map((row) => ({ ...row, line: lineFor(lines, row.guideline, row.language) }))
    .toSorted((a, b) => b.breaches - a.breaches);
  return answerJson(200, { site: site.site, rows } satisfies LinesView);
}
