import { randomUUID } from 'node:crypto';
import type { TokenScope } from '../contract/desk.ts';
import type { Store } from '../record/store.ts';
import { insertToken, revokeTokens } from '../record/tokens.ts';
import { makeToken } from './secrets.ts';

/** Makes a bearer token with an account of its own, so that each decision has one author. Returns the token, which is
 *  nowhere else: only its hash is stored. The site is one that exists; its `actor` is the operator unless told. */
export async function addToken(
  store: Store,
  program: { site: string; scopes: readonly TokenScope[]; name: string; actor?: string | undefined },
  now: Date,
): Promise<string> {
  const { token, hash } = makeToken(program.site);
  await insertToken(store, { actor: 'operator', ...program, id: randomUUID(), hash, at: now });
  return token;
}

/** Revokes the tokens of a site's programs by name or id: from the next request on they open nothing. Returns how many. */
export async function revokeToken(
  store: Store,
  named: { site: string; program: string; actor?: string },
  now: Date,
): Promise<number> {
  return revokeTokens(store, { actor: 'operator', ...named, at: now });
}
