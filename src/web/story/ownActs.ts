import { askReceipt, type ReceiptAnswer } from './askReceipt.ts';
import { make, writeTime, type OwnFrame } from './ownFrame.ts';
import type { Own } from './ownKept.ts';

/** What the author can do with a comment that is not on the page: withdraw it while it waits or stands elsewhere, appeal, begin
 *  anew from its text, put it away. */
export function offerActs(own: Own, frame: OwnFrame): HTMLElement[] {
  const state = own.view?.state ?? 'held';
  const isOver = state === 'rejected' || state === 'removed' || state === 'withdrawn';
  const acts = make('div', 'own-acts');
  if (!isOver) acts.append(withdrawal(own, frame));
  if (own.view?.appealUntil !== undefined && !own.view.appeal) acts.append(appeal(own, frame, own.view.appealUntil));
  if (isOver) acts.append(...(frame.anew ? [pressing(frame.words.anew, frame.anew)] : []), forgetting(frame));
  return [acts];
}

/** To take a comment back, behind one more press. */
export function withdrawal({ receipt }: Own, frame: OwnFrame): HTMLElement {
  const { words } = frame;
  const details = disclosure(words.withdraw);
  const button = make('button', 'grave', words.withdraw);
  button.type = 'button';
  const send = (): Promise<ReceiptAnswer> => askReceipt('/withdraw', { receipt });
  details.append(make('p', '', words.withdrawLead), button, acting(frame, { button, send }));
  return details;
}

function appeal({ id, receipt }: Own, frame: OwnFrame, until: string): HTMLElement {
  const { words } = frame;
  const details = disclosure(words.appeal);
  const form = document.createElement('form');
  const label = make('label', '', `${words.appealText} `);
  label.htmlFor = `appeal-${id}`;
  label.append(make('span', 'required', words.required));
  const text = document.createElement('textarea');
  text.id = label.htmlFor;
  text.rows = 5;
  text.dir = 'auto';
  text.required = true;
  const button = make('button', '', words.appealSend);
  form.append(label, text, button);
  const send = (): Promise<ReceiptAnswer> =>
    askReceipt('/appeal', { receipt, text: text.value.replaceAll('\r\n', '\n') });
  const lead = make('p', '', words.appealLead.replace('{date}', writeTime(until, frame)));
  details.append(lead, form, acting(frame, { button, send }));
  return details;
}

function forgetting({ words, forget }: OwnFrame): HTMLElement {
  const button = pressing(words.forget, forget);
  button.title = words.forgetWhy;
  return button;
}

function pressing(words: string, act: () => void): HTMLButtonElement {
  const button = make('button', 'quiet', words);
  button.type = 'button';
  button.addEventListener('click', act);
  return button;
}

function disclosure(words: string): HTMLDetailsElement {
  const details = document.createElement('details');
  details.append(make('summary', '', words));
  return details;
}

/** Sends when the button is pressed, once at a time; says beside it why nothing was done. */
function acting(
  { words, changed }: OwnFrame,
  { button, send }: { button: HTMLButtonElement; send: () => Promise<ReceiptAnswer> },
): HTMLElement {
  const place = make('p', 'error');
  place.setAttribute('role', 'alert');
  const act = async (): Promise<void> => {
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    const answer = await send();
    button.ariaDisabled = null;
    place.textContent =
      answer.outcome === 'answered' ? '' : answer.outcome === 'refused' ? answer.detail : words.unavailable;
    if (answer.outcome === 'answered') changed(answer.view);
  };
  const { form } = button;
  if (form)
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void act();
    });
  else button.addEventListener('click', () => void act());
  return place;
}
