import { readArguments, refuseArguments } from './arguments.ts';
import { printLine } from './print.ts';
import { UsageProblem } from './problems.ts';
import { readVersion } from './version.ts';

type Command = { does: string; run: (args: readonly string[]) => Promise<void> };

// What a command needs is loaded when it is called: most of a start was the rooms of all the others.
// One line for each command.
// oxfmt-ignore
const list: Readonly<Record<string, Command>> = {
  start: { does: 'serves, with the sample site on the first run', run: async (args) => (await import('./serve.ts')).start(args) },
  serve: { does: 'serves without the sample; --score-only: the scoring endpoint alone', run: serve },
  migrate: { does: 'brings the schema up to date', run: async (args) => (await import('./migrate.ts')).migrate(args) },
  'site add': { does: 'makes a site', run: async (args) => (await import('./site.ts')).addSite(args) },
  'site list': { does: 'shows the sites', run: async (args) => (await import('./site.ts')).listAllSites(args) },
  'site set': { does: 'changes settings of a site', run: async (args) => (await import('./site.ts')).setSite(args) },
  'site webhook-key': { does: "prints the key that a site's webhooks are signed with", run: async (args) => (await import('./site.ts')).printWebhookKey(args) },
  'story add': { does: 'adds stories from Markdown files', run: async (args) => (await import('./story.ts')).addStories(args) },
  'story export': { does: 'writes a story with its comments as one HTML file', run: async (args) => (await import('./storyExport.ts')).exportStory(args) },
  'story list': { does: 'shows the stories of a site', run: async (args) => (await import('./story.ts')).listAllStories(args) },
  'moderator add': { does: 'makes an account and prints a one-time sign-in', run: async (args) => (await import('./account.ts')).addModeratorAccount(args) },
  'moderator list': { does: 'shows the accounts of a site', run: async (args) => (await import('./account.ts')).listModerators(args) },
  'moderator remove': { does: 'ends an account', run: async (args) => (await import('./account.ts')).removeModeratorAccount(args) },
  'token add': { does: 'makes a bearer token for a program', run: async (args) => (await import('./token.ts')).addProgramToken(args) },
  'token list': { does: 'shows the programs of a site', run: async (args) => (await import('./token.ts')).listProgramTokens(args) },
  'token revoke': { does: "ends a program's tokens", run: async (args) => (await import('./token.ts')).revokeProgramToken(args) },
  screen: { does: 'screens JSON lines from standard input', run: async (args) => (await import('./screen.ts')).screenLines(args) },
  train: { does: "fits the scores on a newsroom's own decisions", run: async (args) => (await import('./train.ts')).train(args) },
  evaluate: { does: 'measures the scores on decisions held out by time', run: async (args) => (await import('./train.ts')).evaluate(args) },
  verify: { does: 'holds the stored data to the promises', run: async (args) => (await import('./verify.ts')).verify(args) },
  doctor: { does: 'says what is wrong with this installation and how to mend it', run: async (args) => (await import('./doctor.ts')).doctor(args) },
};

const serveUsage = 'stet serve [--score-only]';

/** `stet serve`; what the two kinds of server load has little in common. */
async function serve(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { 'score-only': { type: 'boolean' } }, serveUsage);
  refuseArguments(read.positionals, serveUsage);
  return read.has('score-only')
    ? (await import('./serveScores.ts')).serveScores()
    : (await import('./serve.ts')).serve();
}

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
