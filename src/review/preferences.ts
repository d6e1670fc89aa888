import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { parsePreferences, standardPreferences } from '../contract/preferences.ts';
import type { Account } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findPreferences, savePreferences } from '../record/preferences.ts';
import type { Store } from '../record/store.ts';

/** 200 with how the person who asks wants the desk. What was saved by another version and no longer fits is as if it had
 *  never been saved. */
export async function showPreferences(store: Store, call: Call): Promise<Answer> {
  const own = ownAccounts(call);
  if (own.outcome === 'refused') return own;
  const saved = parsePreferences((await findPreferences(store, own.accounts)) ?? {});
  return answerJson(200, saved.outcome === 'parsed' ? saved.value : standardPreferences);
}

/** 200 with the preferences as they hold now, for every site of the person. An empty object is the standard. */
export async function setPreferences(store: Store, call: Call): Promise<Answer> {
  const own = ownAccounts(call);
  if (own.outcome === 'refused') return own;
  const preferences = parsePreferences(call.body);
  if (preferences.outcome === 'refused') return preferences;
  await savePreferences(store, own.accounts, { ...preferences.value, at: call.now });
  return answerJson(200, preferences.value);
}

// A program has no desk to look at.
function ownAccounts({ principal }: Call): { outcome: 'own'; accounts: readonly Account[] } | Refused {
  if (!principal) return refused('credentials_missing');
  const { kind, accounts } = principal;
  return kind === 'person' && accounts.length > 0 ? { outcome: 'own', accounts } : refused('not_allowed');
}
