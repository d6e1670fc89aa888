#!/usr/bin/env node
// The command `stet`. Runs on the host's Node only to hand over to the Node 26 of the lock.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const installedNode = path.join(root, 'node_modules', '.bin', 'node');
const main = path.join(root, 'src', 'cli', 'main.mjs');
const oldestMajor = 26;

if (!existsSync(installedNode)) {
  console.error('stet: nothing is installed yet. Run npm ci (or npm start) in the checkout first.');
  process.exit(1);
}
if (['serve', 'start'].includes(process.argv[2]) && !process.argv.includes('--score-only')) buildBrowserCode();
if (Number.parseInt(process.versions.node, 10) >= oldestMajor) await import(main);
else handOver();

// Nothing to wait for when it is built; after a pull it may not be.
function buildBrowserCode() {
  const { status } = spawnSync(installedNode, [path.join(root, 'scripts', 'build-web.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

// As near to exec as Node comes everywhere: the same standard streams, every signal passed on, the same end.
function handOver() {
  const child = spawn(installedNode, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2']) {
    process.on(signal, () => {
      // A terminal sends these two to both processes by itself, and once is enough.
      const sentByTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!sentByTerminal) child.kill(signal);
    });
  }
  child.once('error', (error) => {
    console.error(`stet: ${installedNode} does not start (${error.message}). Run npm ci again.`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
