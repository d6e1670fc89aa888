import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../config/settings.ts';
import { isObject } from '../contract/json.ts';
import { describeSelf, isLiving, type ProcessMark } from './processMark.ts';

/** What a running server leaves in the data folder: one note for each process, since several may share the folder. */
type Note = { publicUrl: string; since: number; by: ProcessMark };

// Another machine's processes cannot be asked for: its servers renew their notes, and a note of yesterday is a dead one's.
const renewMilliseconds = 3_600_000;
const staleMilliseconds = 86_400_000;

/** Leaves this process's public address in the data folder, for commands that print addresses. Returns what takes it
 *  away again. Throws what the file system answers. */
export async function leaveAddress(dataFolder: string, publicUrl: string): Promise<() => Promise<void>> {
  const folder = noteFolder(dataFolder);
  const file = path.join(folder, `${process.pid}-${randomUUID()}.json`);
  const note: Note = { publicUrl, since: Date.now(), by: describeSelf() };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written aside: whoever reads meanwhile finds all of it or nothing.
  await writeFile(`${file}.new`, JSON.stringify(note));
  await rename(`${file}.new`, file);
  const renewing = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), renewMilliseconds);
  renewing.unref();
  return async () => {
    clearInterval(renewing);
    await rm(file, { force: true }).catch(() => {});
  };
}

/** The address that readers and moderators know: PUBLIC_URL, or that of the server that was started last and still
 *  runs, or the one a server would have. */
export async function findPublicUrl(settings: Settings): Promise<string> {
  if (settings.publicUrl !== undefined) return settings.publicUrl;
  const notes = await readLiving(noteFolder(settings.dataFolder));
  const { machine } = describeSelf();
  const isHere = ({ by }: Note): boolean => by.machine === machine;
  const newestFirst = notes.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)) || b.since - a.since);
  return newestFirst[0]?.publicUrl ?? `http://localhost:${settings.port}`;
}

/** The notes of living servers; those of dead ones are cleared away. */
async function readLiving(folder: string): Promise<readonly Note[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const notes = await Promise.all(names.map((name) => readNote(path.join(folder, name))));
  return notes.filter((note) => note !== undefined);
}

async function readNote(file: string): Promise<Note | undefined> {
  try {
    const note = parseNote(await readFile(file, 'utf8'));
    const living = note && isLiving(note.by);
    const isCurrent = living === 'unknown' ? Date.now() - (await stat(file)).mtimeMs < staleMilliseconds : living;
    if (isCurrent) return note;
    await rm(file, { force: true });
  } catch {
    // It went between listing and reading, or belongs to another user: there is no note to go by.
  }
  return undefined;
}

function parseNote(text: string): Note | undefined {
  const note: unknown = parseJson(text);
  if (!isObject(note) || !isObject(note['by'])) return undefined;
  const { publicUrl, since } = note;
  const { machine, pid, began } = note['by'];
  if (typeof publicUrl !== 'string' || typeof since !== 'number' || typeof machine !== 'string') return undefined;
  if (typeof pid !== 'number' || typeof began !== 'string') return undefined;
  return { publicUrl, since, by: { machine, pid, began } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noteFolder(dataFolder: string): string {
  return path.join(dataFolder, 'servers');
}
