import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { explanationCodeUnits } from '../../../contract/desk.ts';
import type { ReportRow } from '../../../contract/report.ts';
import { directionOf } from '../../../contract/text.ts';
import { chooseGuideline } from '../acts/decide.ts';
import { dismissReports, readReports } from '../acts/reports.ts';
import { tellTime } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import type { WordKey } from '../wordKeys.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** What readers reported about a published comment, and the two answers: take it down, or let it stand. Text nodes only,
 *  each in its own direction. */
export function ReportsPanel({ row }: { row: QueueRow }): VNode | null {
  const { desk, words } = useDesk();
  const [reports, setReports] = useState<readonly ReportRow[]>([]);
  const { id, state, reports: open } = row;
  const isReportable = state === 'approved' || state === 'removed';
  useEffect(() => {
    if (isReportable) void readReports(desk, id).then((read) => read && setReports(read));
  }, [desk, id, state, open, isReportable]);
  if (!isReportable || reports.length === 0) return null;
  return (
    <section class="reports" aria-labelledby="reports-title">
      <h3 id="reports-title">{words('reports.title')}</h3>
      <ol>
        {reports.map((report) => (
          <ReportLine key={report.id} report={report} />
        ))}
      </ol>
      {state === 'approved' && reports.some((report) => report.state === 'open') && <ReportForm row={row} />}
    </section>
  );
}

const stateWords = {
  open: 'reports.open',
  upheld: 'reports.upheld',
  dismissed: 'reports.stands',
  closed: 'reports.closed',
} as const satisfies Record<ReportRow['state'], WordKey>;

function ReportLine({ report }: { report: ReportRow }): VNode {
  const { words } = useDesk();
  const { reason, detail, explanation, state } = report;
  return (
    <li>
      <p>
        {report.isNotice && <span class="chip">{words('reports.notice')}</span>}{' '}
        {reason === 'illegal' && !report.isNotice && words('reports.illegal')}
        {reason === 'other' && words('reports.other')}
        {reason !== 'illegal' && reason !== 'other' && <GuidelineTitle guideline={reason} />}{' '}
        {report.isNamelessOffence && <strong>{words('reports.children')}</strong>}
      </p>
      {detail !== null && (
        <p class="report-text" dir={directionOf(detail)}>
          {detail}
        </p>
      )}
      <p class="small faint">
        <time dateTime={report.reportedAt}>{tellTime(report.reportedAt)}</time> · {words(stateWords[state])}
        {report.decidedBy !== null && state !== 'closed' && (
          <>
            {' · '}
            <bdi>{report.decidedBy}</bdi>
          </>
        )}
      </p>
      {explanation !== null && (
        <p class="report-text small" dir={directionOf(explanation)}>
          {explanation}
        </p>
      )}
    </li>
  );
}

function ReportForm({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const [explanation, setExplanation] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void dismissReports(desk, row, explanation).then(setProblem);
      }}
    >
      <label class="small">
        <span>{words('reports.explanation')}</span>
        <textarea
          rows={2}
          dir="auto"
          maxLength={explanationCodeUnits}
          aria-describedby="reports-problem"
          value={explanation}
          onInput={(event) => setExplanation(event.currentTarget.value)}
        />
      </label>
      <p class="mistake" id="reports-problem" role="alert">
        {problem}
      </p>
      <p class="picker-acts">
        <button type="submit" disabled={state.busy}>
          {words('reports.dismiss')}
        </button>
        <button type="button" class="quiet" onClick={() => chooseGuideline(desk)}>
          {words('reports.uphold')}
        </button>
      </p>
    </form>
  );
}
