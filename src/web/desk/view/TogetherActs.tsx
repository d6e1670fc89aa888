import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { decideTogether, onlySite, type Preview } from '../acts/select.ts';
import type { QueueRow } from '../shapes.ts';
import { AtSite } from './AtSite.tsx';
import { GuidelineOptions } from './GuidelineOptions.tsx';
import { useDesk } from './useDesk.ts';

type Labels = Readonly<Record<'approve' | 'guideline' | 'reject', string>>;

/** Approves or rejects these comments alike; with what stood in the way of all of it. */
export function TogetherActs({ rows, labels }: { rows: readonly QueueRow[]; labels: Labels }): VNode {
  const { desk, state, words } = useDesk();
  const [guideline, setGuideline] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const decide = async (verdict: 'approve' | 'reject'): Promise<void> => {
    const ground = verdict === 'reject' ? guideline : undefined;
    setProblem(await decideTogether(desk, rows, { verdict, guideline: ground }));
  };
  const isBarred = state.busy || rows.length === 0;
  return (
    <>
      <p class="dialog-acts">
        <button type="button" class="approve" disabled={isBarred} onClick={() => void decide('approve')}>
          {labels.approve}
        </button>
      </p>
      {rows.length > 0 && onlySite(rows) === undefined ? (
        <p>{words('bulk.oneSite')}</p>
      ) : (
        <p class="dialog-acts">
          <label>
            {labels.guideline}{' '}
            <select value={guideline} onChange={(event) => setGuideline(event.currentTarget.value)}>
              <option value="">{words('verdict.noGuideline')}</option>
              <AtSite site={onlySite(rows)}>
                <GuidelineOptions />
              </AtSite>
            </select>
          </label>
          <button
            type="button"
            class="reject"
            disabled={isBarred || guideline === ''}
            onClick={() => void decide('reject')}
          >
            {labels.reject}
          </button>
        </p>
      )}
      <p class="mistake" role="alert">
        {problem}
      </p>
    </>
  );
}

/** What cannot be decided with the others now, and why; nothing where all can. */
export function LeftOut({ excluded }: Pick<Preview, 'excluded'>): VNode | null {
  const { words } = useDesk();
  if (excluded.length === 0) return null;
  return (
    <>
      <h3>{words('bulk.excluded', { n: excluded.length })}</h3>
      <ul class="bulk-rows">
        {excluded.map(({ row, by }) => (
          <li key={row.id}>
            <bdi class="name">{row.name ?? words('case.nameless')}</bdi>{' '}
            <span class="faint">{by === null ? words('bulk.whyMoved') : words('bulk.whyClaimed', { by })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
