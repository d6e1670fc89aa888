import { claimMinutes } from '../../../contract/desk.ts';
import { keepDraft, recallDraft } from '../memory.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere, askedSite, everySite, nameKey, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { fetchContext } from './context.ts';
import { tellRefusal } from './refusal.ts';
import { mayRead, patchRow, replaceRow } from './rows.ts';

/** Lays a comment on the table to look at, without claiming it. A claim on the one before is given back; what was
 *  written there is kept, and comes up again with its case. */
export function showCase(desk: Desk, row: QueueRow): void {
  const { shown, session } = desk.read();
  if (shown?.id === row.id) return;
  leaveCase(desk);
  const draft = recallDraft(session.email);
  desk.change({ shown: row, nothingLeft: false, form: draft?.id === row.id ? draft.form : null, unveiled: null });
  fetchContext(desk);
}

/** Gives a claim back when its case is left undecided, so that nobody waits ten minutes for it. */
export function leaveCase(desk: Desk): void {
  const { shown } = desk.read();
  if (shown?.state === 'held' && shown.claim?.mine) giveBack(desk, shown);
  desk.change({ form: null });
}

function giveBack(desk: Desk, row: QueueRow): void {
  claimedHere.delete(row.id);
  void ask(desk, 'deleteClaim', { params: { id: row.id }, keepalive: true });
  replaceRow(desk, { ...row, claim: null });
}

// What this tab has claimed: a second tab of the same moderator keeps what is its own.
const claimedHere = new Set<string>();

/** Gives back what is claimed when the page is left. A reload claims it anew with the draft that is kept. */
export function giveBackOnLeaving(desk: Desk): void {
  for (const id of claimedHere) void ask(desk, 'deleteClaim', { params: { id }, keepalive: true });
}

/** Opens a comment of the list: claims it and lays it on the table. Somebody else's claim leaves it to look at. */
export async function openCase(desk: Desk, row: QueueRow): Promise<void> {
  showCase(desk, row);
  desk.change({ face: 'case' });
  wishFocus(desk, 'case');
  if (row.state === 'held' && mayRead(row, accountHere(desk.read(), row.site)?.role)) await claimCase(desk, row);
}

async function claimCase(desk: Desk, row: QueueRow, more: { takeOver?: true } = {}): Promise<void> {
  const { site } = row;
  const answer = await ask<QueueRow>(desk, 'postClaim', { body: { site, comment: row.id, ...more } });
  if (answer.outcome === 'refused') tellRefusal(desk, row, answer);
  if (answer.outcome === 'unreachable') tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
  if (answer.outcome !== 'answered' || answer.status === 204) return;
  takeClaimed(desk, answer.body);
}

/** A claim that came for a case which the moderator has left meanwhile is given back at once. */
function takeClaimed(desk: Desk, claimed: QueueRow): void {
  if (desk.read().shown?.id !== claimed.id) {
    giveBack(desk, claimed);
    return;
  }
  claimedHere.add(claimed.id);
  replaceRow(desk, claimed);
  desk.change({ shown: claimed });
}

/** Claims whatever the queue gives next and shows it; says so when nothing is left. */
export async function claimNext(desk: Desk): Promise<void> {
  if (desk.read().busy) return;
  // The case passed over stays claimed for its ten minutes: given back, it would be the next again.
  desk.change({ busy: true });
  const next = desk.read().ready ?? (await fetchNext(desk));
  desk.change({ busy: false, ready: null });
  showNext(desk, next);
}

/** The next comment of the queue, claimed; 'none' when nothing is left, undefined when the server did not say. */
export async function fetchNext(desk: Desk): Promise<QueueRow | 'none' | undefined> {
  const { filter } = desk.read();
  const site = askedSite(desk.read());
  // Whoever narrowed the list works through that list.
  const queue = filter.state === 'held' ? filter.asked : {};
  const answer = await ask<QueueRow>(desk, 'postClaim', { body: { site, queue } });
  if (answer.outcome !== 'answered') return undefined;
  if (answer.status === 204) return 'none';
  claimedHere.add(answer.body.id);
  return answer.body;
}

