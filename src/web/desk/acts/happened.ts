import type { Statistics } from '../../../contract/statistics.ts';
import { tell, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

/** Reads what happened in the chosen days. */
export async function loadHappened(desk: Desk): Promise<void> {
  const { site, happened } = desk.read();
  const { days } = happened;
  desk.change({ happened: { ...happened, phase: 'loading' } });
  const answer = await ask<Statistics>(desk, 'getStatistics', { params: { site }, query: { days: String(days) } });
  if (desk.read().site !== site || desk.read().happened.days !== days) return;
  if (answer.outcome === 'answered') desk.change({ happened: { days, view: answer.body, phase: 'ready' } });
  else {
    if (answer.outcome === 'refused') tell(desk, explainRefusal(desk, answer), 'bad');
    desk.change({ happened: { days, view: null, phase: 'unreachable' } });
  }
}
