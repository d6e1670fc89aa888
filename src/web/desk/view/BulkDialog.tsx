import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { closeDialog } from '../acts/aside.ts';
import { decideTogether, previewBulk } from '../acts/select.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere } from '../state.ts';
import { Dialog } from './Dialog.tsx';
import { titleOf } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** What will be decided together, what is left out and why; afterwards, what could not be decided. */
export function BulkDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  const { dialog, failed } = state.deciding;
  if (dialog !== 'bulk') return null;
  const { rows, excluded } = previewBulk(state);
  return (
    <Dialog title={words('bulk.title')} isLong onClose={() => closeDialog(desk)}>
      {failed.length > 0 ? (
        <>
          <h3>{words('bulk.failed', { n: failed.length })}</h3>
          <ul class="bulk-rows">
            {failed.map(({ id, name, why }) => (
              <li key={id}>
                <bdi class="name">{name}</bdi> <span class="faint">{why}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <h3>{words('bulk.will', { n: rows.length })}</h3>
          <ul class="bulk-rows">
            {rows.map((row) => (
              <BulkRow key={row.id} row={row} />
            ))}
          </ul>
          {excluded.length > 0 && <Excluded excluded={excluded} />}
          {rows.length > 0 && <BulkActs />}
        </>
      )}
      <p class="dialog-acts">
        <button type="button" class="quiet" onClick={() => closeDialog(desk)}>
          {words('keys.close')}
        </button>
      </p>
    </Dialog>
  );
}

const firstCodeUnits = 90;

function BulkRow({ row }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const text = row.text ?? words('case.textGone');
  const first = text.length > firstCodeUnits ? `${text.slice(0, firstCodeUnits).toWellFormed()}…` : text;
  return (
    <li>
      <bdi class="name">{row.name ?? words('case.nameless')}</bdi>{' '}
      <span class="bulk-text" dir={row.dir} lang={row.lang}>
        {first}
      </span>
    </li>
  );
}

function Excluded({ excluded }: Pick<ReturnType<typeof previewBulk>, 'excluded'>): VNode {
  const { words } = useDesk();
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

function BulkActs(): VNode {
  const { desk, state, words } = useDesk();
  const [guideline, setGuideline] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const decide = async (verdict: 'approve' | 'reject'): Promise<void> =>
    setProblem(await decideTogether(desk, verdict, verdict === 'reject' ? guideline : undefined));
  const siteLanguage = accountHere(state)?.language;
  return (
    <>
      <p class="dialog-acts">
        <button type="button" class="approve" disabled={state.busy} onClick={() => void decide('approve')}>
          {words('bulk.approve')}
        </button>
      </p>
      <p class="dialog-acts">
        <label>
          {words('verdict.guideline')}{' '}
          <select value={guideline} onChange={(event) => setGuideline(event.currentTarget.value)}>
            <option value="">{words('verdict.noGuideline')}</option>
            {state.guidelines.map((one) => (
              <option key={one.key} value={one.key}>
                {titleOf(one, state.language, siteLanguage)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="reject"
          disabled={state.busy || guideline === ''}
          onClick={() => void decide('reject')}
        >
          {words('bulk.reject')}
        </button>
      </p>
      <p class="mistake" role="alert">
        {problem}
      </p>
    </>
  );
}
