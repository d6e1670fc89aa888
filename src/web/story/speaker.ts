import type { Sent, Submission } from './sendComment.ts';

/** Who is speaking, where the form knows more than a name: `prove` makes the fields that say so of a submission, and `answered`
 *  hears what the server said to it. */
export type Speaker = {
  prove(submission: Submission): Promise<Record<string, string>>;
  answered(submission: Submission, sent: Sent): void;
};

/** Loads it where the form says that the site protects names or has accounts. Where it cannot be had, comments are written
 *  without. */
export async function loadSpeaker(form: HTMLFormElement): Promise<Speaker | undefined> {
  const { names, account } = form.dataset;
  if (!names && !account) return undefined;
  try {
    return (await import('./offerSpeaking.ts')).offerSpeaking(form, { names, account });
  } catch {
    return undefined;
  }
}
