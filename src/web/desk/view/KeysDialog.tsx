import type { VNode } from 'preact';
import { deskKeys } from '../../../contract/keys.ts';
import { guidelineKeys } from '../keys.ts';
import { nameKey, rulesOf } from '../state.ts';
import { Dialog } from './Dialog.tsx';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** Every key, and the guideline behind each digit. */
export function KeysDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  if (!state.keysShown) return null;
  const close = (): void => desk.change({ keysShown: false });
  return (
    <Dialog title={words('keys.title')} onClose={close}>
      {!state.preferences.singleKeys && <p>{words('keys.areOff')}</p>}
      <dl class="keys">
        {deskKeys.map(({ act }) => (
          <div key={act}>
            <dt>{state.keys[act] === '' ? '–' : <kbd>{state.keys[act]}</kbd>}</dt>
            <dd>{words(`keys.${act}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{words('keys.escape')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </dt>
          <dd>{words('keys.send')}</dd>
        </div>
      </dl>
      <h3>{words('keys.afterReject', { key: nameKey(state, 'reject') })}</h3>
      <dl class="keys">
        {rulesOf(state)
          .guidelines.slice(0, guidelineKeys.length)
          .map((guideline, index) => (
            <div key={guideline.key}>
              <dt>
                <kbd>{guidelineKeys[index]}</kbd>
              </dt>
              <dd>
                <GuidelineTitle guideline={guideline.key} />
              </dd>
            </div>
          ))}
      </dl>
      <button type="button" class="primary" onClick={close}>
        {words('keys.close')}
      </button>
    </Dialog>
  );
}
