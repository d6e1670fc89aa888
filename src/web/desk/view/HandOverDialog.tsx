import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { closeDialog, handOver, readColleagues, type Colleague } from '../acts/aside.ts';
import type { QueueRow } from '../shapes.ts';
import { Dialog } from './Dialog.tsx';
import { useDesk } from './useDesk.ts';

/** Hands the case on the table to a colleague or to any editor. */
export function HandOverDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  const { shown, deciding } = state;
  if (deciding.dialog !== 'handOver' || !shown) return null;
  return (
    <Dialog title={words('handOver.title')} onClose={() => closeDialog(desk)}>
      <HandOverForm row={shown} />
    </Dialog>
  );
}

const mostCodeUnits = 2000;

function HandOverForm({ row }: { row: QueueRow }): VNode {
  const { desk, words } = useDesk();
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  const [to, setTo] = useState('editor');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  useEffect(() => void readColleagues(desk, row.site).then((read) => setColleagues(read ?? [])), [desk, row.site]);
  const name = colleagues.find(({ id }) => id === to)?.name ?? words('handOver.editor');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void handOver(desk, row, { to, name, note }).then(setProblem);
      }}
    >
      <label>
        {words('handOver.to')}
        <select value={to} onChange={(event) => setTo(event.currentTarget.value)}>
          <option value="editor">{words('handOver.editor')}</option>
          {colleagues.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words('handOver.note')}
        <textarea
          rows={3}
          dir="auto"
          maxLength={mostCodeUnits}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      <p class="mistake" role="alert">
        {problem}
      </p>
      <p class="dialog-acts">
        <button type="submit" class="primary">
          {words('handOver.act')}
        </button>
        <button type="button" class="quiet" onClick={() => closeDialog(desk)}>
          {words('verdict.cancel')}
        </button>
      </p>
    </form>
  );
}
