import { leastMeasured } from '../../../contract/automation.ts';
import type { AutomationPoint, AutomationRow, AutomationView } from '../shapes.ts';
import { rulesOf, tell, wordsFor, type Desk } from '../state.ts';
import { nameLanguage } from '../words.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

/** Reads what was measured and which rules are on. */
export async function loadAutomation(desk: Desk): Promise<void> {
  const { site, automation } = desk.read();
  desk.change({ automation: { ...automation, phase: 'loading' } });
  const answer = await ask<AutomationView>(desk, 'getAutomation', { params: { site } });
  const now = desk.read();
  if (now.site !== site) return;
  if (answer.outcome === 'answered') {
    desk.change({ automation: { ...now.automation, rows: answer.body.rows, phase: 'ready' } });
    return;
  }
  if (answer.outcome === 'refused') tell(desk, explainRefusal(desk, answer), 'bad');
  desk.change({ automation: { ...now.automation, phase: 'unreachable' } });
}

/** Chooses the score from which a rule would reject. */
export function chooseThreshold(desk: Desk, row: AutomationRow, threshold: number): void {
  const { automation } = desk.read();
  desk.change({ automation: { ...automation, chosen: { ...automation.chosen, [nameOf(row)]: threshold } } });
}

/** Switches a rule on at the chosen score, with the precision that stands beside it; or off. What the server measured in
 *  the meantime is shown in place of what was refused. */
export async function switchRule(desk: Desk, row: AutomationRow, point: AutomationPoint | null): Promise<void> {
  const { site, automation } = desk.read();
  if (automation.busy) return;
  desk.change({ automation: { ...automation, busy: true } });
  const { guideline, language } = row;
  const asked = point ? { threshold: point.threshold, precision: point.precision } : { threshold: null };
  const body = { guideline, language, ...asked };
  const answer = await ask<AutomationRow>(desk, 'putAutomation', { params: { site }, body });
  desk.change({ automation: { ...desk.read().automation, busy: false } });
  if (desk.read().site !== site) return;
  if (answer.outcome === 'answered') {
    putRow(desk, answer.body);
    const key = answer.body.rule ? 'said.ruleOn' : 'said.ruleOff';
    const title = rulesOf(desk.read()).guidelines.find(({ key: known }) => known === guideline)?.titles[
      desk.read().language
    ];
    tell(desk, wordsFor(desk)(key, { guideline: title ?? guideline, language: nameLanguage(language) }), 'good');
    return;
  }
  if (answer.outcome === 'unreachable') tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
  else {
    const { measured } = answer.body;
    if (typeof measured === 'object' && measured !== null) putRow(desk, measured as AutomationRow);
    tell(desk, explainRefusal(desk, answer), 'bad');
  }
}

function putRow(desk: Desk, row: AutomationRow): void {
  const { automation } = desk.read();
  const rows = automation.rows.map((known) => (nameOf(known) === nameOf(row) ? row : known));
  desk.change({ automation: { ...automation, rows } });
}

/** A row's name among those of its site. */
export function nameOf({ guideline, language }: Pick<AutomationRow, 'guideline' | 'language'>): string {
  return `${guideline} ${language}`;
}

const wantedPrecision = 0.95;

/** The point of the curve that is shown: the chosen one; else the rule's; else the lowest that was nearly always right; else
 *  the highest that enough decisions reach. */
export function pointShown(row: AutomationRow, chosen: number | undefined): AutomationPoint | undefined {
  const wanted = chosen ?? row.rule?.threshold;
  const enough = row.curve.filter(({ taken }) => taken >= leastMeasured.taken);
  return (
    row.curve.find(({ threshold }) => threshold === wanted) ??
    enough.find(({ precision }) => precision >= wantedPrecision) ??
    enough.at(-1) ??
    row.curve.find(({ threshold }) => threshold === 0.9)
  );
}

/** Why a rule cannot be switched on at this point; undefined where it can. */
export function obstacleOf(row: AutomationRow, point: AutomationPoint | undefined): 'decisions' | 'taken' | undefined {
  if (row.decisions < leastMeasured.decisions) return 'decisions';
  return point && point.taken >= leastMeasured.taken ? undefined : 'taken';
}
