import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { closeDialog } from '../acts/aside.ts';
import { decideRows, preview } from '../acts/select.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere } from '../state.ts';
import { compareTexts } from '../textDiff.ts';
import { Dialog } from './Dialog.tsx';
import { titleOf } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** Comments that say nearly the same, to be decided together: all that are free are chosen, each can be left out. */
export function AlikeDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  const { dialog, alike } = state.deciding;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  if (dialog !== 'alike') return null;
  const { rows, excluded } = preview(state, alike);
  const chosen = rows.filter(({ id }) => !left.has(id));
  const turn = (id: string): void => {
    const now = new Set(left);
    if (!now.delete(id)) now.add(id);
    setLeft(now);
  };
  const first = alike[0]?.text ?? '';
  return (
    <Dialog title={words('alike.title')} isLong onClose={() => closeDialog(desk)}>
      <p class="faint">{words('alike.lead')}</p>
      <ul class="bulk-rows alike-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <label>
              <input type="checkbox" checked={!left.has(row.id)} onChange={() => turn(row.id)} />
              <span class="unseen">{words('alike.choose', { name: row.name ?? words('case.nameless') })}</span>
            </label>{' '}
            <AlikeText row={row} first={first} />
          </li>
        ))}
      </ul>
      {excluded.length > 0 && (
        <>
          <h3>{words('alike.left', { n: excluded.length })}</h3>
          <ul class="bulk-rows">
            {excluded.map(({ row, by }) => (
              <li key={row.id}>
                <bdi class="name">{row.name ?? words('case.nameless')}</bdi>{' '}
                <span class="faint">{by === null ? words('bulk.whyMoved') : words('alike.withColleague', { by })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {rows.length > 0 && <AlikeActs chosen={chosen} />}
      <p class="dialog-acts">
        <button type="button" class="quiet" onClick={() => closeDialog(desk)}>
          {words('alike.close')}
        </button>
      </p>
    </Dialog>
  );
}

/** The text with the words that differ from the first one's marked. */
function AlikeText({ row, first }: { row: QueueRow; first: string }): VNode {
  const { words } = useDesk();
  const text = row.text ?? '';
  const changes = compareTexts(first, text).filter(({ kind }) => kind !== 'gone');
  return (
    <>
      <bdi class="name">{row.name ?? words('case.nameless')}</bdi>{' '}
      <span class="bulk-text" dir={row.dir} lang={row.lang}>
        {changes.map(({ kind, text: part }, at) => (kind === 'same' ? part : <mark key={at}>{part}</mark>))}
      </span>
    </>
  );
}

function AlikeActs({ chosen }: { chosen: readonly QueueRow[] }): VNode {
  const { desk, state, words } = useDesk();
  const [guideline, setGuideline] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const decide = async (verdict: 'approve' | 'reject'): Promise<void> => {
    const ground = verdict === 'reject' ? guideline : undefined;
    setProblem(await decideRows(desk, chosen, { verdict, guideline: ground }));
  };
  const siteLanguage = accountHere(state)?.language;
  const isNone = state.busy || chosen.length === 0;
  return (
    <>
      <p role="status">{words('alike.chosen', { n: chosen.length })}</p>
      <p class="dialog-acts">
        <button type="button" class="approve" disabled={isNone} onClick={() => void decide('approve')}>
          {words('alike.approve')}
        </button>
      </p>
      <p class="dialog-acts">
        <label>
          {words('alike.reject')}{' '}
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
          disabled={isNone || guideline === ''}
          onClick={() => void decide('reject')}
        >
          {words('alike.rejectNow')}
        </button>
      </p>
      <p class="mistake" role="alert">
        {problem}
      </p>
    </>
  );
}
