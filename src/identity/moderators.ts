import { randomUUID } from 'node:crypto';
import type { Role } from '../contract/desk.ts';
import { addMinutes } from '../contract/time.ts';
import { removeAccount, saveModerator } from '../record/accounts.ts';
import type { Store } from '../record/store.ts';
import { makeSecret } from './secrets.ts';

/** How long a one-time sign-in waits to be opened: a day, so that it can be sent in the evening and used in the morning. */
const signInHours = 24;

/** Creates the account of a person on a site, or changes its role and name. Returns the secret of a fresh one-time
 *  sign-in, to be opened as `{publicUrl}/desk/sign-in#{secret}` within a day; older ones of the account end. The site is
 *  one that exists. */
export async function addModerator(
  store: Store,
  moderator: { site: string; email: string; role: Role; name?: string | undefined },
  now: Date,
): Promise<string> {
  const { site, role } = moderator;
  const { secret, hash } = makeSecret(site);
  const signIn = { hash, expiresAt: addMinutes(now, signInHours * 60) };
  const email = sameEmail(moderator.email);
  const name = moderator.name?.trim().normalize('NFC') || undefined;
  await saveModerator(store, { site, id: randomUUID(), email, role, name, signIn, at: now });
  return secret;
}

/** Removes the account of a person on a site: its sessions, sign-ins, passkeys and claims end at once, its decisions stay.
 *  False where there is none. */
export async function removeModerator(
  store: Store,
  named: { site: string; email: string },
  now: Date,
): Promise<boolean> {
  return removeAccount(store, { site: named.site, email: sameEmail(named.email), at: now });
}

// One person is one address however it is written: accounts on several sites are joined by it.
function sameEmail(written: string): string {
  return written.trim().normalize('NFC').toLowerCase();
}
