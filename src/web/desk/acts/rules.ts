import { readBreachLines } from '../../../contract/breachLines.ts';
import type { DeskGuideline, SiteRules } from '../shapes.ts';
import type { Desk } from '../state.ts';
import { ask } from './ask.ts';

type RulesBody = {
  sites: readonly { site: string; translate: string; lines: string; guidelines: readonly DeskGuideline[] }[];
};

/** Reads by what moderators judge on each of their sites: the guidelines in force, from which they choose, and the like. */
export async function readRules(desk: Desk): Promise<void> {
  const answer = await ask<RulesBody>(desk, 'getDeskGuidelines');
  if (answer.outcome !== 'answered') return;
  const rules = answer.body.sites.map(({ site, translate, lines, guidelines }): [string, SiteRules] => {
    const inOrder = guidelines.toSorted((a, b) => a.position - b.position);
    return [site, { translate, lines: readBreachLines(lines), guidelines: inOrder }];
  });
  desk.change({ rules: Object.fromEntries(rules) });
}
