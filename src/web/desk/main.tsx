import { render } from 'preact';
import './style/base.css';
import './style/desk.css';
import './style/queue.css';
import './style/case.css';
import './style/around.css';
import './style/verdict.css';
import './style/deciding.css';
import './style/automation.css';
import './style/together.css';
import './style/mine.css';
import './style/settings.css';
import './style/people.css';
import './style/sanctions.css';
import './style/reports.css';
import { listenToKeys } from './acts/press.ts';
import { openDesk } from './acts/session.ts';
import { watchTheWorld } from './acts/watch.ts';
import { recallTheme, setTheme } from './memory.ts';
import { createDesk, freshState } from './state.ts';
import { DeskPage } from './view/DeskPage.tsx';
import { chooseSpoken, recallLanguage, turnPage } from '../words.ts';
import { deskLanguages, fetchWords } from './words.ts';

const retrySeconds = 3;
const language = chooseSpoken([recallLanguage(), ...navigator.languages], deskLanguages, 'en');
const place = document.querySelector<HTMLElement>('#desk');
const desk = createDesk({ ...freshState(language), provider: place?.dataset['provider'] ?? '' });

turnPage(language);
setTheme(recallTheme());
void start();

async function start(): Promise<void> {
  // A line that is down for a moment is no reason for an empty page.
  while (!(await isFetched())) await new Promise((resolve) => setTimeout(resolve, retrySeconds * 1000));
  if (place) render(<DeskPage desk={desk} />, place);
  listenToKeys(desk);
  watchTheWorld(desk);
  await openDesk(desk);
}

async function isFetched(): Promise<boolean> {
  try {
    await fetchWords(language);
    return true;
  } catch {
    return false;
  }
}
