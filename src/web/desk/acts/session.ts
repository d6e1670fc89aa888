import { hasPasskeys, addPasskey, signInWithPasskey } from '../../passkeys.ts';
import { chooseSpoken, recallLanguage, rememberLanguage, turnPage } from '../../words.ts';
import { callApi } from '../../api.ts';
import { declineOffer, recallSite, rememberSite, wasOfferDeclined } from '../memory.ts';
import type { DeskGuideline, Session } from '../shapes.ts';
import { accountHere, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { deskLanguages, type DeskLanguage } from '../words.ts';
import { loadAppeals } from './appeals.ts';
import { ask, isSignedOut } from './ask.ts';
import { leaveCase, resumeDraft } from './cases.ts';
import { resumeKept, sendKept } from './outbox.ts';
import { loadQueue } from './queue.ts';

/** Opens the desk: who is signed in, which site, its guidelines and its queue. Whoever is signed out goes to the sign-in
 *  page. */
export async function openDesk(desk: Desk): Promise<void> {
  desk.change({ phase: 'starting' });
  const answer = await callApi<Session>('getSession');
  if (isSignedOut(answer)) {
    location.replace('/desk/sign-in');
    return;
  }
  if (answer.outcome !== 'answered') {
    desk.change({ phase: 'unreachable' });
    return;
  }
  const session = answer.body;
  const site = (session.accounts.find(({ site: key }) => key === recallSite()) ?? session.accounts[0])?.site;
  if (site === undefined) {
    desk.change({ phase: 'siteless', session });
    return;
  }
  const passkeyOffered = session.passkeys === 0 && hasPasskeys() && !wasOfferDeclined();
  desk.change({ session, site, phase: 'open', passkeyOffered });
  chooseLanguage(desk);
  await readSite(desk);
  resumeKept(desk);
  await resumeDraft(desk);
}

function chooseLanguage(desk: Desk): void {
  const wanted = [recallLanguage(), accountHere(desk.read())?.language, ...navigator.languages];
  setLanguage(desk, chooseSpoken(wanted, deskLanguages, 'en'));
}

function setLanguage(desk: Desk, language: DeskLanguage): void {
  turnPage(language);
  desk.change({ language });
}

/** Turns the desk to another language and remembers it. */
export function switchLanguage(desk: Desk, language: DeskLanguage): void {
  rememberLanguage(language);
  setLanguage(desk, language);
  tell(desk, wordsFor(desk)('said.language'));
}

/** Turns to another site of the same moderator. */
export async function switchSite(desk: Desk, site: string): Promise<void> {
  leaveCase(desk);
  rememberSite(site);
  desk.change({
    site,
    shown: null,
    ready: null,
    nothingLeft: false,
    queue: { rows: [], total: 0, next: null, phase: 'loading' },
    appeals: { rows: [], total: 0, shown: null, phase: 'loading' },
    automation: { rows: [], chosen: {}, busy: false, phase: 'loading' },
    place: 'queue',
  });
  chooseLanguage(desk);
  await readSite(desk);
  tell(desk, wordsFor(desk)('said.site', { site: accountHere(desk.read())?.siteName ?? site }));
}

async function readSite(desk: Desk): Promise<void> {
  const { site } = desk.read();
  await Promise.all([readGuidelines(desk, site), loadQueue(desk), loadAppeals(desk)]);
}

type GuidelinesBody = { sites: readonly { site: string; guidelines: readonly DeskGuideline[] }[] };

async function readGuidelines(desk: Desk, site: string): Promise<void> {
  const answer = await ask<GuidelinesBody>(desk, 'getDeskGuidelines', { query: { site } });
  if (answer.outcome !== 'answered' || desk.read().site !== site) return;
  const { guidelines = [] } = answer.body.sites.find((known) => known.site === site) ?? {};
  desk.change({ guidelines: guidelines.toSorted((a, b) => a.position - b.position) });
}

/** Looks whether somebody is signed in again after the session had ended. The same person goes on where they were; for
 *  anybody else the desk is opened anew. Resolves to whether it stands again. */
export async function checkSession(desk: Desk): Promise<boolean> {
  const answer = await callApi<Session>('getSession');
  if (answer.outcome !== 'answered') return false;
  if (answer.body.email !== desk.read().session.email) {
    location.reload();
    return false;
  }
  desk.change({ session: answer.body, sessionEnded: false });
  tell(desk, wordsFor(desk)('said.signedInAgain'), 'good');
  wishFocus(desk, desk.read().form ? 'explanation' : 'case');
  if (desk.read().kept.length > 0) await sendKept(desk);
  if (desk.read().guidelines.length === 0) await readSite(desk);
  return true;
}

/** Signs in again by passkey, without leaving the page. */
export async function signInAgain(desk: Desk): Promise<void> {
  const outcome = await signInWithPasskey();
  if (outcome === 'done' && (await checkSession(desk))) return;
  tell(desk, wordsFor(desk)(outcome === 'unreachable' ? 'said.unreachable' : 'session.passkeyFailed'), 'bad');
}

/** Adds a passkey on this device. */
export async function acceptPasskey(desk: Desk): Promise<void> {
  const outcome = await addPasskey();
  const words = wordsFor(desk);
  const sentences = {
    done: 'passkey.added',
    known: 'passkey.known',
    stopped: 'passkey.stopped',
    refused: 'passkey.refused',
    unreachable: 'said.unreachable',
  } as const;
  tell(desk, words(sentences[outcome]), outcome === 'done' ? 'good' : 'bad');
  if (outcome !== 'done' && outcome !== 'known') return;
  const { session } = desk.read();
  desk.change({ passkeyOffered: false, session: { ...session, passkeys: Math.max(1, session.passkeys) } });
  wishFocus(desk, 'row');
}

/** Puts the offer of a passkey away; the menu still has it. */
export function refusePasskey(desk: Desk): void {
  declineOffer();
  desk.change({ passkeyOffered: false });
  tell(desk, wordsFor(desk)('passkey.later'));
  wishFocus(desk, 'row');
}

/** Ends the session and goes to the sign-in page. Refuses while decisions wait, since signing out would lose them. */
export async function signOut(desk: Desk): Promise<void> {
  if (desk.read().kept.length > 0) {
    tell(desk, wordsFor(desk)('said.keptBeforeSignOut'), 'bad');
    return;
  }
  leaveCase(desk);
  const answer = await callApi('deleteSession');
  if (answer.outcome === 'unreachable') {
    tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
    return;
  }
  location.replace('/desk/sign-in');
}
