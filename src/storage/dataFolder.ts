import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { explainFailure, readFailure, StorageProblem } from './problem.ts';

/** Version of the data folder's layout; raised when an older Stet could no longer read it. */
const layoutVersion = 1;

/** Makes the data folder, or checks that this user may write to it and that no newer Stet made it. Throws a
 *  StorageProblem. */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    // 0711 for root, whose embedded server runs as somebody else and has to pass through; nothing in it is readable.
    await makeFolder(path.resolve(folder), process.getuid?.() === 0 ? 0o711 : 0o700);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const version = await readOrCreate(path.join(folder, 'version'), () => `${layoutVersion}\n`, 0o644);
    if (Number(version) <= layoutVersion) return;
  } catch (error) {
    throw explainFolder(folder, error);
  }
  throw new StorageProblem(
    'newerSchema',
    `The data folder ${folder} was made by a newer version of Stet.`,
    'Run that version or a later one, or point STET_DATA to another folder.',
  );
}

// Not mkdir's own `recursive`: below /proc and /sys, where there is no making folders, Node 26 never comes back from it.
async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    const { code } = readFailure(error);
    if (code === 'EEXIST') return;
    const parent = path.dirname(folder);
    if (code !== 'ENOENT' || parent === folder || existsSync(parent)) throw error;
    await makeFolder(parent, mode);
    await mkdir(folder, { mode });
  }
}

/** The secret of this installation: made once (32 random bytes, base64url), kept in `secret` with mode 0600. Never to be
 *  printed. Throws a StorageProblem. */
export async function readSecret(folder: string): Promise<string> {
  try {
    const secret = await readOrCreate(path.join(folder, 'secret'), () => randomBytes(32).toString('base64url'), 0o600);
    if (secret.length >= 32) return secret;
  } catch (error) {
    throw explainFolder(folder, error);
  }
  throw new StorageProblem(
    'folder',
    `The file ${path.join(folder, 'secret')} is empty or damaged.`,
    'Restore it from a backup, or set STET_SECRET to the secret it held.',
  );
}

/** What a file holds, trimmed; where it is missing it is made first. Written aside and linked into place: of two
 *  processes that start at once one wins and both read what it wrote, and a crash leaves a whole file. Throws what the
 *  file system answers. */
export async function readOrCreate(file: string, make: () => string, mode: number): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (readFailure(error).code !== 'ENOENT') throw error;
  }
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(draft, 'wx', mode);
  try {
    await handle.writeFile(make());
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    if (readFailure(error).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => {});
  await handle.close();
}

function explainFolder(folder: string, error: unknown): Error {
  const { code } = readFailure(error);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT'].includes(code)) {
    return new StorageProblem(
      'folder',
      `The data folder ${folder} cannot be written to (${code}).`,
      'Point STET_DATA to a folder that this user may write to, or correct its owner and mode.',
    );
  }
  return explainFailure(error);
}
