import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort, startProgram } from './programs.ts';
import { readProcess } from './stet.ts';

/** How long `npm start` takes to answer 200 on /readyz, in seconds, and what the server then holds in memory, in MB. */
export type Startup = { first: number; again: number[]; residentMegabytes: number[] };

// After a start the compiler and the collector are busy for a while; memory is read when they have come to rest.
const restMilliseconds = 5_000;

/** Starts the product on an empty data folder as a newcomer does, ends it, and starts it again `times` times. */
export async function measureStartup(dataFolder: string, times: number): Promise<Startup> {
  const [first] = await startOnce(dataFolder);
  const again: number[] = [];
  const residentMegabytes: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const [seconds, megabytes] = await startOnce(dataFolder);
    again.push(seconds);
    residentMegabytes.push(megabytes);
  }
  return { first, again, residentMegabytes };
}

/** The resident memory of a process in MB, by `ps`. */
export function readResident(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout.trim()) / 1024;
}

async function startOnce(dataFolder: string): Promise<[seconds: number, megabytes: number]> {
  const port = await findFreePort();
  const environment = { STET_DATA: dataFolder, PORT: String(port) };
  const begin = performance.now();
  const program = await startProgram(['npm', 'start'], `http://127.0.0.1:${port}/readyz`, { environment });
  const seconds = (performance.now() - begin) / 1000;
  await pause(restMilliseconds);
  const megabytes = readResident(readProcess(dataFolder));
  await program.stop();
  return [seconds, megabytes];
}
