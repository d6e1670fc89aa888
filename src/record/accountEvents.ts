import type { Role, TokenScope } from '../contract/desk.ts';
import { appendEvent } from './events.ts';
import type { Transaction } from './store.ts';

/** Who changes an account, and when: `moderator:<id>`, or `operator` for a command. */
export type Author = { actor: string; at: Date };

/** What happened to an account. Neither name nor address: the record keeps no person's data that it could not erase. */
export type AccountChange =
  | { change: 'added' | 'changed'; role: Role; sections: readonly string[] }
  | { change: 'removed' | 'sign_in' | 'session_ended' | 'token_revoked' }
  | { change: 'token_added'; scopes: readonly TokenScope[] };

/** Writes the change of an account into the record, in the transaction that changes it. */
export async function noteAccount(
  transaction: Transaction,
  account: { site: string; id: string },
  { actor, at, ...change }: AccountChange & Author,
): Promise<void> {
  const body = { account: account.id, ...change };
  await appendEvent(transaction, { site: account.site, kind: 'account_changed', comment: null, at, actor, body });
}
