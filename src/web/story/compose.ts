import { commentFields } from '../../contract/form.ts';
import { writeDigits } from '../../contract/numbers.ts';
import { keepDraft } from './draft.ts';
import { mayGo } from './mayGo.ts';
import { addToPlace } from './prepareOwn.ts';
import { createProof, type Proof } from './proof.ts';
import { showReceived } from './received.ts';
import { showReceipts } from './receipts.ts';
import { loadSpeaker, type Speaker } from './speaker.ts';
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
  const speaker = loadSpeaker(form);
  countCharacters(form);
  offerPreview(form);
  if (draft.wasRestored) tell(form, form.dataset['draft'] ?? '');
  let before: Submission | undefined;
  let isUnderWay = false;
  const setUnderWay = (now: boolean): void => {
    isUnderWay = now;
    setBusy(form, now);
  };
  const send = async (submission: Submission): Promise<void> => {
    before = submission;
    setUnderWay(true);
    const sent = await sendWithProof(form, submission, { proof, speaker: await speaker });
    setUnderWay(false);
    if (sent.outcome === 'refused') return showRefusal(form, sent);
    draft.forget();
    // Firefox brings back what stood in a form when the page is read anew, and it would be sent twice.
    form.reset();
    addToPlace(form, submission.fields, sent.held);
    showReceived(form, sent.held);
  };
  const submit = async (): Promise<void> => {
    setUnderWay(true);
    clearErrors(form);
    if (await mayGo(form)) return send(makeSubmission(form, before));
    setUnderWay(false);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isUnderWay) void submit();
  });
  const unfinished = recallUnfinished(form);
  if (unfinished) void send(unfinished);
}

async function sendWithProof(
  form: HTMLFormElement,
  submission: Submission,
  { proof, speaker }: { proof: Proof; speaker: Speaker | undefined },
): Promise<Sent> {
  const { sending = '', waiting = '' } = form.dataset;
  const attempt = async (): Promise<Sent> => {
    const fields = {
      ...submission.fields,
      ...(await speaker?.prove(submission)),
      [commentFields.proof]: await proof.value(),
      [commentFields.earlier]: showReceipts(),
    };
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
  speaker?.answered(submission, sent);
  return sent;
}

function offerPreview(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[data-preview]');
  const place = form.querySelector<HTMLElement>('[data-preview-place]');
  if (!button || !place) return;
  button.hidden = false;
  // Where it cannot be loaded, nothing was promised and nothing is lost.
  button.addEventListener('click', () => {
    import('./preview.ts').then(
      ({ showPreview }) => showPreview(form, place),
      () => undefined,
    );
  });
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
    place.textContent =
      text.value === ''
        ? ''
        : (words ?? '').replace('{count}', writeDigits(document.documentElement.lang, Math.abs(left)));
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
