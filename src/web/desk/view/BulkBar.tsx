import type { VNode } from 'preact';
import { openBulk, selectedRows, selectNone } from '../acts/select.ts';
import { keyFor } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk } from './useDesk.ts';

/** How many comments of the list are selected, and what to do with them; nothing where none is. */
export function BulkBar(): VNode | null {
  const { desk, state, words } = useDesk();
  const { length } = selectedRows(state);
  if (length === 0 || state.filter.state !== 'held') return null;
  return (
    <p class="bulk-bar">
      <span>{words('bulk.selected', { n: length })}</span>
      <button type="button" aria-keyshortcuts={keyFor(state, 'bulk')} onClick={() => openBulk(desk)}>
        {words('bulk.decide')} <Key act="bulk" />
      </button>
      <button type="button" class="quiet" onClick={() => selectNone(desk)}>
        {words('bulk.clear')}
      </button>
    </p>
  );
}
