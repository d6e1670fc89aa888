import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SavedGuideline } from '../../src/contract/guidelineDraft.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { withConnection } from '../../src/storage/connections.ts';
import { type Person, type Reply, signInAs, write } from '../support/automation.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let editor: Person;
let moderator: Person;

before(async () => {
  server = await startServer();
  editor = await signInAs(server, 'editor');
  moderator = await signInAs(server, 'moderator');
});
after(() => server.stop());

const guidelines = '/api/v1/desk/sites/sample/guidelines';

async function latest(): Promise<readonly SavedGuideline[]> {
  return (await moderator(guidelines)).body['guidelines'] as SavedGuideline[];
}

async function find(key: string): Promise<SavedGuideline> {
  const found = (await latest()).find((one) => one.key === key);
  assert.ok(found, key);
  return found;
}

function save(key: string, draft: object, person = editor): Promise<Reply> {
  return person(`${guidelines}/${key}`, { method: 'PUT', body: draft });
}

function refusalOf({ body }: Reply): { reason: string; field?: string } {
  return (body['refusal'] ?? {}) as { reason: string; field?: string };
}

async function page(path: string): Promise<string> {
  return (await server.fetch(path)).text();
}

test('what does not fit is refused by its field and language, and no version comes of it', async () => {
  const threat = await find('threat');
  const wrong: [string, object][] = [
    ['version', { version: -1 }],
    ['version', { version: '1' }],
    ['titles', { titles: 'Threats' }],
    ['titles.en', { titles: { ckb: 'هەڕەشە' } }],
    ['titles.en', { titles: { en: '  \u200b ' } }],
    ['titles.en', { titles: { en: 'Two\nlines' } }],
    ['titles.ckb', { titles: { en: 'Threats', ckb: 'x'.repeat(121) } }],
    ['titles.<b>', { titles: { en: 'Threats', '<b>': 'x' } }],
    ['wordings.en', { wordings: { en: 'turned \u202e around' } }],
    ['wordings.en', { wordings: { en: 'x'.repeat(4001) } }],
    ['explanations.en', { explanations: { en: 7 } }],
    ['ground', { ground: 'forbidden' }],
    ['law', { ground: 'illegal' }],
    ['law', { ground: 'illegal', law: ' ' }],
    ['category', { category: 'STATEMENT_CATEGORY_VIOLENCE' }],
    ['retired', { retired: 'yes' }],
  ];
  for (const [field, change] of wrong) {
    const refused = await save('threat', { ...threat, ...change });
    assert.deepEqual([refused.status, refusalOf(refused).field], [422, field], JSON.stringify(change));
  }
  assert.equal((await save('Not A Key', threat)).status, 422);
  assert.equal((await save('threat', [])).status, 400);
  assert.equal((await find('threat')).version, 1);
});

test('a new wording is a new version that readers see, and the old one stays where decisions name it', async () => {
  const before = await find('threat');
  assert.deepEqual([before.by, before.category], ['operator', 'VIOLENCE']);
  const titles = { ...before.titles, en: 'Threats and calls for violence', ckb: 'هەڕەشە و توندوتیژی' };
  const wordings = { ...before.wordings, en: 'Nobody is <b>threatened</b> here.' };
  const saved = await save('threat', { ...before, titles, wordings });
  assert.equal(saved.status, 201);
  const now = await find('threat');
  assert.deepEqual([now.version, now.position, now.by], [2, before.position, 'editor']);
  assert.match(await page('/s/sample/guidelines'), /Nobody is &lt;b&gt;threatened&lt;\/b&gt; here\./);
  assert.match(await page('/s/sample/guidelines?lang=ckb'), /هەڕەشە و توندوتیژی/);
  assert.match(await page('/s/sample/guidelines/threat/2'), /Nobody is/);
  assert.ok((await page('/s/sample/guidelines/threat/1')).includes(String(before.wordings['en'])));
});

test('who saved a version meanwhile is not overwritten, however many save at once', async () => {
  const before = await find('attack');
  const saved = await Promise.all(['a', 'b', 'c', 'd'].map((en) => save('attack', { ...before, titles: { en } })));
  assert.deepEqual(saved.map(({ status }) => status).toSorted(), [201, 409, 409, 409]);
  assert.equal((await find('attack')).version, 2);
  assert.equal(refusalOf(await save('attack', before)).reason, 'state_moved_on');
  assert.equal(refusalOf(await save('attack', { ...before, version: 0 })).reason, 'state_moved_on');
});

