import {
  type AutomationDraft,
  type AutomationRow,
  type AutomationRule,
  type AutomationView,
  leastMeasured,
  parseAutomationDraft,
} from '../contract/automation.ts';
import { type Answer, answerJson, type Call, type Handler } from '../contract/http.ts';
import { actorOf } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { RouteName } from '../contract/routes.ts';
import type { Site } from '../contract/site.ts';
import { findAllowedSite } from '../record/allowedSite.ts';
import { listAutomation, listDecidedScreenings, setAutomation } from '../record/automation.ts';
import { modelVersion } from '../screening/index.ts';
import { type AutomationDeps, measuredDecisions } from './deps.ts';
import { showLines } from './lines.ts';
import { type Measured, measureAutomation } from './measure.ts';

/** The handlers of the room: editors see what could be rejected without a person, and switch it on and off. */
export function automationHandlers(deps: AutomationDeps): Partial<Record<RouteName, Handler>> {
  return {
    getAutomation: (call) => showAutomation(deps, call),
    getLines: (call) => showLines(deps, call),
    putAutomation: (call) => changeAutomation(deps, call),
  };
}

/** 200 with an `AutomationView`: what each threshold would have done, beside the rules in force. */
export async function showAutomation(deps: AutomationDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'automation.set');
  if (allowed.outcome === 'refused') return allowed;
  return answerJson(200, await viewOf(deps, allowed.site));
}

/** Sets or ends one rule: 200 with its `AutomationRow`. Refused: `precision_unmeasured` where too little was measured,
 *  `precision_moved_on` with the row as it is `measured` now where it is not what the editor was shown. */
export async function changeAutomation(deps: AutomationDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'automation.set');
  if (allowed.outcome === 'refused') return allowed;
  const { site, account } = allowed;
  const draft = parseAutomationDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  // Off is always at hand; on is asked of somebody who just proved who they are.
  const started = draft.value.threshold === null ? allowed : await findAllowedSite(deps.kept, call, 'automation.start');
  if (started.outcome === 'refused') return started;
  const { guideline, language } = draft.value;
  const before = await viewOf(deps, site);
  const row = findRow(before, draft.value);
  const author = { site: site.site, actor: actorOf(account), at: call.now };
  if (draft.value.threshold === null) {
    if (row.rule !== null) await setAutomation(deps.store, author, { guideline, language, threshold: null });
  } else {
    const against = await refuseRule(deps, row, { site, draft: draft.value });
    if (against) return against;
    const { threshold, precision } = draft.value;
    const { taken = 0 } = row.curve.find((point) => point.threshold === threshold) ?? {};
    const { decisions } = row;
    const fit = deps.headsOf(site.site)?.until ?? '';
    const measured = { threshold, precision, decisions, taken, model: before.model, fit };
    await setAutomation(deps.store, author, { guideline, language, ...measured });
  }
  const rules = await listAutomation(deps.store, site.site);
  return answerJson(200, withRule(row, rules, { model: before.model, fit: deps.headsOf(site.site)?.until ?? '' }));
}

type Setting = Extract<AutomationDraft, { threshold: number }>;

async function refuseRule(
  { kept }: AutomationDeps,
  row: AutomationRow,
  { site, draft }: { site: Site; draft: Setting },
): Promise<Refused | undefined> {
  const inForce = await kept.listGuidelines(site.site);
  if (!inForce.some(({ key }) => key === draft.guideline)) return refused('guideline_unknown', { field: 'guideline' });
  const point = row.curve.find(({ threshold }) => threshold === draft.threshold);
  if (row.curve.length > 0 && !point) return refused('field_malformed', { field: 'threshold' });
  if (!point || row.decisions < leastMeasured.decisions || point.taken < leastMeasured.taken) {
    return refused('precision_unmeasured', { values: leastMeasured, beside: { measured: row } });
  }
  return point.precision === draft.precision ? undefined : refused('precision_moved_on', { beside: { measured: row } });
}

async function viewOf({ store, kept, headsOf }: AutomationDeps, site: Site): Promise<AutomationView> {
  const heads = headsOf(site.site);
  const guidelines = await kept.listGuidelines(site.site);
  const decided = await listDecidedScreenings(store, site.site, measuredDecisions);
  const measured = await measureAutomation(decided, {
    heads,
    origins: site.origins,
    guidelines: new Set(guidelines.map(({ key }) => key)),
  });
  const rules = await listAutomation(store, site.site);
  const inUse = { model: modelVersion(heads), fit: heads?.until ?? '' };
  const unmeasured = rules
    .filter((rule) => !measured.some((row) => isAbout(rule, row)))
    .map(({ guideline, language }) => emptyRow({ guideline, language }));
  const rows = [...measured, ...unmeasured].map((row) => withRule(row, rules, inUse));
  return { site: site.site, model: inUse.model, least: leastMeasured, rows };
}

function findRow({ rows }: AutomationView, named: { guideline: string; language: string }): AutomationRow {
  const { guideline, language } = named;
  return rows.find((row) => isAbout(row, named)) ?? { ...emptyRow({ guideline, language }), rule: null };
}

function emptyRow(named: { guideline: string; language: string }): Measured {
  return { ...named, decisions: 0, breaches: 0, curve: [] };
}

function withRule(
  row: Measured,
  rules: readonly AutomationRule[],
  inUse: { model: string; fit: string },
): AutomationRow {
  const rule = rules.find((one) => isAbout(one, row));
  const stale = rule?.model !== inUse.model || rule.fit !== inUse.fit;
  return { ...row, rule: rule ? { ...rule, stale } : null };
}

type Named = { guideline: string; language: string };

function isAbout(one: Named, other: Named): boolean {
  return one.guideline === other.guideline && one.language === other.language;
}
