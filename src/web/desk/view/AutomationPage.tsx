import type { VNode } from 'preact';
import { leastMeasured } from '../../../contract/automation.ts';
import { directionOfLanguage } from '../../../contract/languages.ts';
import { loadAutomation } from '../acts/automation.ts';
import type { AutomationRow } from '../shapes.ts';
import { nameLanguage } from '../words.ts';
import { AutomationLine } from './AutomationLine.tsx';
import { rulesOf } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** The rules that reject without a person: what was measured of each, beside its switch. */
export function AutomationPage(): VNode {
  const { desk, state, words } = useDesk();
  const { rows, phase } = state.automation;
  const byLanguage = [...Map.groupBy(rows, ({ language }) => language)];
  return (
    <main class="rules" aria-busy={phase === 'loading'}>
      <h2>{words('automation.title')}</h2>
      <p>{words('automation.lead')}</p>
      <p>{words('automation.never')}</p>
      <p class="faint">{words('automation.measured', leastMeasured)}</p>
      {phase === 'unreachable' && (
        <p role="status">
          {words('automation.unreachable')}{' '}
          <button type="button" onClick={() => void loadAutomation(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {phase === 'loading' && rows.length === 0 && <p role="status">{words('automation.loading')}</p>}
      {phase === 'ready' && rows.length === 0 && <p role="status">{words('automation.empty')}</p>}
      {byLanguage.map(([language, ofLanguage]) => (
        <RulesOfLanguage key={language} language={language} rows={ofLanguage} />
      ))}
    </main>
  );
}

function RulesOfLanguage({ language, rows }: { language: string; rows: readonly AutomationRow[] }): VNode {
  const { state, words } = useDesk();
  const inOrder = rulesOf(state).guidelines.map(({ key }) => key);
  const sorted = rows.toSorted((a, b) => inOrder.indexOf(a.guideline) - inOrder.indexOf(b.guideline));
  return (
    <table>
      <caption>
        <bdi lang={language} dir={directionOfLanguage(language)}>
          {nameLanguage(language)}
        </bdi>
      </caption>
      <thead>
        <tr>
          <th scope="col">{words('verdict.guideline')}</th>
          <th scope="col">{words('automation.decisions')}</th>
          <th scope="col">{words('automation.threshold')}</th>
          <th scope="col">{words('automation.precision')}</th>
          <th scope="col">{words('automation.recall')}</th>
          <th scope="col">{words('automation.rule')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <AutomationLine key={row.guideline} row={row} />
        ))}
      </tbody>
    </table>
  );
}
