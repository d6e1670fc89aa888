import '../desk/style/base.css';
import '../desk/style/signin.css';
import { callApi } from '../api.ts';
import { hasPasskeys, signInWithPasskey } from '../passkeys.ts';
import { chooseSpoken, recallLanguage, turnPage, wordsOf } from '../words.ts';

// Each in a file of its own: one is needed, and six weigh more than the page.
const catalogues = {
  en: async () => (await import('./messages/en.ts')).en,
  ar: async () => (await import('./messages/ar.ts')).ar,
  ckb: async () => (await import('./messages/ckb.ts')).ckb,
  kmr: async () => (await import('./messages/kmr.ts')).kmr,
  tr: async () => (await import('./messages/tr.ts')).tr,
  fa: async () => (await import('./messages/fa.ts')).fa,
};
const spoken = ['en', 'ar', 'ckb', 'kmr', 'tr', 'fa'] as const;
const retrySeconds = 3;
const language = chooseSpoken([recallLanguage(), ...navigator.languages], spoken, 'en');
const catalogue = await fetchCatalogue();
const words = wordsOf(catalogue);

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

// A line that is down for a moment is no reason for an empty page.
async function fetchCatalogue(): Promise<Awaited<ReturnType<(typeof catalogues)['en']>>> {
  try {
    return await catalogues[language]();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, retrySeconds * 1000));
    return fetchCatalogue();
  }
}

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
  const mount = document.querySelector<HTMLElement>('#sign-in');
  const provider = mount?.dataset['provider'] ?? '';
  main.append(heading, status, passkey, ...(provider === '' ? [] : [linkTo(provider)]));
  mount?.replaceChildren(main);
  return { status, passkey };
}

/** A plain link: the server leads on to the provider, and a page of ours never speaks to it. */
function linkTo(provider: string): HTMLElement {
  const line = document.createElement('p');
  const link = document.createElement('a');
  link.href = '/desk/oidc';
  link.textContent = words('provider', { name: provider });
  line.append(link);
  return line;
}

/** Why the identity provider's sign-in failed, as the server named it in the address; '' where it did not. */
function takeProblem(): string {
  const problem = new URLSearchParams(location.search).get('problem') ?? '';
  if (problem !== '') history.replaceState(null, '', location.pathname);
  const known = Object.keys(catalogue).find((key) => key === `problem.${problem}`);
  return known === undefined ? '' : words(known as keyof typeof catalogue);
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
  status.textContent = takeProblem() || words(hasPasskeys() ? 'start' : 'startWithout');
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
