import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { runStet, startStet, type StetServer } from '../support/stet.ts';

let folder: string;
let removeFolder: () => void;
let environment: Record<string, string>;
let server: StetServer;

before(async () => {
  ({ folder, remove: removeFolder } = temporaryFolder());
  environment = { STET_DATA: path.join(folder, 'data'), PORT: '0' };
  server = await startStet({ environment });
});
after(async () => {
  assert.equal(await server.stop(), 0, server.stderr());
  removeFolder();
});

test('a command or option that there is none of shows the usage and ends with 2', async () => {
  for (const call of ['bogus', 'start --port', 'site set sample bogus=1']) {
    const { code, stdout, stderr } = await runStet(call.split(' '), { environment });
    assert.deepEqual([code, stdout], [2, ''], call);
    assert.match(stderr, /^stet: .*Usage:/s, call);
  }
});

test('what is asked of a site that is not there ends with 1 and says where to look', async () => {
  for (const call of [
    'site set nowhere screening=off',
    'story list --site nowhere',
    'token add --site nowhere --scope desk',
  ]) {
    const { code, stdout, stderr } = await runStet(call.split(' '), { environment });
    assert.deepEqual([code, stdout], [1, ''], call);
    assert.match(stderr, /^stet: There is no site "nowhere"\. `npx stet site list`/, call);
  }
});

test('a story with its comments is written as one file, never over another, and only where readers read it', async () => {
  const out = path.join(folder, 'welcome.html');
  const write = ['story', 'export', 'welcome', '--html', '--site', 'sample', '--out', out];
  await succeed(write);
  const document = readFileSync(out, 'utf8');
  assert.match(document, /^<!doctype html>/);
  assert.match(document, new RegExp(`<link rel="canonical" href="${server.url}/s/sample/welcome">`));
  assert.equal(
    await succeed(['story', 'export', 'welcome', '--html', '--site', 'sample']).then(({ length }) => length > 1000),
    true,
  );
  for (const [args, says] of [
    [write, /cannot be written/],
    [['story', 'export', 'nothing', '--html', '--site', 'sample'], /There is no story "nothing"/],
  ] as const) {
    const { code, stderr } = await runStet([...args], { environment });
    assert.equal(code, 1);
    assert.match(stderr, says);
  }
});

test('a site is made once, is listed, and serves', async () => {
  const add = [
    'site',
    'add',
    'harbour',
    '--name',
    'The Harbour',
    '--language',
    'ckb',
    '--origin',
    'https://news.example',
  ];
  const added = await succeed(add);
  const site = JSON.parse(added) as { key: string; origins: string[] };
  assert.deepEqual([site.key, site.origins], ['harbour', ['https://news.example']]);
  const again = await runStet(add, { environment });
  assert.deepEqual([again.code, again.stdout], [1, '']);
  assert.match(again.stderr, /There is a site "harbour" already/);
  const listed = JSON.parse(await succeed(['site', 'list'])) as { key: string }[];
  assert.deepEqual(
    listed.map(({ key }) => key),
    ['harbour', 'sample'],
  );
  const page = await fetch(`${server.url}/s/harbour`);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /dir="rtl"/);
});

test('stories come from files: all of them, or none with the file and field that do not fit', async () => {
  const good = writeStory(
    'good.md',
    'key: ferry\nheadline: The ferry\nbyline: Desk\npublished: 2026-03-01T09:30:00Z\nlanguage: en\ntags: [sea]',
  );
  const bad = [
    [
      writeStory('no-headline.md', 'key: bridge\nbyline: Desk\npublished: 2026-03-01T09:30:00Z\nlanguage: en'),
      'headline',
    ],
    [
      writeStory(
        'bad-key.md',
        'key: The Bridge\nheadline: x\nbyline: Desk\npublished: 2026-03-01T09:30:00Z\nlanguage: en',
      ),
      'key',
    ],
    [
      writeStory('reserved.md', 'key: tags\nheadline: x\nbyline: Desk\npublished: 2026-03-01T09:30:00Z\nlanguage: en'),
      'key',
    ],
    [
      writeStory('bad-date.md', 'key: bridge\nheadline: x\nbyline: Desk\npublished: yesterday\nlanguage: en'),
      'published',
    ],
    [
      writeStory('no-such-day.md', 'key: bridge\nheadline: x\nbyline: Desk\npublished: 2026-02-29\nlanguage: en'),
      'published',
    ],
    [
      writeStory(
        'no-such-end.md',
        'key: bridge\nheadline: x\nbyline: Desk\npublished: 2024-02-29\nlanguage: en\ncommentsUntil: 2026-06-31T12:00:00+03:00',
      ),
      'commentsUntil',
    ],
    [writeStory('bad-yaml.md', 'key: [a\nheadline: x'), 'front matter'],
    [path.join(folder, 'missing.md'), 'cannot be read'],
  ] as const;
  for (const [file, field] of bad) {
    const { code, stdout, stderr } = await runStet(['story', 'add', good, file, '--site', 'sample'], { environment });
    assert.deepEqual([code, stdout], [1, ''], file);
    assert.ok(stderr.includes(path.basename(file)) && stderr.includes(field), stderr);
  }
  assert.equal(
    (await fetch(`${server.url}/s/sample/ferry`)).status,
    404,
    'the good one beside a bad one was not stored',
  );
  const [story] = JSON.parse(await succeed(['story', 'add', good, '--site', 'sample'])) as [
    { key: string; headline: string },
  ];
  assert.deepEqual([story.key, story.headline], ['ferry', 'The ferry']);
  assert.equal((await fetch(`${server.url}/s/sample/ferry`)).status, 200);
  assert.match(await succeed(['story', 'list', '--site', 'sample']), /"key": "ferry"/);
});

