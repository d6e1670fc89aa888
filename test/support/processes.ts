import { type ChildProcessWithoutNullStreams, spawn, type SpawnOptionsWithoutStdio } from 'node:child_process';
import { once } from 'node:events';

/** A started program whose output can be waited for. */
export type Running = {
  child: ChildProcessWithoutNullStreams;
  /** All of standard output and standard error so far. */
  output(): string;
  /** Resolves with the output so far when it matches. Rejects, with the output, when the program ends before. */
  waitFor(pattern: RegExp): Promise<string>;
  /** Exit code and signal, when it has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Starts a TypeScript or JavaScript file under this very Node. */
export function startNode(file: string, fileArguments: string[] = [], options: SpawnOptionsWithoutStdio = {}): Running {
  return watchProgram(spawn(process.execPath, [file, ...fileArguments], options));
}

/** Watches a program that was spawned with pipes. */
export function watchProgram(child: ChildProcessWithoutNullStreams): Running {
  let output = '';
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as Awaited<Running['ended']>);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (part: string) => (output += part));
  }
  // A program that ended no longer reads; the test sees that by its end.
  child.stdin.on('error', () => {});
  const waitFor = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      if (pattern.test(output)) return output;
      const heard = new AbortController();
      const more = [child.stdout, child.stderr].map((stream) => once(stream, 'data', { signal: heard.signal }));
      const end = await Promise.race([ended, ...more]).finally(() => {
        for (const each of more) each.catch(() => {});
        heard.abort();
      });
      if (!Array.isArray(end) && !pattern.test(output)) {
        throw new Error(`ended with ${end.code ?? end.signal} before it said ${pattern}:\n${output}`);
      }
    }
  };
  return { child, output: () => output, waitFor, ended };
}
