import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { runAs } from '../../src/storage/embedded/account.ts';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { runStet, spawnStet, startStet } from '../support/stet.ts';

const asRoot = process.getuid?.() === 0;
const nobody = 65534;
const shippedModel = path.join(import.meta.dirname, '../../src/screening/model/weights.bin');

let folder: string;
let removeFolder: () => void;

beforeEach(() => {
  ({ folder, remove: removeFolder } = temporaryFolder());
});
afterEach(() => removeFolder());

/** Each value, and what its sentence has to say: the variable and a value that would do. */
const wrongSettings: readonly [string, string, RegExp][] = [
  ['PORT', 'http', /PORT is "http": give a number/],
  ['PORT', '65536', /PORT .* 0 to 65535/],
  ['PORT', '-1', /PORT/],
  ['PUBLIC_URL', 'comments.example.org', /PUBLIC_URL .* https:\/\/comments\.example\.org/],
  ['PUBLIC_URL', 'https://example.org/comments', /PUBLIC_URL .* without a path/],
  ['PUBLIC_URL', 'https://user:pass@example.org', /PUBLIC_URL/],
  ['PUBLIC_URL', 'ftp://example.org', /PUBLIC_URL/],
  ['TRUSTED_PROXIES', '0.0.0.0/0', /TRUSTED_PROXIES holds "0\.0\.0\.0\/0": .* 10\.0\.0\.0\/24/],
  ['TRUSTED_PROXIES', '127.0.0.1, ::/0', /TRUSTED_PROXIES holds "::\/0"/],
  ['TRUSTED_PROXIES', '::ffff:0:0/96', /TRUSTED_PROXIES/],
  ['TRUSTED_PROXIES', '999.1.1.1', /TRUSTED_PROXIES/],
  ['TRUSTED_PROXIES', '10.0.0.0/33', /TRUSTED_PROXIES/],
  ['TRUSTED_PROXIES', 'proxy.example', /TRUSTED_PROXIES/],
  ['SMTP_URL', 'mail.example.org:587', /SMTP_URL .* smtp:\/\//],
  ['MAIL_FROM', 'the desk', /MAIL_FROM .* desk@example\.org/],
  ['MAIL_FROM', 'desk@example.org, other@example.org', /MAIL_FROM/],
  ['LOG_LEVEL', 'loud', /LOG_LEVEL is "loud": choose one of silent, error, warn, info, debug/],
  ['HOST', '203.0.113.77', /HOST .* 127\.0\.0\.1/],
  ['HOST', '999.1.1.1', /HOST .* 127\.0\.0\.1/],
  ['DATABASE_URL', 'postgres://stet@127.0.0.1:1/stet', /does not answer .* DATABASE_URL/],
  ['DATABASE_URL', 'localhost/stet', /DATABASE_URL .* postgres:\/\/user:password@host/],
  ['STET_DATA', '/proc/stet', /\/proc\/stet cannot be written to.* STET_DATA/],
  ['STET_DATA', '/dev/null/stet', /cannot be written to.* STET_DATA/],
];

test('each setting that does not fit ends the start in one sentence that names the mend', async () => {
  const runs = wrongSettings.map(async ([name, value, sentence], number) => {
    const environment = { STET_DATA: path.join(folder, String(number)), PORT: '0', [name]: value };
    const { code, stdout, stderr } = await runStet(['start'], { environment });
    assert.equal(stdout, '', `${name}=${value}`);
    assertOneSentence(stderr, sentence, `${name}=${value}`);
    assert.ok(code !== null && code >= 64 && code <= 78, `${name}=${value} ended with ${code}`);
  });
  await Promise.all(runs);
});

test('a model that is missing, cut off or damaged ends every command that screens, and doctor names it', async () => {
  const shipped = readFileSync(shippedModel);
  const flipped = Buffer.from(shipped);
  flipped[5000] = (flipped[5000] ?? 0) ^ 1;
  writeFileSync(path.join(folder, 'flipped.bin'), flipped);
  writeFileSync(path.join(folder, 'cut.bin'), shipped.subarray(0, 4096));
  writeFileSync(path.join(folder, 'page.bin'), '<!doctype html><title>404 Not Found</title>');
  writeFileSync(path.join(folder, 'in.jsonl'), '{"text": "well", "verdict": "approve"}\n');
  const decisions = path.join(folder, 'in.jsonl');
  const tries: readonly [string, string[], RegExp][] = [
    ['none.bin', ['start'], /cannot be read \(ENOENT\) .* STET_MODEL/],
    ['flipped.bin', ['serve'], /damaged or cut off .*flipped\.bin.* STET_MODEL/],
    ['cut.bin', ['screen'], /damaged or cut off .* STET_MODEL/],
    ['page.bin', ['train', decisions, '--out', folder], /no model of Stet .* STET_MODEL/],
    ['flipped.bin', ['evaluate', decisions], /damaged or cut off .* STET_MODEL/],
  ];
  for (const [model, command, sentence] of tries) {
    const environment = { STET_DATA: path.join(folder, 'data'), PORT: '0', STET_MODEL: path.join(folder, model) };
    const { code, stdout, stderr } = await runStet(command, { environment, input: '{"id": 1, "text": "well"}' });
    assert.deepEqual([code, stdout], [78, ''], `${command[0]}: ${stderr}`);
    assertOneSentence(stderr, sentence, command[0] ?? '');
  }
  assert.ok(!existsSync(path.join(folder, 'data')), 'nothing was opened before the model was');
  const environment = { STET_DATA: path.join(folder, 'data'), STET_MODEL: path.join(folder, 'none.bin') };
  await runStet(['migrate'], { environment });
  const { code, stdout } = await runStet(['doctor'], { environment });
  assert.equal(code, 1);
  assert.match(stdout, /^mend +comments cannot be screened and wait unread: .* STET_MODEL/m);
});

test('a password in an address that does not fit is never printed', async () => {
  for (const [name, value] of [
    ['SMTP_URL', 'smpt://desk:hush-hush@mail.example.org'],
    ['DATABASE_URL', 'postgresq://stet:hush-hush@db.example.org/stet'],
    ['DATABASE_URL', 'postgres://stet:hush-hush@127.0.0.1:1/stet'],
  ] as const) {
    const { code, stdout, stderr } = await runStet(['start'], {
      environment: { STET_DATA: folder, PORT: '0', [name]: value },
    });
    assert.notEqual(code, 0);
    assert.doesNotMatch(stdout + stderr, /hush/);
  }
});

test('a port that is taken is a sentence, and leaves nothing running behind it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const { code, stderr } = await runStet(['start'], { environment: { STET_DATA: folder, PORT: port } });
  other.close();
  assert.equal(code, 69);
  assertOneSentence(stderr, new RegExp(`port ${port} is taken .* PORT=3001`), 'PORT');
  assert.ok(!readdirSync(path.join(folder, 'postgres/cluster')).includes('postmaster.pid'));
});

