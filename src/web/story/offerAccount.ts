import type { AccountOffer } from '../../contract/accountWords.ts';
import { commentFields } from '../../contract/form.ts';
import { signedInHere, speakerFields, type ReaderSession } from '../../contract/reader.ts';
import { around, make } from '../widget/dom.ts';
import type { Sent } from './sendComment.ts';

/** The account that comments of a form are written with. */
export type Account = {
  isSignedIn(): boolean;
  /** The fields that say so; undefined where nobody is signed in. */
  prove(): Promise<Record<string, string> | undefined>;
  /** Shows who is signed in anew, where the server says that nobody is. */
  answered(sent: Sent): void;
};

/** Shows in the form who is signed in, in the place of the name, and lets them sign out; where nobody is, the form stays as the
 *  server made it. */
export function offerAccount(form: HTMLFormElement, { session, words }: AccountOffer): Account {
  const place = form.querySelector<HTMLElement>('[data-account-place]');
  const asMade = [...(place?.childNodes ?? [])];
  const field = form.elements.namedItem(commentFields.name);
  let name: string | null = null;

  const draw = (now: string | null): void => {
    const before = name;
    name = now;
    if (!(field instanceof HTMLInputElement)) return;
    const part = field.closest<HTMLElement>('.field');
    if (part) part.hidden = name !== null;
    if (name === null) {
      // What the account is called is no draft of a name.
      if (before !== null) field.value = '';
      place?.replaceChildren(...asMade);
      return;
    }
    field.value = name;
    const button = make('button', { type: 'button', class: 'plain' }, words.signOut);
    button.addEventListener('click', () => void leave());
    place?.replaceChildren(make('p', { class: 'note' }, ...around(words.signedIn, name), ' ', button));
  };
  const leave = async (): Promise<void> => {
    if (await signOut(session)) draw(null);
    else place?.append(make('p', { class: 'error', role: 'alert' }, words.unavailable));
  };
  const asking = askName(session).then(draw);
  return {
    isSignedIn: () => name !== null,
    prove: async () => {
      await asking;
      return name === null ? undefined : { [speakerFields.account]: signedInHere };
    },
    answered: (sent) => {
      if (sent.outcome === 'refused' && sent.field === speakerFields.account) draw(null);
    },
  };
}

async function askName(session: string): Promise<string | null> {
  try {
    const answer = await fetch(session, { cache: 'no-store' });
    return answer.ok ? ((await answer.json()) as ReaderSession).name : null;
  } catch {
    return null;
  }
}

async function signOut(session: string): Promise<boolean> {
  try {
    return (await fetch(session, { method: 'DELETE' })).ok;
  } catch {
    return false;
  }
}
