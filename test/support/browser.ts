import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium without a window, which the caller closes: that of `@sparticuz/chromium`, or the program that
 *  STET_CHROMIUM names. Throws where none starts, so that a machine without a browser fails the test. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['STET_CHROMIUM'] ?? (await unpackChromium());
  try {
    return await chromium.launch({ executablePath, args: flags });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n') : String(error);
    throw new Error(`No browser starts from ${executablePath}; STET_CHROMIUM can name another.\n${reason}`, {
      cause: error,
    });
  }
}

// The package would unpack itself to one place for everybody and take any file there for the whole of it, also one that
// another test file has only half written.
async function unpackChromium(): Promise<string> {
  const root = path.join(path.dirname(new URL(import.meta.resolve('@sparticuz/chromium')).pathname), '..');
  const about: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const version = typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0';
  const folder = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache');
  const program = path.join(folder, `chromium-${version}`);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const draft = `${program}.${randomBytes(4).toString('hex')}`;
  try {
    const packed = createReadStream(path.join(root, 'bin', 'chromium.br'), { highWaterMark: 2 ** 21 });
    await pipeline(packed, createBrotliDecompress({ chunkSize: 2 ** 21 }), createWriteStream(draft, { mode: 0o755 }));
    await rename(draft, program);
  } finally {
    await rm(draft, { force: true });
  }
  return program;
}