test('a data folder of a newer Stet is left as it is', async () => {
  writeFileSync(path.join(folder, 'version'), '99\n');
  const { code, stderr } = await runStet(['start'], { environment: { STET_DATA: folder, PORT: '0' } });
  assert.equal(code, 78);
  assertOneSentence(stderr, /made by a newer version of Stet.* STET_DATA/, 'version');
  assert.deepEqual(readdirSync(folder), ['version']);
});

test(
  'a data folder that belongs to somebody else is named',
  { skip: asRoot && !canRunAsNobody() && 'nobody cannot reach this checkout' },
  async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    const { code, stderr } = await runStet(['start'], {
      environment: { STET_DATA: path.join(closed, 'data'), PORT: '0' },
      ...(asRoot && { uid: nobody }),
    });
    chmodSync(closed, 0o700);
    assert.equal(code, 73);
    assertOneSentence(stderr, /closed\/data cannot be written to.* STET_DATA/, 'closed');
  },
);

test(
  'an ordinary user starts twice in a row, and after kill -9',
  { skip: asRoot && !canRunAsNobody() && 'nobody cannot reach this checkout' },
  async () => {
    if (asRoot) chownSync(folder, nobody, nobody);
    const options = { environment: { STET_DATA: folder, PORT: '0' }, ...(asRoot && { uid: nobody }) };
    const first = await startStet(options);
    assert.equal(await first.stop(), 0, first.stderr());
    const killed = await startStet(options);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const third = await startStet(options);
    assert.equal((await fetch(`${third.url}/readyz`)).status, 200);
    assert.equal(await third.stop(), 0, third.stderr());
  },
);

test('SIGTERM while the server is still starting ends it as well', async () => {
  const starting = spawnStet(['start'], { environment: { STET_DATA: folder, PORT: '0' } });
  await waitUntil(() => existsSync(path.join(folder, 'postgres')), 'it opens the database');
  starting.child.kill('SIGTERM');
  assert.equal(await starting.ended, 0, starting.stderr());
  assert.ok(!readdirSync(path.join(folder, 'postgres/cluster')).includes('postmaster.pid'));
});

function assertOneSentence(stderr: string, sentence: RegExp, name: string): void {
  assert.match(stderr, sentence, name);
  assert.match(stderr, /^stet: [A-Z][^\n]+[.)…]\n$/, name);
  assert.doesNotMatch(stderr, /\n\s+at |node:internal|Error:/, name);
}

function canRunAsNobody(): boolean {
  return (
    runAs({ uid: nobody, gid: nobody, name: 'nobody' }, process.execPath, [
      path.join(import.meta.dirname, '../../src/cli/main.mjs'),
      '--version',
    ]).status === 0
  );
}
