import type { VNode } from 'preact';
import { keyFor } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk } from './useDesk.ts';

/** Opens the wording of the guidelines. */
export function WordingButton(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <button
      type="button"
      class="quiet"
      aria-keyshortcuts={keyFor(state, 'wording')}
      onClick={() => desk.change({ wordingShown: true })}
    >
      {words('wording.open')} <Key act="wording" />
    </button>
  );
}
