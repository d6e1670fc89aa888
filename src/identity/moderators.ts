import { randomUUID } from 'node:crypto';
import type { Role } from '../contract/desk.ts';
import { sameEmail } from '../contract/people.ts';
import { addMinutes } from '../contract/time.ts';
import { listAccounts, removeAccount, saveMailedSignIn, saveModerator } from '../record/accounts.ts';
import type { Store } from '../record/store.ts';
import { makeSecret } from './secrets.ts';

/** How long a one-time sign-in waits to be opened: a day, so that it can be sent in the evening and used in the morning. */
const signInHours = 24;

/** Creates the account of a person on a site, or changes its role, name and sections. Returns the secret of a fresh one-time
 *  sign-in, to be opened as `{publicUrl}/desk/sign-in#{secret}` within a day; older ones of the account end. The site is
 *  one that exists. */
export async function addModerator(
  store: Store,
  moderator: {
    site: string;
    email: string;
    role: Role;
    name?: string | undefined;
    sections?: readonly string[] | undefined;
    actor?: string | undefined;
  },
  now: Date,
): Promise<string> {
  const { site, role, sections, actor = 'operator' } = moderator;
  const { secret, signIn } = makeSignIn(site, now);
  const email = sameEmail(moderator.email);
  const name = moderator.name?.trim().normalize('NFC') || undefined;
  await saveModerator(store, { site, id: randomUUID(), email, role, name, sections, signIn, actor, at: now });
  return secret;
}

/** The secret of a fresh one-time sign-in, and what is stored of it. */
export function makeSignIn(site: string, now: Date): { secret: string; signIn: { hash: Buffer; expiresAt: Date } } {
  const { secret, hash } = makeSecret(site);
  return { secret, signIn: { hash, expiresAt: addMinutes(now, signInHours * 60) } };
}

/** The one-time sign-in that a mail brings to a person, in the place of older ones: where to, and its secret. Undefined where
 *  there is no such person. */
export async function mailSignIn(
  store: Store,
  account: { site: string; id: string },
  now: Date,
): Promise<{ email: string; secret: string } | undefined> {
  const { secret, signIn } = makeSignIn(account.site, now);
  const saved = await saveMailedSignIn(store, account, { ...signIn, at: now });
  return saved && { email: saved.email, secret };
}

/** Removes the account of a person on a site, for the operator, who may remove the last admin too: its sessions, sign-ins,
 *  passkeys and claims end at once, its decisions stay. False where there is none. */
export async function removeModerator(
  store: Store,
  named: { site: string; email: string },
  now: Date,
): Promise<boolean> {
  const email = sameEmail(named.email);
  const account = (await listAccounts(store, named.site)).find((one) => one.email === email);
  if (!account) return false;
  const { site, id } = account;
  const removed = await removeAccount(store, { site, id, actor: 'operator', at: now, evenLastAdmin: true });
  return removed.outcome === 'removed';
}
