import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { deskKeys, type KeyAct } from '../../../contract/keys.ts';
import { chooseKey, resetKeys } from '../acts/chooseKey.ts';
import { choose } from '../acts/preferences.ts';
import { readKey } from '../keys.ts';
import { tell } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** Every key with a button that gives it another. */
export function KeyChoice(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <fieldset>
      <legend>{words('keys.title')}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={state.preferences.singleKeys}
          onChange={(event) => void choose(desk, { singleKeys: event.currentTarget.checked })}
        />
        {words('menu.singleKeys')}
      </label>
      <ul class="key-choice">
        {deskKeys.map(({ act }) => (
          <li key={act}>
            <span>{words(`keys.${act}`)}</span>
            <KeyButton act={act} />
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => void resetKeys(desk)}>
        {words('mine.resetKeys')}
      </button>
    </fieldset>
  );
}

/** Shows an act's key; pressed, it takes the next key that is pressed. Tab and Escape leave everything as it is. */
function KeyButton({ act }: { act: KeyAct }): VNode {
  const { desk, state, words } = useDesk();
  const [listens, setListens] = useState(false);
  const key = state.keys[act];
  const take = async (event: KeyboardEvent): Promise<void> => {
    if (!listens || event.key === 'Tab' || event.key === 'Shift') return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = event.key === 'Backspace' ? '' : readKey(event);
    if (event.key === 'Escape') setListens(false);
    else if (pressed !== undefined && (await chooseKey(desk, act, pressed))) setListens(false);
  };
  return (
    <button
      type="button"
      aria-pressed={listens}
      onClick={() => {
        setListens(true);
        tell(desk, words('mine.pressKey'));
      }}
      onKeyDown={(event) => void take(event)}
      onBlur={() => setListens(false)}
    >
      <span class="unseen">{words('mine.changeKey', { act: words(`keys.${act}`) })} </span>
      {listens ? '…' : key === '' ? words('mine.noKey') : <kbd>{key}</kbd>}
    </button>
  );
}
