import { chooseSpoken, recallLanguage, rememberLanguage, turnPage } from '../../words.ts';
import { accountHere, tell, wordsFor, type Desk } from '../state.ts';
import { deskLanguages, fetchWords, type DeskLanguage } from '../words.ts';
import { choose } from './preferences.ts';

/** Has the desk speak the language that its person chose, or else the site's, or the browser's. */
export async function chooseLanguage(desk: Desk): Promise<void> {
  const wanted = [
    desk.read().preferences.language,
    recallLanguage(),
    accountHere(desk.read())?.language,
    ...navigator.languages,
  ];
  await setLanguage(desk, chooseSpoken(wanted, deskLanguages, 'en'));
}

/** Resolves to whether the desk speaks it now: a language that cannot be fetched leaves the desk in the one it has. */
async function setLanguage(desk: Desk, language: DeskLanguage): Promise<boolean> {
  try {
    await fetchWords(language);
  } catch {
    return false;
  }
  turnPage(language);
  desk.change({ language });
  return true;
}

/** Turns the desk to another language and remembers it. */
export async function switchLanguage(desk: Desk, language: DeskLanguage): Promise<void> {
  if (!(await setLanguage(desk, language))) {
    tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
    return;
  }
  rememberLanguage(language);
  tell(desk, wordsFor(desk)('said.language'));
  await choose(desk, { language });
}
