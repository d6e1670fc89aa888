import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** An empty folder for one test, which the embedded server's user can pass through too, and what removes it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'stet-t-'));
  chmodSync(folder, 0o711);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Waits until `check` gives something, asking every 20 ms; gives up, with the words, after a minute. */
export async function waitUntil<T>(check: () => T | Promise<T>, words: string): Promise<NonNullable<T>> {
  for (let tries = 0; tries < 3000; tries++) {
    const found = await check();
    if (found) return found;
    await pause(20);
  }
  throw new Error(`waited a minute in vain: ${words}`);
}