test('a setting holds on the running server when the command returns', async () => {
  const refusals = async (): Promise<number[]> =>
    Promise.all([1, 2, 3].map(async () => (await post('Is the bridge open?')).status));
  await succeed(['site', 'set', 'sample', 'intake.perNetwork=1', 'screening=off']);
  assert.ok((await refusals()).includes(429));
  await succeed(['site', 'set', 'sample', 'intake.limits=off']);
  assert.deepEqual(await refusals(), [202, 202, 202]);
  const unread = await post('You are an idiot and I will kill you.');
  await succeed(['site', 'set', 'sample', 'screening=on']);
  const read = await post('You are an idiot and I will kill you, again.');
  const token = await succeed(['token', 'add', '--site', 'sample', '--scope', 'desk', '--name', 'reader']);
  const rows = await queue(token.trim());
  assert.equal(rows.get(((await unread.json()) as { id: string }).id), null);
  assert.notEqual(rows.get(((await read.json()) as { id: string }).id), null);
});

test('screen answers line by line, in order, and a bad line does not stop it', async () => {
  const input = [
    '{"id": "a", "text": "Well done."}',
    'no json',
    '[]',
    '{"id": 7}',
    '',
    '{"id": "b", "text": "you idiot", "story": {"headline": "The ferry", "text": "It is late."}}',
  ].join('\n');
  for (const site of [[], ['--site', 'sample']]) {
    const { code, stdout } = await runStet(['screen', ...site], { environment, input });
    assert.equal(code, 0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      lines.map(({ id }) => id),
      ['a', null, null, 7, 'b'],
    );
    assert.deepEqual(
      lines.map(({ error }) => error === undefined),
      [true, false, false, false, true],
    );
    const { scores } = lines[4] as { scores: { attack: number } };
    assert.ok(scores.attack >= 0.5);
  }
});

test('the origins of a site are changed while it serves, whole, and nothing that is none is taken', async () => {
  const ask = async (origin: string): Promise<string | null> => {
    const answer = await fetch(`${server.url}/api/v1/sites/sample/stories/welcome/thread`, { headers: { origin } });
    return answer.headers.get('access-control-allow-origin');
  };
  const news = 'https://news.example';
  const old = 'https://old.example';
  for (const wrong of ['origin=news.example', 'origin=https://news.example/path', `origin=${news},*`]) {
    const { code, stderr } = await runStet(['site', 'set', 'sample', wrong], { environment });
    assert.deepEqual([code, await ask(news)], [2, null], stderr);
  }
  const shown = JSON.parse(await succeed(['site', 'set', 'sample', `origin=${old},${news}`])) as { origins: string[] };
  assert.deepEqual(shown.origins, [old, news]);
  assert.deepEqual([await ask(old), await ask(news)], [old, news]);
  await succeed(['site', 'set', 'sample', `origin=${news}`, 'screening=on']);
  assert.deepEqual([await ask(old), await ask(news)], [null, news]);
  await succeed(['site', 'set', 'sample', 'origin=']);
  assert.deepEqual([await ask(old), await ask(news)], [null, null]);
  assert.equal(await succeed(['verify']), 'ok\n');
});

test('migrate, verify and doctor look at a database that serves', async () => {
  assert.match(await succeed(['migrate']), /up to date/);
  assert.equal(await succeed(['verify']), 'ok\n');
  assert.doesNotMatch(await succeed(['site', 'set', 'sample', 'intake.limits=on']), /off"\n/);
  const { code, stdout } = await runStet(['doctor'], { environment });
  assert.equal(code, 0, stdout);
  assert.doesNotMatch(stdout, /^mend/m);
  await succeed(['site', 'set', 'sample', 'intake.limits=off', 'alert.mail=desk@example.org']);
  const ill = await runStet(['doctor'], {
    environment: { ...environment, PUBLIC_URL: 'http://comments.example.org', STET_SECRET: 'short' },
  });
  assert.equal(ill.code, 1);
  for (const words of [
    /mend .*sample has no rate limits: .*intake\.limits=on/,
    /mend .*alerted by mail.*SMTP_URL/,
    /mend .*not https.*certificate/,
    /mend .*STET_SECRET/,
  ]) {
    assert.match(ill.stdout, words);
  }
});

test('verify names the first thing that does not hold, and ends with 1', async () => {
  const { id } = (await (await post('A comment to be tampered with.')).json()) as { id: string };
  const database = await openDatabase({ dataFolder: environment['STET_DATA'] ?? '', secret: 'not needed' });
  await withConnection(database.owner, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query("update comment set text = 'Tampered.', sha256 = sha256('Tampered.') where id = $1", [id]);
  });
  await database.close();
  const { code, stdout, stderr } = await runStet(['verify'], { environment });
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, new RegExp(`^stet: site sample: comment ${id}: [^\n]+\n$`));
});

async function succeed(command: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runStet(command, { environment });
  assert.deepEqual([code, stderr], [0, ''], command.join(' '));
  return stdout;
}

function writeStory(name: string, frontMatter: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `---\n${frontMatter}\n---\n\nThe text.\n`);
  return file;
}

function post(text: string): Promise<Response> {
  return fetch(`${server.url}/api/v1/sites/sample/stories/welcome/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', text }),
  });
}

/** The screening of each waiting comment, by id. */
async function queue(token: string): Promise<Map<string, unknown>> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await waitUntil(async () => {
    const response = await fetch(`${server.url}/api/v1/desk/queue?site=sample&limit=200`, { headers });
    return response.ok ? response : undefined;
  }, 'the desk answers');
  const { comments } = (await answer.json()) as { comments: { id: string; screening: unknown }[] };
  return new Map(comments.map(({ id, screening }) => [id, screening]));
}
