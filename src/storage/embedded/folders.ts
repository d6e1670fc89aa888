import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StorageProblem } from '../problem.ts';
import { type Account, runAs } from './account.ts';

/** Where the embedded server lives inside the data folder; `home` belongs to whoever starts Stet, `cluster` and the
 *  socket folder to the account that the server runs as. */
export type ServerFolders = { home: string; cluster: string; log: string; socketRecord: string };

/** The port in the socket's name; no port of the machine is opened. */
export const socketPort = 5432;

// 104 bytes with the closing zero on macOS, 108 on Linux.
const longestSocketPath = 103;

/** The folders of a data folder, by name; makes none of them. */
export function nameFolders(dataFolder: string): ServerFolders {
  const home = path.resolve(dataFolder, 'postgres');
  return {
    home,
    cluster: path.join(home, 'cluster'),
    log: path.join(home, 'server.log'),
    socketRecord: path.join(home, 'socket-folder'),
  };
}

/** The folder that holds the server's socket, if it is there already: inside the data folder, or where that path would
 *  be too long for a socket, the short private one that was recorded for exactly this data folder. */
export function findSocketFolder(folders: ServerFolders): string | undefined {
  const inside = path.join(folders.home, 'socket');
  if (fitsSocket(inside)) return existsSync(inside) ? inside : undefined;
  if (!existsSync(folders.socketRecord)) return undefined;
  const [folder = '', recordedFor] = readFileSync(folders.socketRecord, 'utf8').split('\n');
  // A copied data folder brings the record of the original along, and must not join the original's server.
  return recordedFor === folders.home && isPrivate(folder, ownerOf(folders.cluster)) ? folder : undefined;
}

/** Makes the folders that are missing, for the account, with nothing readable by others. Returns the socket folder.
 *  Throws a StorageProblem where the account cannot pass through the folders above. */
export function makeFolders(folders: ServerFolders, account: Account | undefined): string {
  mkdirSync(folders.home, { recursive: true, mode: account ? 0o711 : 0o700 });
  if (account) checkPassage(folders.home, account);
  return findSocketFolder(folders) ?? makeSocketFolder(folders, account);
}

/** An empty folder of the account inside `home`, for a cluster in the making. */
export function makeClusterDraft(folders: ServerFolders, account: Account | undefined): string {
  const draft = `${folders.cluster}.${randomBytes(4).toString('hex')}`;
  makeOwned(draft, account);
  return draft;
}

/** Takes a socket folder outside the data folder away after its server stopped; the next start makes another. */
export function removeSocketFolder(folders: ServerFolders): void {
  const folder = findSocketFolder(folders);
  if (folder === undefined || folder.startsWith(folders.home)) return;
  try {
    rmdirSync(folder);
  } catch {
    // Not empty: somebody starts a server in it at this moment.
  }
}

function makeSocketFolder(folders: ServerFolders, account: Account | undefined): string {
  const inside = path.join(folders.home, 'socket');
  if (fitsSocket(inside)) return makeOwned(inside, account);
  const begin = [tmpdir(), '/tmp']
    .map((place) => path.join(place, 'stet-'))
    .find((place) => fitsSocket(`${place}XXXXXX`));
  const folder = mkdtempSync(begin ?? '/tmp/stet-');
  if (account) chownSync(folder, account.uid, account.gid);
  const draft = `${folders.socketRecord}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${folder}\n${folders.home}\n`);
  renameSync(draft, folders.socketRecord);
  return folder;
}

function makeOwned(folder: string, account: Account | undefined): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, `.s.PGSQL.${socketPort}`)) <= longestSocketPath;
}

// The folder for temporary files is everybody's: what stands there under the recorded name may be a stranger's by now.
function isPrivate(folder: string, owner: number | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && (found.mode & 0o077) === 0 && found.uid === owner;
}

function ownerOf(folder: string): number | undefined {
  return lstatSync(folder, { throwIfNoEntry: false })?.uid ?? process.getuid?.();
}

function checkPassage(folder: string, account: Account): void {
  const canEnter = (place: string): boolean => runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', place]).status === 0;
  if (canEnter(folder)) return;
  const parents = [folder];
  for (let parent = path.dirname(folder); parent !== parents[0]; parent = path.dirname(parent)) parents.unshift(parent);
  const closed = parents.find((parent) => !canEnter(parent)) ?? folder;
  throw new StorageProblem(
    'folder',
    `PostgreSQL refuses to run as root, and the user it runs as (${account.name}) cannot pass through ${closed} to its data.`,
    `Point STET_DATA to a folder outside of it (for example STET_DATA=/var/lib/stet), open it with chmod o+x ${closed}, ` +
      'start Stet as an ordinary user, or set DATABASE_URL.',
  );
}
