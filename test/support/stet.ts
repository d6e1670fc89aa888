import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A started `stet` process. */
export type StetProcess = {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Exit code, when it has ended; null where a signal ended it. */
  ended: Promise<number | null>;
};

/** How a process is started; the environment holds nothing of the test's own but PATH. */
export type StetOptions = {
  environment?: Record<string, string>;
  /** In place of `node src/cli/main.mjs`. */
  program?: readonly [string, ...string[]];
  uid?: number;
  /** A process group of its own, to be signalled as a whole. */
  detached?: boolean;
  input?: string;
};

export const checkout = path.join(import.meta.dirname, '..', '..');
const main = path.join(checkout, 'src', 'cli', 'main.mjs');

/** Starts `stet` with these arguments. */
export function spawnStet(stetArguments: readonly string[], options: StetOptions = {}): StetProcess {
  const { environment = {}, program = [process.execPath, main], uid, detached = false, input } = options;
  const [file, ...before] = program;
  const child = spawn(file, [...before, ...stetArguments], {
    cwd: checkout,
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', ...environment },
    detached,
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (part: string) => (heard[name] += part));
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, stdout: () => heard.stdout, stderr: () => heard.stderr, ended };
}

/** Runs a command to its end. */
export async function runStet(
  stetArguments: readonly string[],
  options: StetOptions = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const run = spawnStet(stetArguments, options);
  const code = await run.ended;
  return { code, stdout: run.stdout(), stderr: run.stderr() };
}

/** A server that has printed its addresses. */
export type StetServer = StetProcess & {
  /** As it was printed. */
  url: string;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
};

/** Starts a server and waits until it says where it is. Rejects with what it said when it ends before. */
export async function startStet(options: StetOptions & { command?: 'start' | 'serve' } = {}): Promise<StetServer> {
  const run = spawnStet(options.program ? [] : [options.command ?? 'start'], options);
  const { child } = run;
  const printed = Promise.withResolvers<string>();
  child.stdout?.on('data', () => {
    const [url] = /https?:\/\/[^/\s,]+(?=\/(?:s\/sample\/guidelines|desk\n))/.exec(run.stdout()) ?? [];
    if (url !== undefined) printed.resolve(url);
  });
  const early = run.ended.then((code) => {
    throw new Error(`ended with ${code} before it served:\n${run.stdout()}${run.stderr()}`);
  });
  const url = await Promise.race([printed.promise, early]);
  early.catch(() => {});
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return run.ended;
  };
  return { ...run, url, stop };
}
