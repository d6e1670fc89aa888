import type { VNode } from 'preact';
import { isEditor } from '../../../contract/desk.ts';
import { takeOver } from '../acts/cases.ts';
import { isRunning } from '../acts/rows.ts';
import { tellClock } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere, isKept, type DeskState } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** Who holds the case and until when, or that a verdict on it waits for the network. */
export function ClaimLine({ row }: { row: QueueRow }): VNode | null {
  const { desk, state, words } = useDesk();
  if (isKept(state, row.id) && !state.busy) {
    return <p class="claim claim-waits">{words(state.sessionEnded ? 'said.waitsForSignIn' : 'said.waits')}</p>;
  }
  const { claim, pending } = row;
  if (pending) {
    return <p class="claim">{words(pending.mine ? 'pending.mine' : 'pending.theirs', { by: pending.by })}</p>;
  }
  if (row.state !== 'held' || !claim || !isRunning(claim, state.now)) return null;
  const time = tellClock(claim.expiresAt);
  if (claim.mine) return <p class="claim claim-mine">{words('claim.mine', { time })}</p>;
  return (
    <p class="claim claim-theirs">
      {words('claim.theirs', { by: claim.by, time })}{' '}
      {mayTakeOver(state) && (
        <button type="button" onClick={() => void takeOver(desk, row)}>
          {words('claim.takeOver')}
        </button>
      )}
    </p>
  );
}

function mayTakeOver(state: DeskState): boolean {
  return isEditor(accountHere(state)?.role);
}
