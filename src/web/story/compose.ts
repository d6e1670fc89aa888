import { commentFields } from '../../contract/form.ts';
import { keepDraft } from './draft.ts';
import { createProof, type Proof } from './proof.ts';
import { showReceived } from './received.ts';
import { sendComment, type Sent, type Submission } from './sendComment.ts';
import { makeSubmission, markUnfinished, recallUnfinished } from './submission.ts';

/** Makes the form send in place: what is typed stays until the server has it, and every sentence it answers stands
 *  beside the field that it is about. */
export function prepareForm(): void {
  const form = document.querySelector<HTMLFormElement>('[data-compose]');
  if (!form) return;
  // The server's sentences are in the page's language; the browser's may not be.
  form.noValidate = true;
  const draft = keepDraft(form);
  const proof = createProof(form);
  countCharacters(form);
  if (draft.wasRestored) tell(form, form.dataset['draft'] ?? '');
  let before: Submission | undefined;
  let isUnderWay = false;
  const send = async (submission: Submission): Promise<void> => {
    before = submission;
    isUnderWay = true;
    clearErrors(form);
    setBusy(form, true);
    const sent = await sendWithProof(form, submission, proof);
    isUnderWay = false;
    setBusy(form, false);
    if (sent.outcome === 'refused') return showRefusal(form, sent);
    draft.forget();
    showReceived(form, sent.held);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isUnderWay) void send(makeSubmission(form, before));
  });
  const unfinished = recallUnfinished(form);
  if (unfinished) void send(unfinished);
}

async function sendWithProof(form: HTMLFormElement, submission: Submission, proof: Proof): Promise<Sent> {
  const { sending = '', waiting = '' } = form.dataset;
  const attempt = async (): Promise<Sent> => {
    const fields = { ...submission.fields, [commentFields.proof]: await proof.value() };
    return sendComment(form.action, { ...submission, fields }, () => tell(form, waiting));
  };
  tell(form, sending);
  markUnfinished(form, submission);
  let sent = await attempt();
  // A proof grows old on a page that was open for hours; another one is made, and nobody is bothered.
  if (sent.outcome === 'refused' && sent.field === commentFields.proof) {
    proof.renew();
    sent = await attempt();
  }
  markUnfinished(form, null);
  return sent;
}

function countCharacters(form: HTMLFormElement): void {
  const text = form.elements.namedItem('text');
  const place = form.querySelector<HTMLElement>('[data-count]');
  if (!(text instanceof HTMLTextAreaElement) || !place) return;
  const most = Number(form.dataset['most']);
  const show = (): void => {
    // As the server counts: code points after NFC.
    const left = most - [...text.value.normalize('NFC')].length;
    const words = left < 0 ? form.dataset['over'] : form.dataset['left'];
    place.textContent = text.value === '' ? '' : (words ?? '').replace('{count}', String(Math.abs(left)));
    place.classList.toggle('error', left < 0);
  };
  text.addEventListener('input', show);
  show();
}

function setBusy(form: HTMLFormElement, isBusy: boolean): void {
  // Not `disabled`: that would take the focus away from whoever pressed it by keyboard.
  form.querySelector('button[type=submit]')?.setAttribute('aria-disabled', String(isBusy));
}

function tell(form: HTMLFormElement, words: string): void {
  const place = form.querySelector('[data-state]');
  if (!place) return;
  place.classList.remove('error');
  place.textContent = words;
}

function clearErrors(form: HTMLFormElement): void {
  for (const error of form.querySelectorAll('[data-error]')) error.textContent = '';
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}

/** The sentence beside its field, which gets the focus; beside the button where it is about none of them. */
function showRefusal(form: HTMLFormElement, { field, detail }: { field: string; detail: string }): void {
  const control = form.elements.namedItem(field);
  const error = form.querySelector(`[data-error="${CSS.escape(field)}"]`);
  tell(form, '');
  if (error && control instanceof HTMLElement) {
    error.textContent = detail;
    control.setAttribute('aria-invalid', 'true');
    control.focus();
    return;
  }
  const place = form.querySelector('[data-state]');
  if (!place) return;
  place.classList.add('error');
  place.textContent = detail;
}
