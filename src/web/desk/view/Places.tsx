import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { writeDigits } from '../../../contract/numbers.ts';
import { goTo } from '../acts/places.ts';
import { maySee, places } from '../places.ts';
import { useDesk } from './useDesk.ts';

/** The places of the desk in a row of their own, so that none moves when a colleague comes or the line goes. Where the
 *  window is narrow the row is drawn sideways, and the place one is at stays in sight. */
export function Places(): VNode {
  const { desk, state, words } = useDesk();
  const ref = useRef<HTMLElement>(null);
  /* oxlint-disable react-hooks/exhaustive-deps */
  useEffect(() => showCurrent(ref.current), [state.place, state.language]);
  /* oxlint-enable react-hooks/exhaustive-deps */
  const shown = places.filter(({ place, waiting, isForWaiting, isPersonal }) => {
    if (isPersonal || !maySee(state, place)) return false;
    return !isForWaiting || state.place === place || (waiting?.(state) ?? 0) > 0;
  });
  return (
    <nav class="places" aria-label={words('place.label')} ref={ref}>
      {shown.map(({ place, title, waiting }) => (
        <button
          key={place}
          type="button"
          data-place={place}
          aria-current={state.place === place ? 'page' : undefined}
          onClick={() => void goTo(desk, place)}
        >
          {words(title)}{' '}
          {waiting && waiting(state) > 0 && <span class="count">{writeDigits(state.language, waiting(state))}</span>}
        </button>
      ))}
    </nav>
  );
}

function showCurrent(row: HTMLElement | null): void {
  row?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
