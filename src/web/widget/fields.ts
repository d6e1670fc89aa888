import { commentFields } from '../../contract/form.ts';
import type { WidgetForm } from '../../contract/widgetForm.ts';
import { writeDigits } from '../../contract/numbers.ts';
import { make } from './dom.ts';

/** The fields of the form, each with its label, whether it is required, its hint, and the place for what is wrong with it. */
export function makeFields(about: WidgetForm): HTMLElement[] {
  const { words } = about;
  return [
    make('input', { type: 'hidden', name: commentFields.parentId }),
    makeField(words.name, { need: words.required, hint: about.nameHint }, (attributes) =>
      make('input', { ...attributes, name: commentFields.name, type: 'text', dir: 'auto', autocomplete: 'nickname' }),
    ),
    makeField(words.text, { need: words.required, hint: about.textHint }, (attributes) =>
      make('textarea', { ...attributes, name: commentFields.text, rows: '6', dir: 'auto' }),
    ),
    make('p', { class: 'soft', 'data-count': '' }),
    makeField(words.email, { need: words.optional, hint: words.emailHint }, (attributes) =>
      make('input', { ...attributes, name: commentFields.email, type: 'email', dir: 'ltr', autocomplete: 'email' }),
    ),
  ];
}

type Control = HTMLInputElement | HTMLTextAreaElement;

function makeField(
  label: string,
  { need, hint }: { need: string; hint: string },
  makeControl: (attributes: Record<string, string>) => Control,
): HTMLElement {
  const id = `f${(count += 1)}`;
  const control = makeControl({ id, part: 'field', 'aria-describedby': `${id}h ${id}e` });
  return make(
    'div',
    { class: 'field' },
    make('label', { for: id }, `${label} `, make('span', { class: 'soft' }, need)),
    make('p', { id: `${id}h`, class: 'soft' }, hint),
    control,
    make('p', { id: `${id}e`, part: 'error', 'data-error': control.name }),
  );
}

let count = 0;

/** Says how many characters are left, as the server counts them: code points after NFC. */
export function countCharacters(form: HTMLFormElement, { words, textMost, language }: WidgetForm): void {
  const text = form.elements.namedItem(commentFields.text);
  const place = form.querySelector('[data-count]');
  if (!(text instanceof HTMLTextAreaElement) || !place) return;
  const show = (): void => {
    const left = textMost - [...text.value.normalize('NFC')].length;
    const sentence = left < 0 ? words.over : words.left;
    place.textContent = text.value === '' ? '' : sentence.replace('{count}', writeDigits(language, Math.abs(left)));
  };
  text.addEventListener('input', show);
  show();
}

/** The sentence beside its field, which gets the focus; beside the button where it is about none of them. */
export function showRefusal(
  form: HTMLFormElement,
  state: HTMLElement,
  { field, detail }: { field: string; detail: string },
): void {
  const control = form.elements.namedItem(field);
  const error = form.querySelector(`[data-error="${CSS.escape(field)}"]`);
  state.textContent = error ? '' : detail;
  if (!error || !(control instanceof HTMLElement)) return;
  error.textContent = detail;
  control.setAttribute('aria-invalid', 'true');
  control.focus();
}

/** Takes away what was said of an earlier attempt. */
export function clearErrors(form: HTMLFormElement): void {
  for (const error of form.querySelectorAll('[data-error]')) error.textContent = '';
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}
