import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './folders.ts';
import { type Running, startNode } from './processes.ts';

/** One installation, as an operator has it: commands and server processes under one environment. */
export type Installation = {
  dataFolder: string;
  /** Runs a command to its end: `stet('token', 'add', …)`. Rejects, with its output, for any other exit code than 0. */
  stet(...command: string[]): Promise<string>;
  /** As `stet`, for a command that is to fail: its exit code and everything that it said. */
  fail(...command: string[]): Promise<{ code: number | null; output: string }>;
  /** Starts a server process on a free port, resolved when it serves. `start` makes the sample site first. */
  serve(command?: 'serve' | 'start'): Promise<Served>;
  /** Ends what still runs, and removes the data folder. */
  remove(): Promise<void>;
};

/** A server process. */
export type Served = {
  url: string;
  /** Below `url`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** SIGTERM, and the exit code after the drain. */
  stop(): Promise<number | null>;
  /** Everything that it printed. */
  output(): string;
};

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Makes an installation in a folder of its own; `environment` is DATABASE_URL and what else it is set up with. */
export function makeInstallation(environment: Record<string, string>): Installation {
  const { folder, remove } = temporaryFolder();
  const running = new Set<Running>();
  const start = (command: readonly string[]): Running => {
    const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
    const env = { PATH, NODE_COMPILE_CACHE, STET_DATA: folder, PORT: '0', ...environment };
    const started = startNode(main, [...command], { env });
    running.add(started);
    void started.ended.then(() => running.delete(started));
    return started;
  };
  const fail: Installation['fail'] = async (...command) => {
    const started = start(command);
    const { code } = await started.ended;
    return { code, output: started.output() };
  };
  return {
    dataFolder: folder,
    fail,
    stet: async (...command) => {
      const { code, output } = await fail(...command);
      if (code !== 0) throw new Error(`stet ${command.join(' ')} ended with ${code}: ${output}`);
      return output;
    },
    serve: async (command = 'serve') => {
      const started = start([command]);
      const [url = ''] = /http:\/\/localhost:\d+/.exec(await started.waitFor(/http:\/\/localhost:\d+\S*\n/)) ?? [];
      return {
        url,
        fetch: (path, init) => fetch(url + path, init),
        stop: async () => {
          started.child.kill('SIGTERM');
          return (await started.ended).code;
        },
        output: started.output,
      };
    },
    remove: async () => {
      const all = [...running];
      for (const { child } of all) child.kill('SIGTERM');
      await Promise.all(all.map(({ ended }) => ended));
      remove();
    },
  };
}
