import type { CheckAnswer } from '../../contract/check.ts';

/** The text that a reader was told about last: it is not asked about again. */
const told = new WeakMap<HTMLFormElement, string>();

/** Asks which guideline the text surely breaks and says so, with the focus on it. False when a notice stands. Rejects where there
 *  is no answer before `signal` says that it is late: from then on nothing is shown. */
export async function askFirst(form: HTMLFormElement, signal: AbortSignal): Promise<boolean> {
  const panel = form.querySelector<HTMLElement>('[data-notice]');
  const field = form.elements.namedItem('text');
  if (!panel || !(field instanceof HTMLTextAreaElement)) return true;
  panel.hidden = true;
  const text = field.value;
  if (told.get(form) === text) return true;
  const { guideline } = await ask(form, { text, signal });
  if (!guideline || signal.aborted) return true;
  if (!told.has(form)) offerChoice(form, { panel, field });
  told.set(form, text);
  show(panel, guideline);
  return false;
}

async function ask(
  form: HTMLFormElement,
  { text, signal }: { text: string; signal: AbortSignal },
): Promise<CheckAnswer> {
  const answer = await fetch(form.dataset['check'] ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': form.closest<HTMLElement>('[lang]')?.lang ?? '',
    },
    credentials: 'omit',
    body: JSON.stringify({ text: text.replaceAll('\r\n', '\n') }),
    signal,
  });
  if (!answer.ok) return { guideline: null };
  return (await answer.json()) as CheckAnswer;
}

function show(panel: HTMLElement, { title, url }: NonNullable<CheckAnswer['guideline']>): void {
  const link = panel.querySelector('a');
  if (link) {
    link.textContent = title;
    link.href = url;
  }
  panel.hidden = false;
  panel.focus();
}

function offerChoice(
  form: HTMLFormElement,
  { panel, field }: { panel: HTMLElement; field: HTMLTextAreaElement },
): void {
  const [change, send] = panel.querySelectorAll('button');
  // Whoever writes on has read it.
  const hide = (): void => void (panel.hidden = true);
  field.addEventListener('input', hide);
  change?.addEventListener('click', () => {
    hide();
    field.focus();
  });
  send?.addEventListener('click', () => {
    hide();
    // The button that was pressed is gone, and the keyboard would be nowhere.
    form.querySelector<HTMLElement>('button[type=submit]')?.focus();
    form.requestSubmit();
  });
}
