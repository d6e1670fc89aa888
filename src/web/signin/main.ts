import '../desk/style/base.css';
import '../desk/style/signin.css';
import { callApi } from '../api.ts';
import { hasPasskeys, signInWithPasskey } from '../passkeys.ts';
import { chooseSpoken, recallLanguage, turnPage, wordsOf } from '../words.ts';
import ar from './messages/ar.json' with { type: 'json' };
import ckb from './messages/ckb.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };

const catalogues = { en, ar, ckb };
const spoken = ['en', 'ar', 'ckb'] as const;
const language = chooseSpoken([recallLanguage(), ...navigator.languages], spoken, 'en');
const words = wordsOf(catalogues[language]);

turnPage(language);
document.title = words('title');
const page = layOut();
const secret = takeSecret();
if (secret === '') greet(page);
else void signIn(page, secret);
// The same tab can be given another address: only the fragment changes then, and nothing would load.
addEventListener('hashchange', () => {
  const next = takeSecret();
  if (next !== '') void signIn(page, next);
});

type Page = { status: HTMLElement; passkey: HTMLButtonElement };

function layOut(): Page {
  const main = document.createElement('main');
  main.className = 'signin';
  const heading = document.createElement('h1');
  const mark = document.createElement('span');
  mark.className = 'wordmark';
  mark.lang = 'en';
  mark.textContent = 'Stet';
  heading.append(mark, ' ', words('title'));
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const passkey = document.createElement('button');
  passkey.type = 'button';
  passkey.className = 'primary';
  passkey.textContent = words('passkey');
  passkey.hidden = true;
  passkey.addEventListener('click', () => void usePasskey({ status, passkey }));
  main.append(heading, status, passkey);
  document.querySelector('#sign-in')?.replaceChildren(main);
  return { status, passkey };
}

/** The secret in the fragment, which leaves the address before anything else happens: neither the history nor a
 *  screenshot keeps it. */
function takeSecret(): string {
  const fragment = location.hash.slice(1);
  if (fragment === '') return '';
  history.replaceState(null, '', location.pathname);
  return fragment;
}

function greet({ status, passkey }: Page): void {
  status.textContent = words(hasPasskeys() ? 'start' : 'startWithout');
  passkey.hidden = !hasPasskeys();
}

async function signIn(shown: Page, given: string): Promise<void> {
  shown.status.textContent = words('signingIn');
  const answer = await callApi('postSession', { body: { secret: given } });
  if (answer.outcome === 'answered') {
    location.replace('/desk');
    return;
  }
  if (answer.outcome === 'unreachable')
    offerAgain(shown, { given, isTooOften: answer.retryAfterSeconds !== undefined });
  else shown.status.textContent = words(answer.reason === 'sign_in_used' ? 'used' : 'unknown');
  shown.passkey.hidden = !hasPasskeys();
}

/** A sign-in that did not reach the server is not used up: one press tries again. */
function offerAgain(shown: Page, { given, isTooOften }: { given: string; isTooOften: boolean }): void {
  const again = document.createElement('button');
  again.type = 'button';
  again.textContent = words('again');
  again.addEventListener('click', () => void signIn(shown, given));
  shown.status.replaceChildren(`${words(isTooOften ? 'tooMany' : 'unreachable')} `, again);
}

async function usePasskey({ status, passkey }: Page): Promise<void> {
  passkey.disabled = true;
  status.textContent = words('signingIn');
  const outcome = await signInWithPasskey();
  if (outcome === 'done') {
    location.replace('/desk');
    return;
  }
  passkey.disabled = false;
  const sentences = {
    stopped: 'passkeyStopped',
    refused: 'passkeyRefused',
    known: 'passkeyRefused',
    unreachable: 'unreachable',
  } as const;
  status.textContent = words(sentences[outcome]);
}
