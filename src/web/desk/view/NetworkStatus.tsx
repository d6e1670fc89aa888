import type { VNode } from 'preact';
import { sendKept } from '../acts/outbox.ts';
import { useDesk } from './useDesk.ts';

/** Says when the line is dead and how many decisions wait here; silent otherwise. */
export function NetworkStatus(): VNode {
  const { desk, state, words } = useDesk();
  const waiting = state.kept.filter(({ attempts }) => attempts > 0).length;
  return (
    <div class="network" role="status">
      {state.offline && <span>{words('network.offline')}</span>}
      {waiting > 0 && (
        <>
          <span>{words('network.waiting', { n: waiting })}</span>
          <button type="button" class="quiet" onClick={() => void sendKept(desk)}>
            {words('network.sendNow')}
          </button>
        </>
      )}
    </div>
  );
}
