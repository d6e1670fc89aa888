// Makes a checkout ready to run: installs when the lock changed, builds the browser code when its sources changed. Plain
// JavaScript with nothing imported but Node's own, because it runs on whatever Node the host has (20.19 or newer), before
// anything is installed; all else runs on the Node 26 that the lock brings.
//
//   node scripts/setup.mjs            before `npm start`
//   node scripts/setup.mjs --dev      before `npm test`: an installation without the development packages is not enough
//   node scripts/setup.mjs --stamp    after an installation: notes which lock is installed
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'node_modules', '.stet-lock');
const installedNode = path.join(root, 'node_modules', '.bin', 'node');
const flags = process.argv.slice(2);

checkHostNode();
if (flags.includes('--stamp')) {
  noteInstallation();
} else {
  if (!isInstalled()) install();
  const code = buildBrowserCode();
  if (code !== 0) process.exit(code);
}

function checkHostNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  end(
    1,
    `Stet needs Node 20.19 or newer to set itself up, and this is ${process.version}. Install it from https://nodejs.org.`,
  );
}

function noteInstallation() {
  // `npm install --package-lock-only` runs this too, with nothing installed.
  if (!existsSync(path.join(root, 'node_modules'))) return;
  writeFileSync(stamp, lockHash());
  // Now, and not at the first start, which may be by a user who cannot write here. What keeps it from being built is no
  // reason for the installation to fail: the next start says it again.
  if (existsSync(installedNode)) buildBrowserCode();
}

function isInstalled() {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash() || !existsSync(installedNode)) return false;
  return (
    !flags.includes('--dev') || developmentPackages().every((name) => existsSync(path.join(root, 'node_modules', name)))
  );
}

function install() {
  console.error('stet: installing what is missing (npm ci) …');
  const begin = Date.now();
  // Under npm this is the very npm that runs us, and not whichever comes first in PATH.
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const kind = flags.includes('--dev') ? ['--include=dev'] : [];
  const [program = 'npm', ...first] = npm;
  const { status, error } = spawnSync(program, [...first, 'ci', '--include=optional', ...kind, '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // An npm that does not know `allowScripts` would run the script of onnxruntime-node, which loads a graphics card's
    // libraries from elsewhere.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (status !== 0)
    end(
      status ?? 1,
      `npm ci did not succeed${error ? ` (${error.message})` : ''}. Mend what it names above, and start again.`,
    );
  if (!existsSync(installedNode)) {
    end(
      1,
      `There is no Node 26 for ${process.platform} on ${process.arch} in the lock. Run Stet on Linux or macOS (x64, arm64), or on WSL.`,
    );
  }
  noteInstallation();
  console.error(`stet: installed in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

function buildBrowserCode() {
  const { status } = spawnSync(installedNode, [path.join(root, 'scripts', 'build-web.ts')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status ?? 1;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

function developmentPackages() {
  return Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies ?? {});
}

function end(code, sentence) {
  console.error(`stet: ${sentence}`);
  process.exit(code);
}