/** Lays the next case on the table and brings the focus to it. `said` is told with it, in one breath. */
export function showNext(desk: Desk, next: QueueRow | 'none' | undefined, said = ''): void {
  const words = wordsFor(desk);
  if (next === undefined) {
    tell(desk, [said, words('said.noNext', { key: nameKey(desk.read(), 'claimNext') })].join(' ').trim(), 'bad');
    return;
  }
  if (next === 'none') {
    desk.change({ shown: null, form: null, nothingLeft: true, face: 'case' });
    tell(desk, [said, words('case.nothingLeft')].join(' ').trim(), said ? 'good' : 'plain');
  } else {
    replaceRow(desk, next);
    desk.change({ shown: next, form: null, nothingLeft: false, face: 'case', unveiled: null });
    tell(
      desk,
      [said, words('said.next', { name: next.name ?? words('case.nameless') })].join(' ').trim(),
      said ? 'good' : 'plain',
    );
  }
  wishFocus(desk, 'case');
}

/** Lays a comment that came back on the table; the claimed case that lay there waits as the next. */
export function putAside(desk: Desk, row: QueueRow): void {
  const { shown, ready } = desk.read();
  const isWaiting = shown?.state === 'held' && shown.claim?.mine === true && shown.id !== row.id;
  if (isWaiting && ready) giveBack(desk, shown);
  claimedHere.add(row.id);
  desk.change({
    shown: row,
    ready: isWaiting && !ready ? shown : ready,
    form: null,
    nothingLeft: false,
    face: 'case',
    unveiled: null,
  });
  fetchContext(desk);
}

/** Brings the moderator back to the list; the case stays beside it and stays theirs. */
export function backToQueue(desk: Desk): void {
  desk.change({ face: 'list' });
  wishFocus(desk, 'row');
}

/** Takes up a verdict that was begun before a reload or a new sign-in: the case, the form, the words. */
export async function resumeDraft(desk: Desk): Promise<void> {
  const draft = recallDraft(desk.read().session.email);
  if (!draft || ![draft.site, everySite].includes(askedSite(desk.read()))) return;
  const answer = await ask<QueueRow>(desk, 'getComment', { params: { id: draft.id } });
  if (answer.outcome !== 'answered') {
    if (answer.outcome === 'refused' && answer.status === 404) keepDraft(null);
    return;
  }
  const row = answer.body;
  desk.change({ shown: row, form: draft.form, face: 'case' });
  tell(desk, wordsFor(desk)('said.draftKept'), 'good');
  wishFocus(desk, 'explanation');
  if (row.state === 'held') await claimCase(desk, row);
}

/** Takes the claim of a colleague over, which the server grants to editors. */
export async function takeOver(desk: Desk, row: QueueRow): Promise<void> {
  await claimCase(desk, row, { takeOver: true });
  wishFocus(desk, 'case');
}

/** How long before its end a claim of one's own is taken anew while its case is worked on: an explanation may take longer
 *  than the claim lasts. */
const renewMilliseconds = (claimMinutes * 60_000) / 5;

let workedAt = 0;

/** Notes that somebody works: a key, a word, a click. A case that only lies open does not stay claimed. */
export function noteWork(): void {
  workedAt = Date.now();
}

/** Takes the claim on the open case anew when it is about to lapse and was worked on since it began; says so when it has
 *  lapsed. */
export async function renewClaim(desk: Desk): Promise<void> {
  const { shown, now, busy } = desk.read();
  if (busy || shown?.state !== 'held' || !shown.claim?.mine) return;
  const ends = Date.parse(shown.claim.expiresAt);
  const wasWorkedOn = workedAt > ends - claimMinutes * 60_000;
  if (wasWorkedOn && ends - now < renewMilliseconds) await claimCase(desk, shown);
  else if (ends <= now) {
    forgetClaim(shown.id);
    patchRow(desk, shown.id, { claim: null });
    tell(desk, wordsFor(desk)('claim.lapsed'), 'bad');
  }
}

/** Forgets the claim on a comment that was decided: there is nothing left to give back. */
export function forgetClaim(id: string): void {
  claimedHere.delete(id);
}
