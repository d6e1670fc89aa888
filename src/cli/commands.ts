import { addModeratorAccount, listModerators, removeModeratorAccount } from './account.ts';
import { doctor } from './doctor.ts';
import { migrate } from './migrate.ts';
import { printLine } from './print.ts';
import { UsageProblem } from './problems.ts';
import { screenLines } from './screen.ts';
import { serve, start } from './serve.ts';
import { addSite, listAllSites, printWebhookKey, setSite } from './site.ts';
import { addStories, listAllStories } from './story.ts';
import { addProgramToken, listProgramTokens, revokeProgramToken } from './token.ts';
import { evaluate, train } from './train.ts';
import { verify } from './verify.ts';
import { readVersion } from './version.ts';

type Command = { does: string; run: (args: readonly string[]) => Promise<void> };

const list: Readonly<Record<string, Command>> = {
  start: { does: 'serves, with the sample site on the first run', run: start },
  serve: { does: 'serves without the sample', run: serve },
  migrate: { does: 'brings the schema up to date', run: migrate },
  'site add': { does: 'makes a site', run: addSite },
  'site list': { does: 'shows the sites', run: listAllSites },
  'site set': { does: 'changes settings of a site', run: setSite },
  'site webhook-key': { does: "prints the key that a site's webhooks are signed with", run: printWebhookKey },
  'story add': { does: 'adds stories from Markdown files', run: addStories },
  'story list': { does: 'shows the stories of a site', run: listAllStories },
  'moderator add': { does: 'makes an account and prints a one-time sign-in', run: addModeratorAccount },
  'moderator list': { does: 'shows the accounts of a site', run: listModerators },
  'moderator remove': { does: 'ends an account', run: removeModeratorAccount },
  'token add': { does: 'makes a bearer token for a program', run: addProgramToken },
  'token list': { does: 'shows the programs of a site', run: listProgramTokens },
  'token revoke': { does: "ends a program's tokens", run: revokeProgramToken },
  screen: { does: 'screens JSON lines from standard input', run: screenLines },
  train: { does: "fits the scores on a newsroom's own decisions", run: train },
  evaluate: { does: 'measures the scores on decisions held out by time', run: evaluate },
  verify: { does: 'holds the stored data to the promises', run: verify },
  doctor: { does: 'says what is wrong with this installation and how to mend it', run: doctor },
};

const commands: ReadonlyMap<string, Command> = new Map(Object.entries(list));

/** Runs the command that the arguments name. Throws a UsageProblem for one that there is not, and what the command throws. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const [first = '', second = ''] = args;
  if (first === '--version') return printLine(readVersion());
  if (first === '' || first === 'help' || first === '--help') return printLine(describeCommands());
  const pair = commands.get(`${first} ${second}`);
  if (pair) return pair.run(args.slice(2));
  const single = commands.get(first);
  if (single) return single.run(args.slice(1));
  throw new UsageProblem(`There is no command "${args.slice(0, 2).join(' ')}" in this version.\n${describeCommands()}`);
}

function describeCommands(): string {
  const lines = [...commands].map(([name, { does }]) => `  stet ${name.padEnd(17)} ${does}`);
  return ['Usage:', ...lines].join('\n');
}
