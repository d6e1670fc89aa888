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

/** Remembers what is on its way, so that whoever opens the story again sends it, be it after the tab was closed; forgets it for
 *  null. With an e-mail address it stays in this tab: others may use this browser too. The key makes it one comment, however
 *  many tabs send it. */
export function markUnfinished(form: HTMLFormElement, submission: Submission | null): void {
  const written = submission && JSON.stringify(submission);
  const isForTab = Boolean(submission?.fields[commentFields.email]);
  keep('sessionStorage', nameOf(form), isForTab ? written : null);
  keep('localStorage', nameOf(form), isForTab ? null : written);
}

/** What was on its way when the page was left. */
export function recallUnfinished(form: HTMLFormElement): Submission | undefined {
  const name = nameOf(form);
  const { key, fields } = recallObject('sessionStorage', name) ?? recallObject('localStorage', name) ?? {};
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
