import type { VNode } from 'preact';
import { claimNext } from '../acts/cases.ts';
import { approve, chooseGuideline, writeExplanation } from '../acts/decide.ts';
import { isRunning } from '../acts/rows.ts';
import type { QueueRow } from '../shapes.ts';
import { isKept, type DeskState } from '../state.ts';
import { ExplanationForm } from './ExplanationForm.tsx';
import { GuidelinePicker } from './GuidelinePicker.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** Where a case is decided: always at the foot of the case, whatever its length. */
export function VerdictBar({ row }: { row: QueueRow }): VNode | null {
  const { state, words } = useDesk();
  const hasActs = row.state === 'approved' || state.filter.state === 'held';
  if (!hasActs) return null;
  // A form begun before a colleague decided or took over closes; its words are kept until the next verdict.
  const form = isFree(row, state) ? state.form : null;
  return (
    <section class="verdict" aria-label={words('verdict.title')} aria-busy={state.busy}>
      {form?.face === 'guidelines' && <GuidelinePicker row={row} />}
      {form?.face === 'explanation' && <ExplanationForm row={row} />}
      {!form && <Verdicts row={row} />}
    </section>
  );
}

function Verdicts({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLButtonElement>('verdicts');
  const mayDecide = isFree(row, state);
  return (
    <div class="verdict-keys">
      {mayDecide && row.state === 'held' && (
        <button type="button" class="approve" aria-keyshortcuts="a" onClick={() => void approve(desk)}>
          {words('verdict.approve')} <kbd>a</kbd>
        </button>
      )}
      {mayDecide && (
        <>
          <button ref={ref} type="button" class="reject" aria-keyshortcuts="r" onClick={() => chooseGuideline(desk)}>
            {words(row.state === 'held' ? 'verdict.reject' : 'verdict.remove')} <kbd>r</kbd>
          </button>
          <button type="button" aria-keyshortcuts="e" onClick={() => writeExplanation(desk)}>
            {words('verdict.explain')} <kbd>e</kbd>
          </button>
        </>
      )}
      {state.filter.state === 'held' && (
        <button type="button" class="quiet" aria-keyshortcuts="n" onClick={() => void claimNext(desk)}>
          {words('verdict.next')} <kbd>n</kbd>
        </button>
      )}
    </div>
  );
}

/** Whether this moderator may decide the comment now. */
function isFree(row: QueueRow, state: DeskState): boolean {
  const isOpen = !isKept(state, row.id) && (row.state === 'held' || row.state === 'approved');
  const isTheirs = isRunning(row.claim, state.now) && row.claim?.mine === false;
  return isOpen && !isTheirs;
}
