import { commentFields } from '../../contract/form.ts';
import { keep, recallObject } from './memory.ts';
import type { Submission } from './sendComment.ts';

const sent = [commentFields.name, commentFields.text, commentFields.email, commentFields.parentId, commentFields.trap];

/** What stands in the form, under a key of its own: the one it had before, where nothing has changed since. */
export function makeSubmission(form: HTMLFormElement, before: Submission | undefined): Submission {
  const data = new FormData(form);
  // Browsers put CRLF into form data; the text is what was typed.
  const fields = Object.fromEntries(sent.map((name) => [name, String(data.get(name) ?? '').replaceAll('\r\n', '\n')]));
  const isSame = before && sent.every((name) => before.fields[name] === fields[name]);
  return { key: isSame ? before.key : makeKey(), fields };
}

/** Remembers in this tab what is on its way, so that a reload finds it; forgets it for null. */
export function markUnfinished(form: HTMLFormElement, submission: Submission | null): void {
  keep('sessionStorage', nameOf(form), submission && JSON.stringify(submission));
}

/** What was on its way when the page was left. */
export function recallUnfinished(form: HTMLFormElement): Submission | undefined {
  const { key, fields } = recallObject('sessionStorage', nameOf(form)) ?? {};
  if (typeof key !== 'string' || typeof fields !== 'object' || fields === null) return undefined;
  const texts = Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { key, fields: Object.fromEntries(texts) };
}

function nameOf(form: HTMLFormElement): string {
  return `stet.sending.${form.dataset['story'] ?? ''}`;
}

// `crypto.randomUUID` is there on secure origins only.
function makeKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
