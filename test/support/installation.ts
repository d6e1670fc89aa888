import { temporaryFolder } from './folders.ts';
import { runStet, startStet, type StetServer } from './stet.ts';

/** One installation, as an operator has it: commands and server processes under one environment. */
export type Installation = {
  dataFolder: string;
  /** Runs a command to its end: `stet('token', 'add', …)`. Resolves to its standard output. Rejects, with everything that it
   *  said, for any other exit code than 0. */
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
  /** SIGTERM, and the exit code after the drain. Twice is once. */
  stop(): Promise<number | null>;
  /** Everything that it printed. */
  output(): string;
};

/** Makes an installation in a folder of its own; `given` is DATABASE_URL and what else it is set up with. */
export function makeInstallation(given: Record<string, string>): Installation {
  const { folder, remove } = temporaryFolder();
  const environment = { STET_DATA: folder, PORT: '0', ...given };
  const servers: StetServer[] = [];
  const run = async (command: readonly string[]): Promise<{ code: number | null; stdout: string; output: string }> => {
    const { code, stdout, stderr } = await runStet(command, { environment });
    return { code, stdout, output: stdout + stderr };
  };
  return {
    dataFolder: folder,
    fail: (...command) => run(command),
    stet: async (...command) => {
      const { code, stdout, output } = await run(command);
      if (code !== 0) throw new Error(`stet ${command.join(' ')} ended with ${code}: ${output}`);
      return stdout;
    },
    serve: async (command = 'serve') => {
      const server = await startStet({ command, environment });
      servers.push(server);
      const { origin } = new URL(server.url);
      return {
        url: origin,
        fetch: (path, init) => fetch(origin + path, init),
        stop: () => server.stop(),
        output: () => server.stdout() + server.stderr(),
      };
    },
    remove: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      remove();
    },
  };
}
