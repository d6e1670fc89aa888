import { setTimeout as pause } from 'node:timers/promises';
import { tokenScopes, type TokenScope } from '../contract/desk.ts';
import { listAccounts } from '../record/accounts.ts';
import { addToken, revokeToken } from '../identity/tokens.ts';
import { leaseMilliseconds } from '../record/watch.ts';
import { requireOneOf } from './account.ts';
import { readArguments, requireSite } from './arguments.ts';
import { withInstallation } from './open.ts';
import { printJson, printLine } from './print.ts';
import { CommandProblem, UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const addUsage = `stet token add --site KEY --scope ${tokenScopes.join('|')} [--name NAME]`;

/** `stet token add`: a bearer token for a program, alone on standard output, once every running server knows it. */
export async function addProgramToken(args: readonly string[]): Promise<void> {
  const shapes = {
    site: { type: 'string' },
    scope: { type: 'string', multiple: true },
    name: { type: 'string' },
  } as const;
  const read = readArguments(args, shapes, addUsage);
  if (read.positionals.length > 0) throw new UsageProblem(`Usage: ${addUsage}`);
  const scopes = read.readAll('scope').map((scope) => requireOneOf<TokenScope>(scope, tokenScopes, addUsage));
  if (scopes.length === 0) throw new UsageProblem(`--scope is missing. Usage: ${addUsage}`);
  const site = requireSite(read);
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    const name = read.read('name') ?? `program (${scopes.join(', ')})`;
    const token = await addToken(store, { site, scopes, name }, new Date());
    if (scopes.includes('score')) await pause(leaseMilliseconds);
    printLine(token);
  });
}

/** `stet token list`: the programs of a site as JSON; of their tokens only hashes exist, and those are not shown. */
export async function listProgramTokens(args: readonly string[]): Promise<void> {
  const site = requireSite(readArguments(args, { site: { type: 'string' } }, 'stet token list --site KEY'));
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    printJson((await listAccounts(store, site)).filter(({ kind }) => kind === 'program'));
  });
}

const revokeUsage = 'stet token revoke NAME-OR-ID --site KEY';

/** `stet token revoke`: once it returns, the tokens of this name or id open nothing on any running server; decisions made
 *  with them stay. */
export async function revokeProgramToken(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { site: { type: 'string' } }, revokeUsage);
  const [program, ...more] = read.positionals;
  if (!program || more.length > 0) throw new UsageProblem(`Usage: ${revokeUsage}`);
  const site = requireSite(read);
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    const revoked = await revokeToken(store, { site, program }, new Date());
    await pause(leaseMilliseconds);
    if (revoked === 0)
      throw new CommandProblem(
        `The site "${site}" has no program "${program}". \`npx stet token list --site ${site}\` shows them.`,
      );
  });
}
