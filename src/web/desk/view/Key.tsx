import type { VNode } from 'preact';
import type { KeyAct } from '../../../contract/keys.ts';
import { keyFor } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** The key of an act on its button; nothing where it has none. */
export function Key({ act }: { act: KeyAct }): VNode | null {
  const { state } = useDesk();
  const key = keyFor(state, act);
  return key === undefined ? null : <kbd>{key}</kbd>;
}
