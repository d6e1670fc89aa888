import type { Preferences } from '../../../contract/preferences.ts';
import { hasPasskeys, addPasskey, signInWithPasskey } from '../../passkeys.ts';
import { callApi } from '../../api.ts';
import { declineOffer, recallEverywhere, recallSite, wasOfferDeclined } from '../memory.ts';
import type { Session } from '../shapes.ts';
import { rulesOf, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { takePreferences } from './preferences.ts';
import { openShift } from './shift.ts';
import { isSignedOut } from './ask.ts';
import { leaveCase, resumeDraft } from './cases.ts';
import { resumeKept, sendKept } from './outbox.ts';
import { readAddress } from './filter.ts';
import { chooseLanguage } from './language.ts';
import { readSite } from './site.ts';

/** Opens the desk: who is signed in, which site, its guidelines and its queue. Whoever is signed out goes to the sign-in
 *  page. */
export async function openDesk(desk: Desk): Promise<void> {
  desk.change({ phase: 'starting' });
  const [answer, preferences] = await Promise.all([
    callApi<Session>('getSession'),
    callApi<Preferences>('getPreferences'),
  ]);
  if (isSignedOut(answer)) {
    location.replace('/desk/sign-in');
    return;
  }
  // Without the preferences a veil would be missing where somebody relies on it.
  if (answer.outcome !== 'answered' || preferences.outcome !== 'answered') {
    desk.change({ phase: 'unreachable' });
    return;
  }
  const session = answer.body;
  takePreferences(desk, preferences.body);
  const site = (session.accounts.find(({ site: key }) => key === recallSite()) ?? session.accounts[0])?.site;
  if (site === undefined) {
    desk.change({ phase: 'siteless', session });
    return;
  }
  const passkeyOffered = session.passkeys === 0 && hasPasskeys() && !wasOfferDeclined();
  const everywhere = recallEverywhere() && session.accounts.length > 1;
  const filter = { everywhere, ...readAddress(location.hash) };
  desk.change({ session, site, passkeyOffered, filter });
  await chooseLanguage(desk);
  openShift(desk);
  desk.change({ phase: 'open' });
  await readSite(desk);
  resumeKept(desk);
  await resumeDraft(desk);
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
  const { sessionEnded: hadEnded } = desk.read();
  desk.change({ session: answer.body, sessionEnded: false });
  // Of two looks at once, a click and the tab coming into view, the second has nothing to say, least of all over the first.
  if (!hadEnded) return true;
  tell(desk, wordsFor(desk)('said.signedInAgain'), 'good');
  wishFocus(desk, desk.read().form ? 'explanation' : 'case');
  if (desk.read().kept.length > 0) await sendKept(desk);
  if (rulesOf(desk.read()).guidelines.length === 0) await readSite(desk);
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
