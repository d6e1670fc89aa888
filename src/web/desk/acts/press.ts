import { deskKeys, guidelineKeys, readKey, type KeyAct } from '../keys.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import { moveAppealBy } from './appeals.ts';
import { backToQueue, claimNext, openCase } from './cases.ts';
import { approve, chooseGuideline, closeForm, reject, writeExplanation } from './decide.ts';
import { moveBy } from './queue.ts';

/** Listens to the keyboard for the whole desk. */
export function listenToKeys(desk: Desk): void {
  addEventListener('keydown', (event) => {
    if (handlesItself(event.target) && event.key !== 'Escape') return;
    if (event.key === 'Escape' ? leaveByEscape(desk) : press(desk, event)) event.preventDefault();
  });
}

/** Where keys write or choose, they belong to the field. A dialog keeps its own keys. */
function handlesItself(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog') !== null
  );
}

function leaveByEscape(desk: Desk): boolean {
  const { form, sessionEnded, keysShown } = desk.read();
  if (!form || sessionEnded || keysShown) return false;
  closeForm(desk);
  return true;
}

/** Does what the pressed key stands for; false where it stands for nothing now. */
function press(desk: Desk, event: KeyboardEvent): boolean {
  const { phase, sessionEnded, keysShown, singleKeys, form } = desk.read();
  if (phase !== 'open' || sessionEnded || keysShown || !singleKeys) return false;
  const key = readKey(event);
  if (key === undefined) return false;
  if (form?.face === 'guidelines' && guidelineKeys.includes(key)) return rejectByKey(desk, key);
  const act = deskKeys.find((known) => known.key === key)?.act;
  // Enter on a button or link is that button's; only on the bare page does it open the case.
  if (act === undefined || (act === 'open' && isPressable(event.target))) return false;
  perform(desk, act);
  return true;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, label, input') !== null;
}

function rejectByKey(desk: Desk, key: string): boolean {
  const guideline = desk.read().guidelines[guidelineKeys.indexOf(key)];
  if (guideline) void reject(desk, guideline.key);
  return guideline !== undefined;
}

/** Does one act of the keyboard. */
export function perform(desk: Desk, act: KeyAct): void {
  if (act === 'showKeys') desk.change({ keysShown: true });
  else if (desk.read().place === 'appeals') performAtAppeals(desk, act);
  // No key decides there, and none moves a switch.
  else if (desk.read().place === 'automation') return;
  else performAtQueue(desk, act);
}

function performAtAppeals(desk: Desk, act: KeyAct): void {
  if (act === 'next') moveAppealBy(desk, 1);
  if (act === 'previous') moveAppealBy(desk, -1);
  if (act === 'queue') backToQueue(desk);
}

function performAtQueue(desk: Desk, act: KeyAct): void {
  const { shown } = desk.read();
  if (act === 'next') moveBy(desk, 1);
  if (act === 'previous') moveBy(desk, -1);
  if (act === 'open' && shown) void openCase(desk, shown);
  if (act === 'claimNext') void claimNext(desk);
  if (act === 'queue') backToQueue(desk);
  if (act === 'approve' || act === 'reject' || act === 'explain') decideWhatIsSeen(desk, act);
}

/** Decides only a comment whose text is on the screen: in a narrow window the list hides the case. */
function decideWhatIsSeen(desk: Desk, act: 'approve' | 'reject' | 'explain'): void {
  const { shown } = desk.read();
  const text = document.querySelector('#case-text');
  if (!shown || !text?.checkVisibility()) {
    tell(desk, wordsFor(desk)('said.openFirst'));
    return;
  }
  if (act === 'approve') void approve(desk);
  else if (act === 'reject') chooseGuideline(desk);
  else writeExplanation(desk);
}
