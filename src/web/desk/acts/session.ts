import { readBreachLines } from '../../../contract/breachLines.ts';
import type { Preferences } from '../../../contract/preferences.ts';
import { hasPasskeys, addPasskey, signInWithPasskey } from '../../passkeys.ts';
import { chooseSpoken, recallLanguage, rememberLanguage, turnPage } from '../../words.ts';
import { callApi } from '../../api.ts';
import { declineOffer, recallSite, rememberSite, wasOfferDeclined } from '../memory.ts';
import type { DeskGuideline, Session } from '../shapes.ts';
import { accountHere, noQueue, silence, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { freshRulebook } from '../rulebookState.ts';
import { freshPeople } from '../peopleState.ts';
import { freshDeciding } from '../decidingState.ts';
import { freshHappened } from '../happenedState.ts';
import { freshSettings } from '../settingsState.ts';
import { deskLanguages, fetchWords, type DeskLanguage } from '../words.ts';
import { choose, takePreferences } from './preferences.ts';
import { openShift } from './shift.ts';
import { loadRecheck } from './recheck.ts';
import { loadAppeals } from './appeals.ts';
import { loadAside } from './aside.ts';
import { ask, isSignedOut } from './ask.ts';
import { leaveCase, resumeDraft } from './cases.ts';
import { resumeKept, sendKept } from './outbox.ts';
import { readAddress } from './filter.ts';
import { loadQueue } from './queue.ts';
import { loadViews } from './views.ts';
import { countSanctionAppeals } from './sanctions.ts';

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
  desk.change({ session, site, passkeyOffered, filter: readAddress(location.hash) });
  await chooseLanguage(desk);
  openShift(desk);
  desk.change({ phase: 'open' });
  await readSite(desk);
  resumeKept(desk);
  await resumeDraft(desk);
}

async function chooseLanguage(desk: Desk): Promise<void> {
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

/** Turns to another site of the same moderator. */
export async function switchSite(desk: Desk, site: string): Promise<void> {
  leaveCase(desk);
  rememberSite(site);
  desk.change({
    site,
    shown: null,
    ready: null,
    nothingLeft: false,
    filter: { ...desk.read().filter, asked: {} },
    lists: { ...desk.read().lists, views: [], counts: null },
    queue: noQueue,
    live: silence,
    agreement: { view: null, phase: 'loading' },
    recheck: { comment: null, waiting: 0, phase: 'loading' },
    appeals: { rows: [], total: 0, shown: null, phase: 'loading' },
    sanctionAppeals: 0,
    automation: { rows: [], chosen: {}, busy: false, phase: 'loading' },
    happened: { ...freshHappened, days: desk.read().happened.days },
    settings: freshSettings,
    rulebook: freshRulebook,
    people: freshPeople,
    deciding: freshDeciding,
    place: 'queue',
  });
  await chooseLanguage(desk);
  await readSite(desk);
  tell(desk, wordsFor(desk)('said.site', { site: accountHere(desk.read())?.siteName ?? site }));
}

async function readSite(desk: Desk): Promise<void> {
  const { site } = desk.read();
  await Promise.all([
    readGuidelines(desk, site),
    loadQueue(desk),
    loadViews(desk),
    loadAppeals(desk),
    loadAside(desk),
    loadRecheck(desk),
    countSanctionAppeals(desk),
  ]);
}

type GuidelinesBody = {
  sites: readonly { site: string; translate: string; lines: string; guidelines: readonly DeskGuideline[] }[];
};

/** Reads the guidelines in force, from which moderators choose. */
export async function readGuidelines(desk: Desk, site: string): Promise<void> {
  const answer = await ask<GuidelinesBody>(desk, 'getDeskGuidelines', { query: { site } });
  if (answer.outcome !== 'answered' || desk.read().site !== site) return;
  const { guidelines = [], translate = '', lines = '' } = answer.body.sites.find((known) => known.site === site) ?? {};
  desk.change({
    translate,
    lines: readBreachLines(lines),
    guidelines: guidelines.toSorted((a, b) => a.position - b.position),
  });
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
