import { chosenOf, isChoosableKey, standardKeys, type KeyAct, type KeyMap } from '../../../contract/keys.ts';
import { actOf } from '../keys.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import { choose } from './preferences.ts';

/** Gives an act another key, '' for none. A key that another act has changes places with it, so that no key ever stands for
 *  two acts and none is lost. Resolves to whether the key could be chosen. */
export async function chooseKey(desk: Desk, act: KeyAct, key: string): Promise<boolean> {
  const words = wordsFor(desk);
  if (key !== '' && !isChoosableKey(key)) {
    tell(desk, words('said.keyReserved'), 'bad');
    return false;
  }
  const { keys } = desk.read();
  const former = keys[act];
  const other = key === '' ? undefined : actOf(key, keys);
  const changed: KeyMap = { ...keys, ...(other === undefined ? {} : { [other]: former }), [act]: key };
  const said = { act: words(`keys.${act}`), key: key || words('mine.noKey') };
  if (other === undefined || other === act) tell(desk, words('said.keySet', said));
  else {
    const swapped = { other: words(`keys.${other}`), former: former || words('mine.noKey') };
    tell(desk, words('said.keysSwapped', { ...said, ...swapped }));
  }
  await choose(desk, { keys: chosenOf(changed) });
  return true;
}

/** Gives every act its standard key. */
export async function resetKeys(desk: Desk): Promise<void> {
  tell(desk, wordsFor(desk)('said.keysReset'));
  await choose(desk, { keys: chosenOf(standardKeys) });
}
