import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { readOrCreate } from '../dataFolder.ts';
import { explainFailure, readFailure, StorageProblem } from '../problem.ts';
import { type Account, chooseAccount } from './account.ts';
import { canEnter, nameFolders, type ServerFolders } from './folders.ts';

/** Where clusters stand that their data folder cannot hold. Not in the folder for temporary files, which is cleaned. */
export const placesFolder = '/var/lib/stet-postgres';

/** The server's folders for a data folder. Inside it, unless root starts Stet and the server's account cannot pass through
 *  the folders above (a clone under /root): then the cluster stands in a folder of its own below `places`, and the data
 *  folder's `postgres/location` says where. `notice` is one sentence about that, for the first time only. Throws a
 *  StorageProblem where the recorded folder is gone or belongs to the original of a copied data folder. */
export async function locateServer(
  dataFolder: string,
  places: string = placesFolder,
): Promise<{ folders: ServerFolders; notice?: string }> {
  const home = path.resolve(dataFolder, 'postgres');
  const recorded = readLocation(home);
  if (recorded !== undefined) return { folders: nameFolders(home, recorded) };
  const inside = nameFolders(home, home);
  if (process.getuid?.() !== 0 || existsSync(inside.cluster)) return { folders: inside };
  const account = chooseAccount(inside.cluster);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  if (!account || canEnter(account, home)) return { folders: inside };
  const made = makePlace(home, { account, places });
  // Whoever uses the folders says why it cannot.
  if (made === undefined) return { folders: inside };
  const place = await recordPlace(home, made);
  const folders = nameFolders(home, place);
  return place === made ? { folders, notice: describePlace(place, { home, account }) } : { folders };
}

/** Folders of clusters whose data folder is gone or names another: nobody uses them, and their comments are still there. */
export function listOrphans(places: string = placesFolder): string[] {
  if (process.getuid?.() !== 0 || !existsSync(places)) return [];
  return readdirSync(places)
    .map((name) => path.join(places, name))
    .filter((place) => {
      const dataFolder = readIfThere(path.join(place, 'data-folder'));
      return (
        dataFolder !== undefined &&
        readIfThere(locationFile(path.join(dataFolder, 'postgres')))?.split('\n')[0] !== place
      );
    });
}

function describePlace(place: string, { home, account }: { home: string; account: Account }): string {
  return (
    `PostgreSQL refuses to run as root, and the user it runs as (${account.name}) cannot reach ${path.dirname(home)}, ` +
    `so the database is kept in ${place}. Back up that folder too.`
  );
}

/** The place that the data folder names. Its second line is the folder that it was written for. */
function readLocation(home: string): string | undefined {
  const file = locationFile(home);
  const [place = '', writtenFor = ''] = readIfThere(file)?.split('\n') ?? [];
  if (place === '') return undefined;
  if (!existsSync(place)) {
    throw new StorageProblem(
      'folder',
      `The database of ${path.dirname(home)} is kept in ${place}, and that folder is gone.`,
      `Restore it from a backup, or delete ${file} to begin with an empty database.`,
    );
  }
  const original = locationFile(writtenFor);
  // A data folder that was moved keeps its database; a copy must not join the original's.
  if (writtenFor !== home && readIfThere(original)?.split('\n')[0] === place && !isSameFile(original, file)) {
    throw new StorageProblem(
      'folder',
      `${path.dirname(home)} is a copy of ${path.dirname(writtenFor)}, whose database is kept in ${place}.`,
      `Delete ${file} to begin with an empty database, or delete the original's ${original} if this folder takes its place.`,
    );
  }
  return place;
}

/** A new folder that belongs to root and that the account can pass through, or undefined where there can be none. */
function makePlace(home: string, { account, places }: { account: Account; places: string }): string | undefined {
  const place = path.join(places, randomBytes(8).toString('hex'));
  try {
    if (!existsSync(path.dirname(places))) return undefined;
    makePassable(places);
    const { uid, mode } = lstatSync(places);
    // In somebody else's folder it could be exchanged for another.
    if (uid !== 0 || (mode & 0o022) !== 0) return undefined;
    makePassable(place);
    // For whoever finds the folder and wonders whether it can go.
    writeFileSync(path.join(place, 'data-folder'), `${path.dirname(home)}\n`, { mode: 0o600 });
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST'].includes(readFailure(error).code)) return undefined;
    throw explainFailure(error);
  }
  if (canEnter(account, place)) return place;
  rmSync(place, { recursive: true, force: true });
  return undefined;
}

// The mode is set once more because a strict umask takes it away; a folder that was there before stays as it is.
function makePassable(folder: string): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o711 }) !== undefined) chmodSync(folder, 0o711);
}

/** Writes the place down and returns it, or the place of another process that was first. */
async function recordPlace(home: string, made: string): Promise<string> {
  const recorded = await readOrCreate(locationFile(home), () => `${made}\n${home}\n`, 0o644);
  const [place = ''] = recorded.split('\n');
  if (place !== made) rmSync(made, { recursive: true, force: true });
  return place;
}

function locationFile(home: string): string {
  return path.join(home, 'location');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(readFailure(error).code)) return undefined;
    throw explainFailure(error);
  }
}

// One folder under two names, as behind a mount.
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statSync(one, { throwIfNoEntry: false }), statSync(other, { throwIfNoEntry: false })];
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}
