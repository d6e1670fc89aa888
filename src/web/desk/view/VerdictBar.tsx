import type { VNode } from 'preact';
import { claimNext } from '../acts/cases.ts';
import { openDialog } from '../acts/aside.ts';
import { approve, chooseGuideline, writeExplanation } from '../acts/decide.ts';
import { turnFeatured } from '../acts/feature.ts';
import { mayReverse } from '../acts/reverse.ts';
import { isRunning, mayRead } from '../acts/rows.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere, isKept, keyFor, type DeskState } from '../state.ts';
import { ExplanationForm } from './ExplanationForm.tsx';
import { GuidelinePicker } from './GuidelinePicker.tsx';
import { Key } from './Key.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** Where a case is decided: always at the foot of the case, whatever its length. */
export function VerdictBar({ row }: { row: QueueRow }): VNode | null {
  const { state, words } = useDesk();
  const hasActs = row.state === 'approved' || state.filter.state === 'held' || mayReverse(row, state);
  if (!hasActs) return null;
  // A form begun before a colleague decided or took over stays, with its words and its focus; it sends nothing.
  const { form } = state;
  return (
    <section class="verdict" aria-label={words('verdict.title')} aria-busy={state.busy}>
      {form && <Overtaken row={row} />}
      {form?.face === 'guidelines' && <GuidelinePicker row={row} />}
      {form?.face === 'explanation' && <ExplanationForm row={row} />}
      {!form && <Verdicts row={row} />}
    </section>
  );
}

/** Says that a colleague was first while the form was open. */
function Overtaken({ row }: { row: QueueRow }): VNode {
  const { state, words } = useDesk();
  const { claim, decision } = row;
  const holder = isRunning(claim, state.now) && claim?.mine === false ? claim.by : undefined;
  const decider = state.form?.version === row.version ? undefined : decision?.by;
  return (
    <p class="overtaken" role="status">
      {decider !== undefined && words('overtaken.decided', { by: decider })}
      {decider === undefined && holder !== undefined && words('overtaken.claimed', { by: holder })}
    </p>
  );
}

function Verdicts({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLButtonElement>('verdicts');
  const mayDecide = isFree(row, state);
  return (
    <div class="verdict-keys">
      {mayReverse(row, state) && (
        <button type="button" aria-keyshortcuts={keyFor(state, 'approve')} onClick={() => void approve(desk)}>
          {words('reverse.act')} <Key act="approve" />
        </button>
      )}
      {mayDecide && row.state === 'held' && (
        <button
          type="button"
          class="approve"
          aria-keyshortcuts={keyFor(state, 'approve')}
          onClick={() => void approve(desk)}
        >
          {words('verdict.approve')} <Key act="approve" />
        </button>
      )}
      {mayDecide && (
        <>
          <button
            ref={ref}
            type="button"
            class="reject"
            aria-keyshortcuts={keyFor(state, 'reject')}
            onClick={() => chooseGuideline(desk)}
          >
            {words(row.state === 'held' ? 'verdict.reject' : 'verdict.remove')} <Key act="reject" />
          </button>
          <button type="button" aria-keyshortcuts={keyFor(state, 'explain')} onClick={() => writeExplanation(desk)}>
            {words('verdict.explain')} <Key act="explain" />
          </button>
        </>
      )}
      {mayDecide && <AsideActs row={row} />}
      {mayDecide && <FeatureAct row={row} />}
      {state.filter.state === 'held' && (
        <button
          type="button"
          class="quiet"
          aria-keyshortcuts={keyFor(state, 'claimNext')}
          onClick={() => void claimNext(desk)}
        >
          {words('verdict.next')} <Key act="claimNext" />
        </button>
      )}
    </div>
  );
}

/** What else can be done with a case than decide it: hand over what waits, answer what is published. */
function AsideActs({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const act = row.state === 'held' ? 'handOver' : 'answer';
  return (
    <button type="button" aria-keyshortcuts={keyFor(state, act)} onClick={() => openDialog(desk, act)}>
      {words(`${act}.act`)} <Key act={act} />
    </button>
  );
}

/** To feature what is published for the newsroom, or no longer. */
function FeatureAct({ row }: { row: QueueRow }): VNode | null {
  const { desk, state, words } = useDesk();
  if (row.state !== 'approved' || (!row.mayFeature && row.featured === null)) return null;
  return (
    <button type="button" aria-keyshortcuts={keyFor(state, 'feature')} onClick={() => void turnFeatured(desk)}>
      {words(row.featured === null ? 'feature.act' : 'feature.undo')} <Key act="feature" />
    </button>
  );
}

/** Whether this moderator may decide the comment now. */
function isFree(row: QueueRow, state: DeskState): boolean {
  const isOpen = !isKept(state, row.id) && !row.pending && (row.state === 'held' || row.state === 'approved');
  const isTheirs = isRunning(row.claim, state.now) && row.claim?.mine === false;
  return isOpen && !isTheirs && mayRead(row, accountHere(state)?.role);
}
