import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process by more than its number, which is given out again: after a restart of a container even at once. */
export type ProcessMark = {
  /** Where the number means something: the machine's name, and on Linux the container's own count of processes. */
  machine: string;
  pid: number;
  /** When it began, as the system counts; empty where the system does not say. */
  began: string;
};

/** The mark of this process. */
export function describeSelf(): ProcessMark {
  return { machine: nameMachine(), pid: process.pid, began: readBegin(process.pid) ?? '' };
}

/** Whether the process of a mark still runs; 'unknown' for one of another machine or container. */
export function isLiving({ machine, pid, began }: ProcessMark): boolean | 'unknown' {
  if (machine !== nameMachine()) return 'unknown';
  if (!Number.isSafeInteger(pid) || pid < 1 || !isTaken(pid)) return false;
  const begin = readBegin(pid);
  return begin === undefined || began === '' || begin === began;
}

function nameMachine(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Clock ticks from the machine's start to the process's (field 22 of proc_pid_stat(5)). */
function readBegin(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold anything.
    const [state, ...fields] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    // A killed process that nobody has waited for keeps its number without being there.
    return state === 'Z' ? 'never' : fields[18];
  } catch {
    return undefined;
  }
}
