import type { VNode } from 'preact';
import { acceptPasskey, refusePasskey } from '../acts/session.ts';
import { useDesk } from './useDesk.ts';

/** Offers a passkey to whoever has none yet. It lies above the work, not over it. */
export function PasskeyOffer(): VNode | null {
  const { desk, state, words } = useDesk();
  if (!state.passkeyOffered) return null;
  return (
    <section class="offer" aria-label={words('passkey.title')}>
      <p>{words('passkey.offer')}</p>
      <button type="button" class="primary" onClick={() => void acceptPasskey(desk)}>
        {words('passkey.add')}
      </button>
      <button type="button" class="quiet" onClick={() => refusePasskey(desk)}>
        {words('passkey.notNow')}
      </button>
    </section>
  );
}
