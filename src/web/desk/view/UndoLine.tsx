import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { undoSeconds } from '../../../contract/desk.ts';
import { undoLast } from '../acts/undo.ts';
import { keyFor } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk } from './useDesk.ts';

/** The last verdict that can still be undone, for how long, and the way to do it. Apart from the live region that told of the
 *  verdict: seconds that pass are nothing to be read out. */
export function UndoLine(): VNode | null {
  const { desk, state, words } = useDesk();
  const last = state.deciding.undo.at(-1);
  const [left, setLeft] = useState(undoSeconds);
  useEffect(() => {
    if (!last) return undefined;
    const tick = (): void => setLeft(Math.max(0, Math.ceil((last.until - Date.now()) / 1000)));
    tick();
    const ticking = setInterval(tick, 500);
    return () => clearInterval(ticking);
  }, [last]);
  if (!last) return null;
  return (
    <aside class="undo" aria-label={words('undo.act')}>
      <span>{last.said}</span>{' '}
      <button type="button" aria-keyshortcuts={keyFor(state, 'undo')} onClick={() => void undoLast(desk)}>
        {words('undo.act')} <Key act="undo" />
      </button>{' '}
      <span class="undo-left" aria-hidden="true">
        {words('undo.left', { n: left })}
      </span>
    </aside>
  );
}
