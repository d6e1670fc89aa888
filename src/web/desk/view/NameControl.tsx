import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { isEditor } from '../../../contract/desk.ts';
import { freeName } from '../acts/freeName.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere } from '../state.ts';
import { Dialog } from './Dialog.tsx';
import { useDesk } from './useDesk.ts';

/** The way to free the protected name of a comment's reader, for editors of the whole site. */
export function NameControl({ row }: { row: QueueRow }): VNode | null {
  const { state, words } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const account = accountHere(state);
  const mayFree = account?.sections.length === 0 && isEditor(account.role);
  if (row.speaker !== 'name' || row.name === null || !mayFree) return null;
  return (
    <div class="reader-control">
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        {words('name.button')}
      </button>
      {isOpen && <NameDialog id={row.id} name={row.name} onClose={() => setOpen(false)} />}
    </div>
  );
}

function NameDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }): VNode {
  const { desk, words } = useDesk();
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const free = async (): Promise<void> => {
    setBusy(true);
    const against = await freeName(desk, id);
    setBusy(false);
    if (against === undefined) onClose();
    else setProblem(against);
  };
  return (
    <Dialog title={words('name.title', { name })} isLong onClose={onClose}>
      <p>{words('name.lead')}</p>
      <p class="faint small">{words('name.hint')}</p>
      <p class="mistake" role="alert">
        {problem}
      </p>
      <p class="picker-acts">
        <button type="button" class="primary" disabled={isBusy} onClick={() => void free()}>
          {words('name.free')}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {words('verdict.cancel')}
        </button>
      </p>
    </Dialog>
  );
}
