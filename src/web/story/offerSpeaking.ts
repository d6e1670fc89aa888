import type { AccountOffer } from '../../contract/accountWords.ts';
import type { NameKeeping } from '../../contract/nameWords.ts';
import { offerAccount } from './offerAccount.ts';
import { offerName } from './offerName.ts';
import type { Speaker } from './speaker.ts';

/** What a form offers beside writing a name, by what it carries as JSON. Whoever is signed in with an account needs no name
 *  kept: the account's stands already. */
export function offerSpeaking(
  form: HTMLFormElement,
  { names, account }: { names: string | undefined; account: string | undefined },
): Speaker {
  const known = account ? offerAccount(form, JSON.parse(account) as AccountOffer) : undefined;
  const name = names ? offerName(form, JSON.parse(names) as NameKeeping) : undefined;
  return {
    prove: async (submission) => (await known?.prove()) ?? (await name?.prove(submission)) ?? {},
    answered: (submission, sent) => {
      if (known?.isSignedIn()) known.answered(sent);
      else if (sent.outcome === 'held') name?.sent(submission);
    },
  };
}
