import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../support/folders.ts';
import { runStet, startStet, type StetServer } from '../support/stet.ts';

let removeFolder: () => void;
let environment: Record<string, string>;
let server: StetServer;

before(async () => {
  const { folder, remove } = temporaryFolder();
  removeFolder = remove;
  environment = { STET_DATA: folder, PORT: '0' };
  server = await startStet({ environment });
});
after(async () => {
  assert.equal(await server.stop(), 0, server.stderr());
  removeFolder();
});

test('a moderator who is removed is signed out at once', async () => {
  const address = await succeed([
    'moderator',
    'add',
    'Ada@Example.org',
    '--site',
    'sample',
    '--role',
    'editor',
    '--name',
    'Ada',
  ]);
  const { url } = server;
  assert.match(address, new RegExp(`^${url}/desk/sign-in#\\S+\\n$`));
  const signedIn = await fetch(`${url}/api/v1/desk/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: address.trim().split('#')[1] }),
  });
  const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
  const session = (): Promise<Response> => fetch(`${url}/api/v1/desk/session`, { headers: { cookie } });
  assert.equal((await session()).status, 200);
  const listed = JSON.parse(await succeed(['moderator', 'list', '--site', 'sample'])) as {
    email: string;
    kind: string;
  }[];
  assert.deepEqual(listed.map(({ email }) => email).toSorted(), ['ada@example.org', 'editor@localhost']);
  await succeed(['moderator', 'remove', 'ada@example.org', '--site', 'sample']);
  assert.equal((await session()).status, 401);
  const again = await runStet(['moderator', 'remove', 'ada@example.org', '--site', 'sample'], { environment });
  assert.deepEqual([again.code, again.stderr], [1, 'stet: ada@example.org has no account on the site "sample".\n']);
});

test('a token stands alone on standard output, is listed without its secret, and opens nothing once it is revoked', async () => {
  const printed = await succeed([
    'token',
    'add',
    '--site',
    'sample',
    '--scope',
    'desk',
    '--scope',
    'stories',
    '--name',
    'importer',
  ]);
  assert.match(printed, /^[A-Za-z0-9_-]+\n$/);
  const ask = async (): Promise<number> =>
    (
      await fetch(`${server.url}/api/v1/desk/queue?site=sample`, {
        headers: { authorization: `Bearer ${printed.trim()}` },
      })
    ).status;
  assert.equal(await ask(), 200);
  const listed = await succeed(['token', 'list', '--site', 'sample']);
  assert.match(listed, /"name": "importer"/);
  assert.doesNotMatch(listed, new RegExp(printed.trim()));
  await succeed(['token', 'revoke', 'importer', '--site', 'sample']);
  assert.equal(await ask(), 401);
  assert.equal((await runStet(['token', 'revoke', 'importer', '--site', 'sample'], { environment })).code, 1);
});

test('the key of a webhook is the same each time and another for each site', async () => {
  const one = await succeed(['site', 'webhook-key', 'sample']);
  assert.match(one, /^[0-9a-f]{64}\n$/);
  assert.equal(await succeed(['site', 'webhook-key', 'sample']), one);
  await succeed(['site', 'add', 'harbour', '--name', 'The Harbour', '--language', 'ckb']);
  assert.notEqual(await succeed(['site', 'webhook-key', 'harbour']), one);
});

async function succeed(command: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runStet(command, { environment });
  assert.deepEqual([code, stderr], [0, ''], command.join(' '));
  return stdout;
}
