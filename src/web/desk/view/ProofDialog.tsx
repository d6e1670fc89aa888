import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { hasPasskeys, signInWithPasskey } from '../../passkeys.ts';
import { answerProof } from '../acts/prove.ts';
import { checkSession } from '../acts/session.ts';
import { Dialog } from './Dialog.tsx';
import { useDesk } from './useDesk.ts';

/** Asks for a fresh sign-in before an act that cannot be taken back; the act then goes on by itself. */
export function ProofDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  if (state.proving === 'no' || state.sessionEnded) return null;
  return (
    <Dialog title={words('prove.title')} onClose={() => answerProof(desk, false)}>
      <p>{words('prove.why')}</p>
      <p>{words('prove.how')}</p>
      <ProofChoices />
    </Dialog>
  );
}

function ProofChoices(): VNode {
  const { desk, state, words } = useDesk();
  const [problem, setProblem] = useState(state.proving === 'notYet' ? words('prove.notYet') : '');
  // Whoever signed in must be the same person: what was begun is not done under another name.
  const goOn = async (): Promise<void> => {
    if (await checkSession(desk)) answerProof(desk, true);
    else setProblem(words('session.notYet'));
  };
  const byPasskey = async (): Promise<void> => {
    if ((await signInWithPasskey()) === 'done') await goOn();
    else setProblem(words('session.passkeyFailed'));
  };
  return (
    <>
      <p class="dialog-acts">
        {hasPasskeys() && state.session.passkeys > 0 && (
          <button type="button" class="primary" onClick={() => void byPasskey()}>
            {words('session.byPasskey')}
          </button>
        )}
        <button type="button" onClick={() => void goOn()}>
          {words('session.check')}
        </button>
        <button type="button" class="quiet" onClick={() => answerProof(desk, false)}>
          {words('prove.cancel')}
        </button>
      </p>
      {state.provider !== '' && (
        <p>
          <a href="/desk/oidc?fresh=1" target="_blank" rel="noopener">
            {words('prove.provider', { name: state.provider })}
          </a>
        </p>
      )}
      <p role="status">{problem}</p>
    </>
  );
}
