import type { LinesView } from '../../../contract/automation.ts';
import { linesOf, writeBreachLines } from '../../../contract/breachLines.ts';
import type { SettingsView } from '../../../contract/settingsDraft.ts';
import type { Desk } from '../state.ts';
import { ask } from './ask.ts';
import { tellFailure } from './refusal.ts';
import { readRules } from './rules.ts';
import { settle } from './settings.ts';

export type LineRow = LinesView['rows'][number];

/** Measures what each line would mark; undefined where that was not possible, which was told. */
export async function measureLines(desk: Desk): Promise<readonly LineRow[] | undefined> {
  const answer = await ask<LinesView>(desk, 'getLines', { params: { site: desk.read().site } });
  if (answer.outcome === 'answered') return answer.body.rows;
  tellFailure(desk, answer);
  return undefined;
}

/** Draws the line of one guideline in one language. Whether it was saved. */
export async function drawLine(desk: Desk, { guideline, language }: LineRow, score: number): Promise<boolean> {
  const { site, settings } = desk.read();
  if (settings.values === null || settings.busy) return false;
  const before = settings.values['screening.lines'];
  const after = writeBreachLines(linesOf(settings.values), { guideline, language, score });
  desk.change({ settings: { ...settings, busy: true } });
  const body = { settings: { 'screening.lines': after }, was: { 'screening.lines': before } };
  const answer = await ask<SettingsView>(desk, 'putSettings', { params: { site }, body });
  await settle(desk, answer, { said: 'settings.saved' });
  if (answer.outcome !== 'answered') return false;
  await readRules(desk);
  return true;
}
