import { translateAll, type MessageKey } from './messages.ts';

const keys = {
  signedIn: 'account.signedIn',
  signOut: 'account.signOut',
  unavailable: 'account.notReached',
} as const satisfies Record<string, MessageKey>;

/** What the form needs to show who is signed in: where it asks, and the sentences in a language, their places open. */
export type AccountOffer = { session: string; words: Readonly<Record<keyof typeof keys, string>> };

/** Of a site whose readers sign in at its provider. */
export function accountOffer(site: string, language: string): AccountOffer {
  return { session: `/reader/${site}/session`, words: translateAll(language, keys) };
}
