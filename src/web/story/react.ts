import { writeDigits } from '../../contract/numbers.ts';
import type { ReactionAnswer } from '../../contract/reaction.ts';
import type { ThreadWords } from '../../contract/threadWords.ts';
import { keep, recallObject } from './memory.ts';
import { nameReader } from './readerNumber.ts';
import { speechOf } from './thread.ts';

const kept = 'stet.reacted';
const most = 500;

/** Says a word of a comment for this browser, or takes it back where it was said, and shows the counts that stand then. */
export async function react(part: HTMLElement, button: HTMLButtonElement, words: ThreadWords): Promise<void> {
  const { form } = button;
  if (!form || form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  const kind = button.ariaPressed === 'true' ? null : button.value;
  const answer = await send(form.action, kind, words);
  form.ariaBusy = null;
  if (typeof answer === 'string') return say(form, answer);
  form.querySelector('[role=status]')?.remove();
  remember(answer);
  for (const one of form.querySelectorAll('button'))
    showCount(one, speechOf(part).lang, answer.reactions[one.value as keyof typeof answer.reactions] ?? 0);
  showReacted(part);
}

/** Marks what this browser said, as it is remembered here: the page itself is the same for everybody. */
export function showReacted(part: HTMLElement): void {
  const said = recallObject('localStorage', kept) ?? {};
  for (const button of part.querySelectorAll<HTMLButtonElement>('.reactions > button')) {
    const isSaid = said[idOf(button.form)] === button.value;
    button.ariaPressed = String(isSaid);
    // The page may be of a moment before.
    if (isSaid && button.querySelector('.number')?.textContent === '') showCount(button, speechOf(part).lang, 1);
  }
}

async function send(address: string, kind: string | null, words: ThreadWords): Promise<ReactionAnswer | string> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, ...(getsCookie(address) ? {} : { reader: nameReader() }) }),
    });
    const body = (await answer.json()) as ReactionAnswer & { refusal?: { detail: string } };
    return body.refusal?.detail ?? body;
  } catch {
    return words.reactionFailed;
  }
}

// A page in a frame of another site gets none, and neither does a page of another origin.
function getsCookie(address: string): boolean {
  return self === top && new URL(address).origin === location.origin;
}

function showCount(button: HTMLButtonElement, language: string, count: number): void {
  const number = button.querySelector('.number');
  if (number) number.textContent = count > 0 ? writeDigits(language, count) : '';
}

function remember({ comment, kind }: ReactionAnswer): void {
  const { [comment]: _, ...others } = recallObject('localStorage', kept) ?? {};
  const all = [...Object.entries(others), ...(kind === null ? [] : [[comment, kind]])].slice(-most);
  keep('localStorage', kept, all.length === 0 ? null : JSON.stringify(Object.fromEntries(all)));
}

function say(form: HTMLFormElement, words: string): void {
  const said = form.querySelector('[role=status]') ?? form.appendChild(document.createElement('span'));
  said.setAttribute('role', 'status');
  said.textContent = words;
}

function idOf(form: HTMLFormElement | null): string {
  return form?.closest('.comment')?.id.slice(2) ?? '';
}
