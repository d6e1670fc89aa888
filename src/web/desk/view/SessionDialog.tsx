import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { hasPasskeys } from '../../passkeys.ts';
import { checkSession, signInAgain } from '../acts/session.ts';
import { Dialog } from './Dialog.tsx';
import { useDesk } from './useDesk.ts';

/** Shown when the session has ended: nothing is lost, and signing in again goes on with the same case. */
export function SessionDialog(): VNode | null {
  const { state, words } = useDesk();
  if (!state.sessionEnded) return null;
  return (
    <Dialog title={words('session.title')}>
      <p>{words('session.kept')}</p>
      <p>{words('session.how')}</p>
      <SignInChoices />
    </Dialog>
  );
}

function SignInChoices(): VNode {
  const { desk, state, words } = useDesk();
  const [failed, setFailed] = useState(false);
  const check = async (): Promise<void> => setFailed(!(await checkSession(desk)));
  return (
    <>
      <p class="dialog-acts">
        {hasPasskeys() && state.session.passkeys > 0 && (
          <button
            type="button"
            class="primary"
            onClick={() => void signInAgain(desk).then(() => setFailed(desk.read().sessionEnded))}
          >
            {words('session.byPasskey')}
          </button>
        )}
        <button type="button" onClick={() => void check()}>
          {words('session.check')}
        </button>
      </p>
      {state.provider !== '' && (
        <p>
          <a href="/desk/oidc" target="_blank" rel="noopener">
            {words('prove.provider', { name: state.provider })}
          </a>
        </p>
      )}
      <p role="status">{failed && words('session.notYet')}</p>
    </>
  );
}
