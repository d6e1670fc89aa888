import type { KeyAct } from '../../../contract/keys.ts';
import { actOf, guidelineKeys, readKey } from '../keys.ts';
import type { Place } from '../places.ts';
import { nameKey, rulesOf, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { moveAppealBy } from './appeals.ts';
import { openDialog } from './aside.ts';
import { backToQueue, claimNext, openCase } from './cases.ts';
import { turnVeil } from './context.ts';
import { approve, chooseGuideline, closeForm, reject, writeExplanation } from './decide.ts';
import { turnFeatured } from './feature.ts';
import { beginSearch, turnFilters } from './filter.ts';
import { moveBy } from './queue.ts';
import { openBulk, selectShown } from './select.ts';
import { undoLast } from './undo.ts';
import { turnViews } from './views.ts';

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
  const { phase, sessionEnded, keysShown, preferences, form, keys } = desk.read();
  if (phase !== 'open' || sessionEnded || keysShown || !preferences.singleKeys) return false;
  const key = readKey(event);
  if (key === undefined) return false;
  if (form?.face === 'guidelines' && guidelineKeys.includes(key)) return rejectByKey(desk, key);
  const act = actOf(key, keys);
  // Enter on a button or link is that button's; only on the bare page does it open the case.
  if (act === undefined || (act === 'open' && isPressable(event.target))) return false;
  perform(desk, act);
  return true;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, label, input') !== null;
}

function rejectByKey(desk: Desk, key: string): boolean {
  // Of the very comment that lies there: on another site the same key stands for another guideline.
  const { guidelines } = rulesOf(desk.read(), desk.read().shown?.site);
  const guideline = guidelines[guidelineKeys.indexOf(key)];
  if (guideline) void reject(desk, guideline.key);
  return guideline !== undefined;
}

type Acts = Partial<Record<KeyAct, (desk: Desk) => void>>;

const everywhere: Acts = {
  showKeys: (desk) => desk.change({ keysShown: true }),
};

// At every other place no key decides, and none moves a switch.
const atPlace: Partial<Record<Place, Acts>> = {
  queue: {
    next: (desk) => moveBy(desk, 1),
    previous: (desk) => moveBy(desk, -1),
    open: openShown,
    claimNext: (desk) => void claimNext(desk),
    queue: backToQueue,
    approve: (desk) => whatIsSeen(desk, (seen) => void approve(seen)),
    reject: (desk) => whatIsSeen(desk, chooseGuideline),
    explain: (desk) => whatIsSeen(desk, writeExplanation),
    undo: (desk) => void undoLast(desk),
    select: selectShown,
    bulk: openBulk,
    handOver: (desk) => whatIsSeen(desk, (seen) => openDialog(seen, 'handOver')),
    answer: (desk) => whatIsSeen(desk, (seen) => openDialog(seen, 'answer')),
    feature: (desk) => whatIsSeen(desk, (seen) => void turnFeatured(seen)),
    note: (desk) => wishFocus(desk, 'note'),
    wording: (desk) => desk.change({ wordingShown: true }),
    veil: turnVeil,
    search: beginSearch,
    filter: turnFilters,
    views: turnViews,
  },
  appeals: {
    next: (desk) => moveAppealBy(desk, 1),
    previous: (desk) => moveAppealBy(desk, -1),
    queue: backToQueue,
    wording: (desk) => desk.change({ wordingShown: true }),
    veil: turnVeil,
  },
};

/** Does one act of the keyboard, where it means anything. */
export function perform(desk: Desk, act: KeyAct): void {
  const does = everywhere[act] ?? atPlace[desk.read().place]?.[act];
  does?.(desk);
}

function openShown(desk: Desk): void {
  const { shown } = desk.read();
  if (shown) void openCase(desk, shown);
}

/** Decides only a comment whose text is on the screen: in a narrow window the list hides the case. */
function whatIsSeen(desk: Desk, decide: (desk: Desk) => void): void {
  const text = document.querySelector('#case-text');
  if (desk.read().shown && text?.checkVisibility()) decide(desk);
  else tell(desk, wordsFor(desk)('said.openFirst', { key: nameKey(desk.read(), 'open') }));
}
