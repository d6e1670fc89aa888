import { roles, type Role } from '../contract/desk.ts';
import { isEmail, parseSections } from '../contract/people.ts';
import { addModerator, removeModerator } from '../identity/moderators.ts';
import { listAccounts } from '../record/accounts.ts';
import { findPublicUrl } from './addresses.ts';
import { readArguments, requireSite, type Arguments } from './arguments.ts';
import { withInstallation } from './open.ts';
import { printJson, printLine } from './print.ts';
import { CommandProblem, UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const addUsage = `stet moderator add EMAIL --site KEY --role ${roles.join('|')} [--section NAME…|--every-section]`;

/** `stet moderator add`: an account, or a new sign-in for one that is there; prints the one-time address. Its secret stands
 *  in the fragment, which no server ever sees. */
export async function addModeratorAccount(args: readonly string[]): Promise<void> {
  const shapes = {
    site: { type: 'string' },
    role: { type: 'string' },
    name: { type: 'string' },
    section: { type: 'string', multiple: true },
    'every-section': { type: 'boolean' },
  } as const;
  const read = readArguments(args, shapes, addUsage);
  const [address = '', ...more] = read.positionals;
  if (more.length > 0) throw new UsageProblem(`Usage: ${addUsage}`);
  if (!isEmail(address)) throw new UsageProblem(`"${address}" is no e-mail address. Usage: ${addUsage}`);
  const role = requireOneOf<Role>(read.require('role'), roles, addUsage);
  const sections = readSections(read, role);
  const site = requireSite(read);
  await withInstallation(async ({ store, settings }) => {
    await requireKnownSite(store, site);
    const name = read.read('name');
    const secret = await addModerator(store, { site, email: address, role, name, sections }, new Date());
    printLine(`${await findPublicUrl(settings)}/desk/sign-in#${secret}`);
  });
}

/** The sections that the account is limited to; undefined leaves an account as it is, and a new one unlimited. */
function readSections(read: Arguments, role: Role): readonly string[] | undefined {
  const given = read.readAll('section');
  if (read.has('every-section')) {
    if (given.length > 0)
      throw new UsageProblem(`--section and --every-section exclude each other. Usage: ${addUsage}`);
    return [];
  }
  if (given.length === 0) return undefined;
  if (role === 'admin') throw new UsageProblem('An admin keeps the accounts of the whole site and has every section.');
  const sections = parseSections(given);
  if (!sections) throw new UsageProblem(`--section is no section of a story. Usage: ${addUsage}`);
  return sections;
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
