import { keepDraft, recallDraft } from '../memory.ts';
import type { DeskGuideline, KeptDecision, QueueRow, VerdictForm } from '../shapes.ts';
import { accountHere, isKept, rulesOf, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { fetchNext, showNext } from './cases.ts';
import { keep, settle } from './outbox.ts';
import { approveAfterAll, mayReverse } from './reverse.ts';
import { isRunning, mayRead } from './rows.ts';
import { countInShift } from './shift.ts';

/** Approves the case on the table; one that was rejected, after all, where this moderator may. */
export async function approve(desk: Desk): Promise<void> {
  const { shown } = desk.read();
  if (shown && mayReverse(shown, desk.read())) {
    await approveAfterAll(desk, shown);
    return;
  }
  const row = decidable(desk, 'held');
  if (row) await decide(desk, row, { verdict: 'approve' });
}

/** Rejects the case on the table, or takes it down where it is published, under a guideline. Without an explanation of the
 *  moderator's own, the author is told the guideline's sentence. */
export async function reject(desk: Desk, guideline: string, explanation = ''): Promise<void> {
  const row = decidable(desk, 'held', 'approved');
  if (!row || isPassedBy(desk, row)) return;
  const words = explanation.trim();
  const verdict = row.state === 'held' ? 'reject' : 'remove';
  await decide(desk, row, { verdict, guideline, ...(words === '' ? {} : { explanation: words }) });
}

/** The case, where it can be decided now; otherwise says why not. */
function decidable(desk: Desk, ...states: readonly QueueRow['state'][]): QueueRow | undefined {
  const state = desk.read();
  const { shown } = state;
  if (!shown || state.busy || isKept(state, shown.id)) return undefined;
  const words = wordsFor(desk);
  if (!states.includes(shown.state)) {
    tell(desk, words('said.cannotDecide'));
    return undefined;
  }
  if (shown.pending) {
    tell(desk, words(shown.pending.mine ? 'pending.mine' : 'pending.theirs', { by: shown.pending.by }), 'bad');
    return undefined;
  }
  if (!mayRead(shown, accountHere(state, shown.site)?.role)) {
    tell(desk, words(shown.reading?.state === 'disputed' ? 'reading.disputed' : 'reading.mine'), 'bad');
    return undefined;
  }
  const heldByAnother = shown.claim && !shown.claim.mine && isRunning(shown.claim, Date.now());
  if (heldByAnother) {
    tell(desk, words('said.heldByAnother', { by: shown.claim?.by ?? '' }), 'bad');
    return undefined;
  }
  return shown;
}

/** Whether the open form is about the comment as it was before a colleague decided it; says so. */
function isPassedBy(desk: Desk, { version, decision }: QueueRow): boolean {
  const { form } = desk.read();
  if (!form || form.version === version) return false;
  tell(desk, wordsFor(desk)('overtaken.decided', { by: decision?.by ?? '' }), 'bad');
  return true;
}

type Verdict = Pick<KeptDecision, 'verdict' | 'guideline' | 'explanation'>;

/** Sends the verdict and claims the next case at the same time, since the claim does not depend on the answer and a slow
 *  line would otherwise be waited for twice. */
async function decide(desk: Desk, row: QueueRow, verdict: Verdict): Promise<void> {
  const { session, filter } = desk.read();
  desk.change({ busy: true });
  const decision: KeptDecision = {
    ...verdict,
    id: row.id,
    site: row.site,
    version: row.version,
    author: row.name ?? wordsFor(desk)('case.nameless'),
    sender: session.email,
    attempts: 0,
  };
  // Kept before it is sent: a tab that dies in between still has it.
  keep(desk, decision);
  const goesOn = filter.state === 'held' && row.state === 'held';
  const [settled, next] = await Promise.all([settle(desk, decision), goesOn ? takeNext(desk) : undefined]);
  desk.change({ busy: false });
  if (settled.outcome === 'refused') {
    if (next && next !== 'none') desk.change({ ready: next });
    wishFocus(desk, 'case');
    return;
  }
  keepDraft(null);
  countInShift(desk, row, verdict);
  desk.change({ form: null });
  if (goesOn) goOn(desk, next, settled);
  else endHere(desk, settled.said);
}

/** The case that waits already, because a verdict was undone or refused meanwhile; otherwise the queue's next. */
async function takeNext(desk: Desk): ReturnType<typeof fetchNext> {
  const { ready } = desk.read();
  desk.change({ ready: null });
  return ready ?? fetchNext(desk);
}

function goOn(
  desk: Desk,
  next: Awaited<ReturnType<typeof fetchNext>>,
  settled: { outcome: string; said: string },
): void {
  // Neither the decision nor the claim came through: the case stays on the table and says that it waits.
  if (settled.outcome === 'waits' && next === undefined) {
    tell(desk, settled.said, 'bad');
    wishFocus(desk, 'case');
    return;
  }
  showNext(desk, next, settled.said);
}

function endHere(desk: Desk, said: string): void {
  tell(desk, said, 'good');
  wishFocus(desk, 'case');
}

/** Opens the list of guidelines, from which one key rejects. */
export function chooseGuideline(desk: Desk): void {
  const row = decidable(desk, 'held', 'approved');
  if (!row) return;
  const { guideline = '', explanation = '' } = begunForm(desk) ?? {};
  desk.change({ form: { face: 'guidelines', guideline, explanation, version: row.version }, face: 'case' });
  wishFocus(desk, 'guidelines');
}

/** The form of the case on the table, open or closed with something written in it. */
function begunForm(desk: Desk): VerdictForm | undefined {
  const { form, shown, session } = desk.read();
  const draft = recallDraft(session.email);
  return form ?? (draft && draft.id === shown?.id ? draft.form : undefined);
}

/** Opens the explanation to the author, with what was written before. */
export function writeExplanation(desk: Desk): void {
  const row = decidable(desk, 'held', 'approved');
  if (!row) return;
  const form = begunForm(desk);
  const { guidelines } = rulesOf(desk.read(), row.site);
  const guideline = form?.guideline || (row.screening?.findings[0]?.guideline ?? '');
  const known = guidelines.find(({ key }) => key === guideline);
  const explanation = form?.explanation || (known ? sentenceOf(known, row.lang) : '');
  changeForm(desk, { face: 'explanation', guideline: known?.key ?? '', explanation, version: row.version });
  wishFocus(desk, 'explanation');
}

/** Chooses the guideline in the form; its sentence replaces the former one's, but never the moderator's own words. */
export function pickGuideline(desk: Desk, guideline: string): void {
  const { form, shown } = desk.read();
  if (!form || !shown) return;
  const { guidelines } = rulesOf(desk.read(), shown.site);
  const sentences = guidelines.map((known) => sentenceOf(known, shown.lang));
  const isUntouched = form.explanation.trim() === '' || sentences.includes(form.explanation);
  const chosen = guidelines.find(({ key }) => key === guideline);
  const explanation = isUntouched && chosen ? sentenceOf(chosen, shown.lang) : form.explanation;
  changeForm(desk, { ...form, guideline, explanation });
}

/** The guideline's sentence for authors in the comment's language, or its wording, or '' where it has neither. */
function sentenceOf({ explanations = {}, wordings }: DeskGuideline, language: string): string {
  const primary = language.split('-')[0] ?? '';
  for (const texts of [explanations, wordings]) {
    const text = texts[language] ?? texts[primary];
    if (text) return text;
  }
  return explanations['en'] ?? wordings['en'] ?? '';
}

/** Changes the form and keeps it, so that neither a reload nor an ended session loses a word. */
export function changeForm(desk: Desk, form: VerdictForm): void {
  const { shown, session } = desk.read();
  desk.change({ form, face: 'case' });
  if (shown) keepDraft({ site: shown.site, id: shown.id, sender: session.email, form });
}

/** Closes the form. What was written stays and is there when it is opened again. */
export function closeForm(desk: Desk): void {
  const { form } = desk.read();
  if (!form) return;
  desk.change({ form: null });
  wishFocus(desk, 'verdicts');
}
