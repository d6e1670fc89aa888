import { themes, type Theme } from '../../contract/preferences.ts';
import { recall, remember, type StorageName } from '../words.ts';
import type { KeptDecision, VerdictForm } from './shapes.ts';
import type { Shift } from './shift.ts';

// What must survive a reload or a new sign-in in the same tab stands in sessionStorage, and goes with the tab: the text
// of an explanation is about a reader and does not belong on a shared computer for ever.
const draftName = 'stet.desk.draft';
const keptName = 'stet.desk.kept';
const siteName = 'stet.desk.site';
const offerName = 'stet.desk.passkeyOffer';
const themeName = 'stet.desk.theme';

/** An unfinished verdict: which case was open, and what was written so far, by whom. */
export type Draft = { site: string; id: string; sender: string; form: VerdictForm };

/** Keeps the unfinished verdict, or forgets it with null. */
export function keepDraft(draft: Draft | null): void {
  remember('sessionStorage', draftName, draft && JSON.stringify(draft));
}

/** The unfinished verdict of this person in this tab, if there is one. */
export function recallDraft(sender: string): Draft | undefined {
  const draft = read<Draft>(draftName);
  return draft?.sender === sender ? draft : undefined;
}

/** Keeps the decisions that wait for the network. */
export function keepDecisions(kept: readonly KeptDecision[]): void {
  remember('sessionStorage', keptName, kept.length === 0 ? null : JSON.stringify(kept));
}

/** The decisions of this person that still wait. Those of somebody else who used this tab are left out: nobody's verdict
 *  goes out under another name. */
export function recallDecisions(sender: string): KeptDecision[] {
  const kept = (read<KeptDecision[]>(keptName) ?? []).filter((decision) => decision.sender === sender);
  // The page was left before an answer came: each may have arrived.
  return kept.map((decision) => ({ ...decision, attempts: Math.max(1, decision.attempts) }));
}

function read<T>(name: string, storage: StorageName = 'sessionStorage'): T | undefined {
  const text = recall(storage, name);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** The site that was moderated last in this browser. */
export function recallSite(): string | null {
  return recall('localStorage', siteName);
}

/** Remembers the site for the next time. */
export function rememberSite(site: string): void {
  remember('localStorage', siteName, site);
}

const everywhereName = 'stet.desk.everywhere';

/** Whether the queue of all of one's sites was moderated last in this browser. */
export function recallEverywhere(): boolean {
  return recall('localStorage', everywhereName) !== null;
}

/** Remembers for the next time whether the queue was that of all of one's sites. */
export function rememberEverywhere(everywhere: boolean): void {
  remember('localStorage', everywhereName, everywhere ? 'yes' : null);
}

/** Whether the offer of a passkey was waved away in this browser. */
export function wasOfferDeclined(): boolean {
  return recall('localStorage', offerName) === 'declined';
}

/** Never offers a passkey in this browser again. */
export function declineOffer(): void {
  remember('localStorage', offerName, 'declined');
}

/** Light, dark, or as the system has it: as it was last in this browser, until the account's own choice has come. */
export function recallTheme(): Theme {
  return themes.find((theme) => theme === recall('localStorage', themeName)) ?? 'system';
}

/** Remembers the theme and puts it on the page. */
export function setTheme(theme: Theme): void {
  remember('localStorage', themeName, theme === 'system' ? null : theme);
  document.documentElement.dataset['theme'] = theme;
}

const appealName = 'stet.desk.appeal';

type AppealText = { id: string; sender: string; text: string };

/** Keeps what was written about an appeal; '' forgets it. */
export function keepAppealText(id: string, sender: string, text: string): void {
  remember('sessionStorage', appealName, text === '' ? null : JSON.stringify({ id, sender, text }));
}

/** What this person had written about this appeal, or ''. */
export function recallAppealText(id: string, sender: string): string {
  const kept = read<AppealText>(appealName);
  return kept?.id === id && kept.sender === sender ? kept.text : '';
}

const shiftName = 'stet.desk.shift';

/** Keeps the shift. In this browser alone: how long somebody worked, and how much of it was hard, is nobody else's. */
export function keepShift(shift: Shift): void {
  remember('localStorage', shiftName, JSON.stringify(shift));
}

/** The shift that was worked last in this browser. */
export function recallShift(): Shift | undefined {
  return read<Shift>(shiftName, 'localStorage');
}
