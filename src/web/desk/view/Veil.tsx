import type { VNode } from 'preact';
import { turnVeil } from '../acts/context.ts';
import { isVeiled } from '../scores.ts';
import type { QueueRow } from '../shapes.ts';
import { keyFor, type DeskState } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk } from './useDesk.ts';

/** Says that a comment is veiled, and shows or veils its text. The veil is for the eye: the text stays a text for screen
 *  readers, and comes up under the pointer. */
export function VeilLine({ row }: { row: QueueRow }): VNode | null {
  const { desk, state, words } = useDesk();
  if (!isVeiled(row.screening, state.preferences.veilFrom)) return null;
  const isUp = isVeilUp(row, state);
  return (
    <p class="veil-line">
      {isUp && <span class="faint">{words('veil.veiled')} </span>}
      <button type="button" class="quiet" aria-keyshortcuts={keyFor(state, 'veil')} onClick={() => turnVeil(desk)}>
        {words(isUp ? 'veil.show' : 'veil.hide')} <Key act="veil" />
      </button>
    </p>
  );
}

/** Whether the text of a comment is veiled now. */
export function isVeilUp(row: QueueRow, { preferences, unveiled }: DeskState): boolean {
  return isVeiled(row.screening, preferences.veilFrom) && unveiled !== row.id;
}
