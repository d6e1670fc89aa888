import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The checkout. */
export const root = path.join(import.meta.dirname, '..');

export type Options = {
  cwd?: string;
  environment?: Record<string, string>;
  /** Whether standard output goes nowhere: for programs that log every request, which would cost whoever reads it. */
  isMuted?: boolean;
};

/** A server in a process of its own. */
export type Program = {
  /** Ends it with SIGTERM, and resolves when it has ended. Twice is once. */
  stop(): Promise<void>;
};

const stopMilliseconds = 20_000;
const readyMilliseconds = 60_000;

/** Runs a program to its end and returns its standard output. Throws its standard error when it fails. */
export async function runProgram(
  program: string,
  programArguments: readonly string[],
  options: Options = {},
): Promise<string> {
  const child = spawnIn(program, programArguments, options);
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (output += part));
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (errors += part));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`${path.basename(program)} ${programArguments.join(' ').slice(0, 200)}: ${errors || output}`);
  return output;
}

/** Starts a server and resolves when `url` answers 200. Throws with its last words when it ends before. */
export async function startProgram(
  command: readonly [string, ...string[]],
  url: string,
  options: Options = {},
): Promise<Program> {
  const [program, ...programArguments] = command;
  const child = spawnIn(program, programArguments, options);
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => (words = (words + part).slice(-4000)));
  }
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    signal(child, 'SIGTERM');
    const late = setTimeout(() => signal(child, 'SIGKILL'), stopMilliseconds);
    await ended;
    clearTimeout(late);
  };
  running.add(stop);
  const start = performance.now();
  while (!(await isAnswering(url))) {
    if (child.exitCode !== null) throw new Error(`${programArguments.at(-1)} ended: ${words}`);
    if (performance.now() - start > readyMilliseconds) throw new Error(`${url} did not answer in a minute: ${words}`);
    await pause(5);
  }
  return { stop };
}

/** Ends every server that still runs. */
export async function stopPrograms(): Promise<void> {
  for (const stop of running) await stop();
}

/** A port that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port was bound');
  return address.port;
}

const running = new Set<() => Promise<void>>();

// In a process group of its own, as a terminal or a supervisor has it: npm hands SIGTERM on to a shell that may not.
function spawnIn(
  program: string,
  programArguments: readonly string[],
  { cwd = root, environment = {}, isMuted = false }: Options,
): ChildProcess {
  return spawn(program, programArguments, {
    cwd,
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', isMuted ? 'ignore' : 'pipe', 'pipe'],
  });
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended in between.
  }
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
