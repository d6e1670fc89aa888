import { rmSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from '../contract/json.ts';
import type { Settings } from '../config/settings.ts';

/** Leaves the running server's public address in the data folder, for commands that print addresses. */
export async function leaveAddress(dataFolder: string, publicUrl: string): Promise<void> {
  const file = addressFile(dataFolder);
  await writeFile(`${file}.new`, JSON.stringify({ publicUrl, pid: process.pid }));
  await rename(`${file}.new`, file);
}

/** Takes the address away again, where it is still this process's. */
export async function takeAddress(dataFolder: string): Promise<void> {
  const left = await readLeft(dataFolder);
  if (left?.pid === process.pid) rmSync(addressFile(dataFolder), { force: true });
}

/** The address that readers and moderators know: PUBLIC_URL, or the running server's, or the one a server would have. */
export async function findPublicUrl(settings: Settings): Promise<string> {
  const left = await readLeft(settings.dataFolder);
  return settings.publicUrl ?? left?.publicUrl ?? `http://localhost:${settings.port}`;
}

async function readLeft(dataFolder: string): Promise<{ publicUrl: string; pid: number } | undefined> {
  const left = parse(await readFile(addressFile(dataFolder), 'utf8').catch(() => ''));
  if (!isObject(left) || typeof left['publicUrl'] !== 'string') return undefined;
  return { publicUrl: left['publicUrl'], pid: Number(left['pid']) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged note is none: the standard address is printed instead.
    return undefined;
  }
}

function addressFile(dataFolder: string): string {
  return path.join(dataFolder, 'server.json');
}
