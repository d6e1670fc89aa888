import { SettingsProblem } from '../config/settings.ts';
import { StorageProblem } from '../storage/problem.ts';

/** What a command was called with and cannot use: exit code 2, as the shell's own commands have it. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}

/** What a command asked for and the data does not have: exit code 1. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem';
}

/** Prints what ended a command, and returns its exit code: one sentence with its mend for what a person can mend, a stack
 *  trace for a bug. */
export function reportProblem(error: unknown, print: (line: string) => void): number {
  if (error instanceof StorageProblem) {
    print(`stet: ${error.message} ${error.mend}`);
    return error.exitCode;
  }
  if (error instanceof SettingsProblem) {
    print(`stet: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof UsageProblem || error instanceof CommandProblem) {
    print(`stet: ${error.message}`);
    return error instanceof UsageProblem ? 2 : 1;
  }
  const port = explainListening(error);
  if (port !== undefined) {
    print(`stet: ${port}`);
    return 69;
  }
  print(`stet: this is a fault of Stet itself: ${error instanceof Error ? error.stack : String(error)}`);
  return 70;
}

function explainListening(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  // The database's host is looked up as well, but that failure is a StorageProblem by now.
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return undefined;
  const port = 'port' in error ? String(error.port) : 'that is set';
  switch (error.code) {
    case 'EADDRINUSE':
      return `The port ${port} is taken by another program: stop it, or choose another with PORT=3001 (PORT=0 picks a free one).`;
    case 'EACCES':
      return `The port ${port} needs more rights than this user has: choose one above 1023 with PORT=3000.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'HOST is no address of this machine: use 127.0.0.1, or 0.0.0.0 for every one it has.';
    default:
      return undefined;
  }
}
