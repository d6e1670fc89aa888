import { keysInForce } from '../../../contract/keys.ts';
import type { Preferences } from '../../../contract/preferences.ts';
import { setTheme } from '../memory.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';

/** Lets preferences hold on this page. */
export function takePreferences(desk: Desk, preferences: Preferences): void {
  desk.change({ preferences, keys: keysInForce(preferences.keys) });
  setTheme(preferences.theme);
  const { dataset } = document.documentElement;
  dataset['text'] = preferences.textSize;
  dataset['greyscale'] = preferences.greyscale ? 'on' : 'off';
}

let saving: Promise<void> = Promise.resolve();

/** Changes some preferences, here at once and then on the server, one after the other so that the last one stays. Says so
 *  where they could not be kept. */
export async function choose(desk: Desk, patch: Partial<Preferences>): Promise<void> {
  takePreferences(desk, { ...desk.read().preferences, ...patch });
  saving = saving.then(() => save(desk));
  await saving;
}

async function save(desk: Desk): Promise<void> {
  const answer = await ask<Preferences>(desk, 'putPreferences', { body: desk.read().preferences });
  if (answer.outcome !== 'answered') tell(desk, wordsFor(desk)('said.notKept'), 'bad');
}
