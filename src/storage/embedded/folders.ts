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
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StorageProblem } from '../problem.ts';
import { type Account, runAs } from './account.ts';

/** Where the embedded server lives. `home` is inside the data folder; `place` is the same folder unless the server's
 *  account cannot reach it (`place.ts`). Both belong to whoever starts Stet; `cluster` and the socket folder, inside
 *  `place`, to the account that the server runs as. */
export type ServerFolders = { home: string; place: string; cluster: string; log: string; socketRecord: string };

/** The port in the socket's name; no port of the machine is opened. */
export const socketPort = 5432;

// 104 bytes with the closing zero on macOS, 108 on Linux.
const longestSocketPath = 103;

/** The folders by name; makes none of them. */
export function nameFolders(home: string, place: string): ServerFolders {
  return {
    home,
    place,
    cluster: path.join(place, 'cluster'),
    log: path.join(home, 'server.log'),
    socketRecord: path.join(home, 'socket-folder'),
  };
}

/** The folder that holds the server's socket, if it is there already: inside the data folder, or where that path would
 *  be too long for a socket, the short private one that was recorded for exactly this data folder. */
export function findSocketFolder(folders: ServerFolders): string | undefined {
  const inside = socketInside(folders);
  if (inside === undefined) return undefined;
  if (fitsSocket(inside)) return existsSync(inside) ? inside : undefined;
  if (!existsSync(folders.socketRecord)) return undefined;
  const [folder = '', recordedFor] = readFileSync(folders.socketRecord, 'utf8').split('\n');
  // A copied data folder brings the record of the original along, and must not join the original's server.
  return recordedFor === folders.home && isPrivate(folder, ownerOf(folders.cluster)) ? folder : undefined;
}

/** Makes `home` where it is missing, with nothing in it readable by others. Throws a StorageProblem where the account
 *  cannot pass through the folders above. */
export function makeHome(folders: ServerFolders, account: Account | undefined): void {
  mkdirSync(folders.home, { recursive: true, mode: account ? 0o711 : 0o700 });
  if (account) checkPassage(folders.place, account);
}

/** The socket folder for a cluster that is there, made where it is missing. */
export function makeSocketFolder(folders: ServerFolders, account: Account | undefined): string {
  return findSocketFolder(folders) ?? createSocketFolder(folders, account);
}

/** An empty folder of the account inside `place`, for a cluster in the making. */
export function makeClusterDraft(folders: ServerFolders, account: Account | undefined): string {
  const draft = `${folders.cluster}.${randomBytes(4).toString('hex')}`;
  makeOwned(draft, account);
  return draft;
}

/** Takes the socket folder away after its server stopped; the next start makes another. */
export function removeSocketFolder(folders: ServerFolders): void {
  const folder = findSocketFolder(folders);
  if (folder === undefined) return;
  try {
    rmdirSync(folder);
  } catch {
    // Not empty: somebody starts a server in it at this moment.
  }
}

// Named after this very cluster: a server whose data folder was deleted under it runs on for a minute, and takes its
// socket away when it notices. Under the same name that would be the socket of the server that followed it.
function socketInside(folders: ServerFolders): string | undefined {
  const cluster = statSync(folders.cluster, { throwIfNoEntry: false });
  return cluster && path.join(folders.place, `socket-${cluster.ino}`);
}

function createSocketFolder(folders: ServerFolders, account: Account | undefined): string {
  const inside = socketInside(folders);
  if (inside !== undefined && fitsSocket(inside)) return makeOwned(inside, account);
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

/** Whether the account can pass through to a folder. */
export function canEnter(account: Account, folder: string): boolean {
  return runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).status === 0;
}

function checkPassage(folder: string, account: Account): void {
  if (canEnter(account, folder)) return;
  const parents = [folder];
  for (let parent = path.dirname(folder); parent !== parents[0]; parent = path.dirname(parent)) parents.unshift(parent);
  const closed = parents.find((parent) => !canEnter(account, parent)) ?? folder;
  throw new StorageProblem(
    'folder',
    `PostgreSQL refuses to run as root, and the user it runs as (${account.name}) cannot pass through ${closed} to its data.`,
    `Point STET_DATA to a folder outside of it (for example STET_DATA=/var/lib/stet), open it with chmod o+x ${closed}, ` +
      'start Stet as an ordinary user, or set DATABASE_URL.',
  );
}
