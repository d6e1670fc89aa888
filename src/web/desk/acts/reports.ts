import type { ReportRow } from '../../../contract/report.ts';
import type { QueueRow } from '../shapes.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { explainFailure } from './refusal.ts';
import { patchRow } from './rows.ts';

/** What readers reported about a comment; undefined where it could not be read. */
export async function readReports(desk: Desk, id: string): Promise<readonly ReportRow[] | undefined> {
  const answer = await ask<{ reports: readonly ReportRow[] }>(desk, 'getReports', { params: { id } });
  return answer.outcome === 'answered' ? answer.body.reports : undefined;
}

/** Lets the comment stand: dismisses all of its open reports. Resolves to what stood in the way, or undefined. */
export async function dismissReports(desk: Desk, { id }: QueueRow, explanation: string): Promise<string | undefined> {
  if (desk.read().busy) return undefined;
  const words = wordsFor(desk);
  desk.change({ busy: true });
  const body = { verdict: 'dismiss', explanation };
  const answer = await ask<object>(desk, 'postReportDecision', { params: { id }, body });
  desk.change({ busy: false });
  if (answer.outcome !== 'answered') {
    const isMissing = answer.outcome === 'refused' && answer.reason === 'field_required';
    return isMissing ? words('reports.explanationNeeded') : explainFailure(desk, answer);
  }
  patchRow(desk, id, { reports: 0 });
  tell(desk, words('reports.dismissed'), 'good');
  return undefined;
}
