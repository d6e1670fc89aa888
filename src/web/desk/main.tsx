import { render } from 'preact';
import './style/base.css';
import './style/desk.css';
import './style/queue.css';
import './style/case.css';
import './style/verdict.css';
import './style/automation.css';
import { listenToKeys } from './acts/press.ts';
import { openDesk } from './acts/session.ts';
import { watchTheWorld } from './acts/watch.ts';
import { recallSingleKeys, recallTheme, setTheme } from './memory.ts';
import { createDesk, freshState } from './state.ts';
import { DeskPage } from './view/DeskPage.tsx';
import { chooseSpoken, recallLanguage, turnPage } from '../words.ts';
import { deskLanguages } from './words.ts';

const language = chooseSpoken([recallLanguage(), ...navigator.languages], deskLanguages, 'en');
const desk = createDesk({ ...freshState(language), singleKeys: recallSingleKeys() });
const place = document.querySelector('#desk');

turnPage(language);
setTheme(recallTheme());
if (place) render(<DeskPage desk={desk} />, place);
listenToKeys(desk);
watchTheWorld(desk);
void openDesk(desk);
