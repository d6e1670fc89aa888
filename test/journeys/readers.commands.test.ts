import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeInstallation, type Installation } from '../support/installation.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';
import { runStet } from '../support/stet.ts';

let fresh: FreshDatabase;
let installation: Installation;
let environment: Record<string, string>;

before(async () => {
  fresh = await freshDatabase();
  installation = makeInstallation(fresh.environment);
  environment = { STET_DATA: installation.dataFolder, PORT: '0', ...fresh.environment };
  await installation.stet('site', 'add', 'harbour', '--name', 'Harbour', '--language', 'en');
});
after(async () => {
  await installation.remove();
  await fresh.remove();
});

const chat = {
  STET_READER_URL: 'https://models.example/v1',
  STET_READER_MODEL: 'small',
  STET_READER_KEY: 'sk-canary',
};

async function doctor(more: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  const { code, stdout, stderr } = await runStet(['doctor'], { environment: { ...environment, ...more } });
  return { code, output: stdout + stderr };
}

test('a second reader that does not fit ends the start with a sentence, without its key', async () => {
  const bad = { ...environment, ...chat, STET_READER_URL: 'http://models.example/v1' };
  const { code, stdout, stderr } = await runStet(['serve'], { environment: bad });
  assert.equal(code, 78);
  assert.match(stderr, /STET_READER_URL does not fit/);
  assert.doesNotMatch(stdout + stderr, /canary/);
});

test('the doctor says what the second readers are, which cannot be used, and which site wants one in vain', async () => {
  assert.doesNotMatch((await doctor()).output, /second reader/);
  assert.match((await doctor(chat)).output, /well {3}no site uses the second reader/);
  await installation.stet('site', 'set', 'harbour', 'secondReader=on');
  const inVain = await doctor();
  assert.equal(inVain.code, 1);
  assert.match(inVain.output, /mend {3}the site harbour wants a second reader, and there is none: set STET_READER_URL/);
  const named = await doctor(chat);
  assert.match(named.output, /well {3}second reader small at models\.example: 0 questions today, at most 1000/);
  assert.doesNotMatch(named.output, /canary/);
  const folder = path.join(installation.dataFolder, 'no-classifier');
  const broken = await doctor({ STET_READER_ONNX: folder });
  assert.equal(broken.code, 1);
  assert.match(broken.output, /mend {3}the second reader in .*no-classifier cannot be used: /);
});

test('a server whose classifier cannot be opened says so once and serves all the same', async () => {
  const served = makeInstallation({ ...fresh.environment, STET_READER_ONNX: '/nowhere/at/all' });
  try {
    const server = await served.serve();
    assert.equal((await server.fetch('/readyz')).status, 200);
    assert.equal(await server.stop(), 0);
    assert.equal(server.output().match(/second reader onnx: /g)?.length, 1);
  } finally {
    await served.remove();
  }
});
