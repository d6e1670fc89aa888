import { createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { isObject } from '../contract/json.ts';
import { addDays } from '../contract/time.ts';

/** Turns networks into names that mean nothing once their day's key is gone (threats.md §5). */
export type DayKeys = {
  /** 12 bytes of HMAC-SHA-256 under the key of `now`'s UTC day, in hex; the same in every process of this data folder. */
  nameNetwork(prefix: string, now: Date): string;
  /** The name that a network had at an earlier time, by the key of that time's UTC day; undefined once it is destroyed. */
  recallNetwork(prefix: string, at: Date): string | undefined;
  /** Destroys the keys of days before yesterday, in memory and in the file. */
  purge(now: Date): void;
  /** Forgets everything in memory. The file stays, for the other processes. */
  close(): void;
};

type Keys = Map<string, Buffer>;

const nameBytes = 12;
const keyBytes = 32;
// A crashed writer leaves its draft behind; a live one is done in milliseconds.
const draftLivesMilliseconds = 10_000;
// Names are asked for with every submission; what is kept in memory holds raw prefixes and is bounded by this.
const mostNames = 20_000;

/** Opens the keys in `dataFolder`: one file, `day-keys`, mode 0600. A key is made on its day, kept for the next and then
 *  destroyed: at most 48 hours, and at the latest at the following start, before which 72 may not pass. */
export function openDayKeys(dataFolder: string, now: Date): DayKeys {
  const file = path.join(dataFolder, 'day-keys');
  let keys: Keys = new Map();
  let names = new Map<string, string>();
  let namesDay = -1;

  const adopt = (next: Keys): void => {
    for (const [day, key] of keys) if (!next.get(day)?.equals(key)) key.fill(0);
    keys = next;
  };
  const keyOf = (at: Date): Buffer => {
    const day = dayOf(at);
    const known = keys.get(day);
    if (known) return known;
    adopt(updateFile(file, at, { make: true }));
    const made = keys.get(day);
    if (!made) throw new Error('the key of the day could not be made');
    return made;
  };
  const purge = (at: Date): void => {
    if (dayNumber(at) !== namesDay) names = new Map();
    adopt(updateFile(file, at, { make: false }));
  };
  purge(now);
  return {
    nameNetwork: (prefix, at) => {
      const day = dayNumber(at);
      if (day !== namesDay || names.size >= mostNames) names = new Map();
      namesDay = day;
      const known = names.get(prefix);
      if (known) return known;
      const name = makeName(keyOf(at), prefix);
      names.set(prefix, name);
      return name;
    },
    recallNetwork: (prefix, at) => {
      const key = keys.get(dayOf(at));
      return key && makeName(key, prefix);
    },
    purge,
    close: () => {
      names = new Map();
      adopt(new Map());
    },
  };
}

function makeName(key: Buffer, prefix: string): string {
  return createHmac('sha256', key)
    .update(prefix)
    .digest('hex')
    .slice(0, nameBytes * 2);
}

/** The UTC day of a time, `2026-11-22`. */
function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function dayNumber(time: Date): number {
  return Math.floor(time.getTime() / 86_400_000);
}

/** Keys that may still exist at `now`: today's and yesterday's. A key of tomorrow is another process's whose clock is
 *  ahead by a little. */
function keepsDay(day: string, now: Date): boolean {
  return [-1, 0, 1].some((days) => dayOf(addDays(now, days)) === day);
}

// Once a day, and at start-up: synchronous, so that no request can be named under a key that another process replaces.
function updateFile(file: string, now: Date, { make }: { make: boolean }): Keys {
  const today = dayOf(now);
  const isSettled = (found: Keys): boolean =>
    [...found.keys()].every((day) => keepsDay(day, now)) && (!make || found.has(today));
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = readKeys(file);
    if (isSettled(found)) return found;
    const draft = openDraft(`${file}.new`);
    if (draft === undefined) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      continue;
    }
    // Read again behind the lock: another process may just have written.
    const kept: Keys = new Map([...readKeys(file)].filter(([day]) => keepsDay(day, now)));
    if (make && !kept.has(today)) kept.set(today, randomBytes(keyBytes));
    replaceFile(file, draft, kept);
    return kept;
  }
  throw new Error(`${file}.new is held by another process`);
}

/** The draft is the lock: only one process can create it. */
function openDraft(draft: string): number | undefined {
  try {
    return openSync(draft, 'wx', 0o600);
  } catch (error) {
    if (!isMissingOrThere(error, 'EEXIST')) throw error;
  }
  const age = statSync(draft, { throwIfNoEntry: false })?.mtimeMs;
  if (age !== undefined && Date.now() - age > draftLivesMilliseconds) rmSync(draft, { force: true });
  return undefined;
}

function replaceFile(file: string, draft: number, keys: Keys): void {
  const lines = Object.fromEntries([...keys].map(([day, key]) => [day, key.toString('base64')]));
  writeSync(draft, `${JSON.stringify(lines)}\n`);
  fsyncSync(draft);
  closeSync(draft);
  const old = openExisting(file);
  renameSync(`${file}.new`, file);
  if (old !== undefined) wipe(old);
}

// The blocks of the replaced file still hold the destroyed key: they are overwritten where they stand.
function wipe(old: number): void {
  writeSync(old, Buffer.alloc(fstatSync(old).size), 0, null, 0);
  fsyncSync(old);
  closeSync(old);
}

function openExisting(file: string): number | undefined {
  try {
    return openSync(file, 'r+');
  } catch (error) {
    if (isMissingOrThere(error, 'ENOENT')) return undefined;
    throw error;
  }
}

// A file that cannot be read (cut short, wiped) holds no keys: names of that day begin anew, nothing else depends on it.
function readKeys(file: string): Keys {
  const keys: Keys = new Map();
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || isMissingOrThere(error, 'ENOENT')) return keys;
    throw error;
  }
  if (!isObject(content)) return keys;
  for (const [day, key] of Object.entries(content)) {
    if (typeof key === 'string') keys.set(day, Buffer.from(key, 'base64'));
  }
  return keys;
}

function isMissingOrThere(error: unknown, code: 'ENOENT' | 'EEXIST'): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
