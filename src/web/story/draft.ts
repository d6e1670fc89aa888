import { keep, recallObject } from './memory.ts';

/** Puts back what the reader had written under this story, and keeps what is written from now on. The e-mail address is
 *  not among it: others may use this browser too. */
export function keepDraft(form: HTMLFormElement): { forget: () => void; wasRestored: boolean } {
  const name = `stet.draft.${form.dataset['story'] ?? ''}`;
  const fields = ['name', 'text'].map((field) => form.elements.namedItem(field)).filter(isTextField);
  const kept = recallObject('localStorage', name);
  let wasRestored = false;
  for (const field of fields) {
    const value = kept?.[field.name];
    // What the server sent back is newer than what was kept.
    if (field.value !== '' || typeof value !== 'string' || value === '') continue;
    field.value = value;
    wasRestored = true;
  }
  const save = (): void => {
    const written = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    keep('localStorage', name, fields.some(({ value }) => value !== '') ? JSON.stringify(written) : null);
  };
  form.addEventListener('input', save);
  return { forget: () => keep('localStorage', name, null), wasRestored };
}

function isTextField(field: unknown): field is HTMLInputElement | HTMLTextAreaElement {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}
