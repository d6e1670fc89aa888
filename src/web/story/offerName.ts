import { commentFields } from '../../contract/form.ts';
import type { NameKeeping } from '../../contract/nameWords.ts';
import { nameStatement, releaseStatement, speakerFields } from '../../contract/reader.ts';
import { around, make } from '../widget/dom.ts';
import { keep, recall } from './memory.ts';
import { forgetKey, makeKey, recallKey } from './nameKey.ts';
import type { Submission } from './sendComment.ts';

/** The name that is kept for whoever writes: `prove` makes the field that says so of a submission, none where they do not want
 *  it; `sent` hears that the submission was taken. */
export type KeptName = {
  prove(submission: Submission): Promise<Record<string, string>>;
  sent(submission: Submission): void;
};

/** Offers below the field of the name to keep it for whoever writes, or says that it is kept and lets them give it up.
 *  Nothing is offered where the browser has no keys. */
export function offerName(form: HTMLFormElement, { site, story, release, words }: NameKeeping): KeptName | undefined {
  const field = form.elements.namedItem(commentFields.name);
  if (!(field instanceof HTMLInputElement) || !('crypto' in globalThis) || !crypto.subtle) return undefined;
  const address = new URL(release, form.action);
  const place = make('div', { class: 'own-name' });
  const said = make('p', { class: 'hint soft', role: 'status' });
  (field.closest('.field') ?? form).append(place, said);

  const draw = (): void => {
    const name = recallName(address);
    if (name) {
      const button = make('button', { type: 'button', class: 'plain' }, words.giveUp);
      button.addEventListener('click', () => void giveUp());
      place.replaceChildren(make('p', { class: 'hint soft' }, ...around(words.kept, name), ' ', button));
      if (field.value === '') field.value = name;
      return;
    }
    const box = make('input', { type: 'checkbox', 'aria-describedby': 'own-name-hint' });
    box.checked = name === '';
    box.addEventListener('change', () => void choose(box));
    place.replaceChildren(
      make('label', { class: 'choice' }, box, make('span', {}, words.keep)),
      make('p', { class: 'hint soft', id: 'own-name-hint' }, words.keepHint),
    );
  };
  const choose = async (box: HTMLInputElement): Promise<void> => {
    said.textContent = '';
    if (!box.checked) return void keep('localStorage', nameOf(address), null);
    const isKept = await makeKey(address.href).then(
      () => keep('localStorage', nameOf(address), ''),
      () => false,
    );
    if (isKept) return;
    box.checked = false;
    said.textContent = words.noKey;
  };
  const giveUp = async (): Promise<void> => {
    said.textContent = (await releaseKey(address, site)) ? words.givenUp : words.unavailable;
    draw();
    place.querySelector('input')?.focus();
  };
  draw();
  // The form of a widget is used again.
  form.addEventListener('reset', () => queueMicrotask(draw));
  const wantsProof = ({ fields }: Submission): boolean => {
    const name = recallName(address);
    return name === '' || (name !== null && compare(name) === compare(fields[commentFields.name] ?? ''));
  };
  return {
    prove: async (submission): Promise<Record<string, string>> => {
      if (!wantsProof(submission)) return {};
      try {
        const key = await recallKey(address.href);
        if (key) return { [speakerFields.holder]: await key.sign(await stateName({ site, story }, submission)) };
      } catch {
        // Said below: the browser keeps nothing any more.
      }
      keep('localStorage', nameOf(address), null);
      draw();
      said.textContent = words.noKey;
      return {};
    },
    sent: (submission) => {
      const name = submission.fields[commentFields.name]?.normalize('NFC') ?? '';
      if (recallName(address) === '') keep('localStorage', nameOf(address), name);
      said.textContent = '';
      draw();
    },
  };
}

/** Has the server free what the key protects, and forgets the key. False where the server was not reached: then the key stays,
 *  since nothing else could free the name. */
async function releaseKey(address: URL, site: string): Promise<boolean> {
  try {
    const key = await recallKey(address.href);
    if (key) {
      const at = new Date().toISOString();
      const body = JSON.stringify({ at, [speakerFields.holder]: await key.sign(releaseStatement({ site, at })) });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: 'POST', credentials: 'omit', headers, body });
      if (!answer.ok) return false;
      await forgetKey(address.href);
    }
    return keep('localStorage', nameOf(address), null);
  } catch {
    return false;
  }
}

/** What is kept for the site of an address: a name; '' where one is to be kept as soon as a comment is taken; null. */
function recallName(address: URL): string | null {
  return recall('localStorage', nameOf(address));
}

function nameOf({ href }: URL): string {
  return `stet.name.${href}`;
}

// Coarser than the server, which knows look-alikes: who writes their own name in capitals is its holder all the same.
function compare(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

async function stateName(of: { site: string; story: string }, { key, fields }: Submission): Promise<string> {
  const [nameSha256, sha256] = await Promise.all(
    [commentFields.name, commentFields.text].map((field) => digest((fields[field] ?? '').normalize('NFC'))),
  );
  return nameStatement({ ...of, submission: key, nameSha256: nameSha256 ?? '', sha256: sha256 ?? '' });
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
