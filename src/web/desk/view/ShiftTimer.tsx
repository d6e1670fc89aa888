import type { VNode } from 'preact';
import { writeDigits } from '../../../contract/numbers.ts';
import { notNow, turnShift } from '../acts/shift.ts';
import { suggestionFor, tellWorked } from '../shift.ts';
import { useDesk } from './useDesk.ts';

/** How long this shift has lasted, as a button that pauses it. */
export function ShiftTimer(): VNode | null {
  const { desk, state, words } = useDesk();
  const { shift, preferences } = state;
  if (!shift || !preferences.timer) return null;
  const time = writeDigits(state.language, tellWorked(shift));
  return (
    <button type="button" class="quiet shift-timer" onClick={() => turnShift(desk)}>
      {words(shift.paused ? 'shift.paused' : 'shift.time', { time })}
      <span class="unseen">. {words(shift.paused ? 'shift.resume' : 'shift.pause')}</span>
    </button>
  );
}

/** Suggests a break, or to swap with a colleague. It lies above the work, not over it, takes no focus and stops nothing. */
export function ShiftHint(): VNode {
  const { desk, state, words } = useDesk();
  const { shift, preferences } = state;
  const suggestion = shift ? suggestionFor(shift, preferences) : undefined;
  return (
    <section class="shift-hint" aria-label={words('shift.title')}>
      <p role="status">
        {suggestion?.kind === 'break' && words('shift.breakDue', { n: suggestion.minutes })}
        {suggestion?.kind === 'swap' && words('shift.swapDue', { n: suggestion.percent })}
      </p>
      {suggestion?.kind === 'break' && (
        <button type="button" onClick={() => turnShift(desk)}>
          {words('shift.pause')}
        </button>
      )}
      {suggestion && (
        <button type="button" class="quiet" onClick={() => notNow(desk, suggestion.kind)}>
          {words('shift.later')}
        </button>
      )}
    </section>
  );
}
