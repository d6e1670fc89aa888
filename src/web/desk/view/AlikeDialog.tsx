import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { closeDialog } from '../acts/aside.ts';
import { preview } from '../acts/select.ts';
import type { QueueRow } from '../shapes.ts';
import { compareTexts } from '../textDiff.ts';
import { Dialog } from './Dialog.tsx';
import { LeftOut, TogetherActs } from './TogetherActs.tsx';
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
  const labels = {
    approve: words('alike.approve'),
    guideline: words('alike.reject'),
    reject: words('alike.rejectNow'),
  };
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
      <LeftOut excluded={excluded} />
      {rows.length > 0 && (
        <>
          <p role="status">{words('alike.chosen', { n: chosen.length })}</p>
          <TogetherActs rows={chosen} labels={labels} />
        </>
      )}
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
  // Once a row: with hundreds of them each tick of a box would compare them all again.
  const changes = useMemo(() => compareTexts(first, text).filter(({ kind }) => kind !== 'gone'), [first, text]);
  return (
    <>
      <bdi class="name">{row.name ?? words('case.nameless')}</bdi>{' '}
      <span class="bulk-text" dir={row.dir} lang={row.lang}>
        {changes.map(({ kind, text: part }, at) => (kind === 'same' ? part : <mark key={at}>{part}</mark>))}
      </span>
    </>
  );
}