test('a guideline is added, retired and brought back; every step is a version with its author', async () => {
  const draft = { version: 0, titles: { en: 'Rumours' }, wordings: { en: 'No rumours.' } };
  assert.equal(refusalOf(await save('rumours', { ...draft, version: 1 })).reason, 'state_moved_on');
  assert.equal((await save('rumours', draft)).status, 201);
  const added = await find('rumours');
  assert.equal(added.position, Math.max(...(await latest()).map(({ position }) => position)));
  assert.equal((await save('rumours', { ...added, retired: true })).status, 201);
  assert.doesNotMatch(await page('/s/sample/guidelines'), /Rumours/);
  assert.match(await page('/s/sample/guidelines/rumours/1'), /No rumours\./);
  // What is retired is no ground any more.
  const { id } = await write(server, 'Somebody told me.');
  const reject = { verdict: 'reject', guideline: 'rumours', version: 1 };
  const refused = await moderator(`/api/v1/desk/comments/${id}/decisions`, { method: 'POST', body: reject });
  assert.equal(refusalOf(refused).reason, 'guideline_unknown');
  assert.equal((await save('rumours', { ...added, version: 2 })).status, 201);
  assert.match(await page('/s/sample/guidelines'), /Rumours/);
  const versions = (await moderator(`${guidelines}/rumours`)).body['versions'] as SavedGuideline[];
  assert.deepEqual(
    versions.map(({ version, retired, by }) => [version, retired, by]),
    [
      [3, false, 'editor'],
      [2, true, 'editor'],
      [1, false, 'editor'],
    ],
  );
  assert.equal((await moderator(`${guidelines}/none`)).status, 404);
});

test('another order is a version of those alone whose place changes', async () => {
  const before = (await latest()).filter(({ retired }) => !retired);
  const [first, second, ...rest] = before.map(({ key, version }) => ({ key, version }));
  const order = [second, first, ...rest];
  const put = (body: object): Promise<Reply> => editor(guidelines, { method: 'PUT', body });
  for (const wrong of [[], [first], [first, first, ...rest], 'x', [{ key: 'A' }]]) {
    assert.ok((await put({ order: wrong })).status >= 409);
  }
  assert.equal((await put({ order })).status, 200);
  const now = (await latest()).filter(({ retired }) => !retired);
  assert.deepEqual(
    now.slice(0, 3).map(({ key, version }) => [key, version]),
    [
      [second?.key, (second?.version ?? 0) + 1],
      [first?.key, (first?.version ?? 0) + 1],
      [rest[0]?.key, rest[0]?.version],
    ],
  );
  assert.equal(refusalOf(await put({ order })).reason, 'state_moved_on');
});

test('the ground and the law of the version that was decided under stand on the receipt', async () => {
  const before = await find('threat');
  const law = 'Penal Code, section 240';
  assert.equal((await save('threat', { ...before, ground: 'illegal', law })).status, 201);
  const { id, receipt } = await write(server, 'Just you wait.');
  const body = { verdict: 'reject', guideline: 'threat', version: 1 };
  assert.equal((await moderator(`/api/v1/desk/comments/${id}/decisions`, { method: 'POST', body })).status, 201);
  // A later version changes nothing about it.
  assert.equal((await save('threat', { ...(await find('threat')), ground: 'incompatible' })).status, 201);
  const shown = await server.fetch('/receipt', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ receipt }),
  });
  assert.match(await shown.text(), /Ground<\/dt><dd>against the law: <bdi>Penal Code, section 240<\/bdi>/);
});

test('sentences for authors come from the guideline in force, and from Stet where nobody wrote any', async () => {
  const desk = async (): Promise<Record<string, Record<string, string>>> => {
    const { body } = await moderator('/api/v1/desk/guidelines?site=sample');
    const [{ guidelines: all }] = body['sites'] as [{ guidelines: SavedGuideline[] }];
    return Object.fromEntries(all.map(({ key, explanations }) => [key, { ...explanations }]));
  };
  assert.match((await desk())['vulgarity']?.['ckb'] ?? '', /./);
  const before = await find('vulgarity');
  assert.equal(before.explanations['ckb'], (await desk())['vulgarity']?.['ckb']);
  assert.equal((await save('vulgarity', { ...before, explanations: { en: 'Please be polite.' } })).status, 201);
  assert.deepEqual((await desk())['vulgarity'], { en: 'Please be polite.' });
});

test('every version is what its event says', async () => {
  assert.equal(await verifyRecord(server.store), undefined);
  await withConnection(server.store.owner, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query("update guideline_version set law = 'another' where guideline = 'threat' and version = 3");
  });
  assert.match((await verifyRecord(server.store)) ?? '', /guideline threat version 3/);
});
