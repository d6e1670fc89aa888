import { roles, type Role } from '../contract/desk.ts';
import { addModerator, removeModerator } from '../identity/moderators.ts';
import { listAccounts } from '../record/accounts.ts';
import { findPublicUrl } from './addresses.ts';
import { readArguments, requireSite } from './arguments.ts';
import { withInstallation } from './open.ts';
import { printJson, printLine } from './print.ts';
import { CommandProblem, UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const addUsage = `stet moderator add EMAIL --site KEY --role ${roles.join('|')}`;
const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/;

/** `stet moderator add`: an account, or a new sign-in for one that is there; prints the one-time address. Its secret stands
 *  in the fragment, which no server ever sees. */
export async function addModeratorAccount(args: readonly string[]): Promise<void> {
  const shapes = { site: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } } as const;
  const read = readArguments(args, shapes, addUsage);
  const [address = '', ...more] = read.positionals;
  if (more.length > 0) throw new UsageProblem(`Usage: ${addUsage}`);
  if (!email.test(address)) throw new UsageProblem(`"${address}" is no e-mail address. Usage: ${addUsage}`);
  const role = requireOneOf<Role>(read.require('role'), roles, addUsage);
  const site = requireSite(read);
  await withInstallation(async ({ store, settings }) => {
    await requireKnownSite(store, site);
    const secret = await addModerator(store, { site, email: address, role, name: read.read('name') }, new Date());
    printLine(`${await findPublicUrl(settings)}/desk/sign-in#${secret}`);
  });
}

/** `stet moderator list`: the accounts of a site as JSON. */
export async function listModerators(args: readonly string[]): Promise<void> {
  const site = requireSite(readArguments(args, { site: { type: 'string' } }, 'stet moderator list --site KEY'));
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    printJson((await listAccounts(store, site)).filter(({ kind }) => kind === 'person'));
  });
}

const removeUsage = 'stet moderator remove EMAIL --site KEY';

/** `stet moderator remove`: ends an account and its sessions; its decisions stay. */
export async function removeModeratorAccount(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { site: { type: 'string' } }, removeUsage);
  const [address] = read.positionals;
  if (!address) throw new UsageProblem(`Usage: ${removeUsage}`);
  const site = requireSite(read);
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    const removed = await removeModerator(store, { site, email: address }, new Date());
    if (!removed) throw new CommandProblem(`${address} has no account on the site "${site}".`);
  });
}

/** The choice that was written. Throws a UsageProblem for what is none. */
export function requireOneOf<Choice extends string>(value: string, choices: readonly Choice[], usage: string): Choice {
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw new UsageProblem(`"${value}" is none of ${choices.join(', ')}. Usage: ${usage}`);
  return chosen;
}
