import type { VNode } from 'preact';
import type { Statistics } from '../../../contract/statistics.ts';
import { loadHappened } from '../acts/happened.ts';
import { periods, writePeriod } from '../happenedState.ts';
import { useDesk } from '../view/useDesk.ts';
import { Flow, Hours, Waiting } from './overDays.tsx';
import { Agreement, Newsroom, Screening } from './fairness.tsx';
import { Appeals, Guidelines, Languages, Sanctions, Sections, Stories, Workload } from './counted.tsx';
import './happened.css';
import { Totals } from './Totals.tsx';
import { useWriter } from './useWriter.ts';

/** What happened on the site: pictures over days that can be chosen, each with its table and its file. */
export function HappenedPage(): VNode {
  const { desk, state, words } = useDesk();
  const { days, view, phase } = state.happened;
  const write = useWriter();
  return (
    <main class="rules happened" aria-busy={phase === 'loading'}>
      <h2>{words('happened.title')}</h2>
      <nav class="parts" aria-label={words('happened.days')}>
        <span class="faint">{words('happened.days')}</span>
        {periods.map((period) => (
          <a key={period} href={writePeriod(period)} aria-current={period === days ? 'true' : undefined}>
            {write.number(period)}
          </a>
        ))}
      </nav>
      {phase === 'unreachable' && (
        <p role="status">
          {words('agreement.unreachable')}{' '}
          <button type="button" onClick={() => void loadHappened(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {view ? <Pictures view={view} /> : phase === 'loading' && <p role="status">{words('happened.loading')}</p>}
    </main>
  );
}

function Pictures({ view }: { view: Statistics }): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const values = { from: write.day(view.from), to: write.day(view.to), zone: view.timeZone };
  return (
    <>
      <p class="faint">{words('happened.lead', values)}</p>
      <Totals view={view} />
      <div class="figures">
        <Waiting view={view} />
        <Flow view={view} />
        <Hours view={view} />
        <Newsroom view={view} />
        <Guidelines view={view} />
        <Languages view={view} />
        <Sections view={view} />
        <Stories view={view} />
        <Workload view={view} />
        <Screening view={view} />
        <Appeals view={view} />
        <Agreement view={view} />
        <Sanctions view={view} />
      </div>
    </>
  );
}
