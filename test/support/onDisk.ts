import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Which files below a folder hold the bytes, by their paths inside it. Of a text, its UTF-8. Folders that are not there
 *  any more, or may not be read, throw: a search that saw nothing proves nothing. */
export function findOnDisk(folder: string, wanted: string | Buffer): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((found) => found.isFile())
    .map((found) => path.join(found.parentPath, found.name))
    .filter((file) => readIfThere(file).includes(wanted))
    .map((file) => path.relative(folder, file));
}

// A running server removes files of its own while they are listed.
function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
