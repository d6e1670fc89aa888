import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { QueueRow } from '../../src/contract/desk.ts';
import type { WordsPreview } from '../../src/contract/siteWords.ts';
import { type Person, type Reply, signInAs, write } from '../support/automation.ts';
import { holdComment } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let editor: Person;

before(async () => {
  server = await startServer();
  editor = await signInAs(server, 'editor');
});
after(() => server.stop());

const site = '/api/v1/desk/sites/sample';

function put(settings: object): Promise<Reply> {
  return editor(`${site}/settings`, { method: 'PUT', body: { settings } });
}

async function preview(listed: string, allowed = ''): Promise<WordsPreview> {
  const { status, body } = await editor(`${site}/words/preview`, { method: 'POST', body: { listed, allowed } });
  assert.equal(status, 200);
  return body as unknown as WordsPreview;
}

async function screeningOf(id: string): Promise<NonNullable<QueueRow['screening']>> {
  const { body } = await editor(`/api/v1/desk/comments/${id}`);
  return (body as unknown as QueueRow).screening as NonNullable<QueueRow['screening']>;
}

test('a line that does not fit is refused with its number, and nothing is saved', async () => {
  const wrong: [string, string, number][] = [
    ['words.listed', 'en attack clear one\nflimflam', 2],
    ['words.listed', 'english attack clear flimflam', 1],
    ['words.listed', 'en attack surely flimflam', 1],
    ['words.listed', 'en attack clear ***', 1],
    ['words.listed', `en attack clear ${'x'.repeat(81)}`, 1],
    ['words.listed', '\nen attack clear Flimflam\nen attack clear flimflam', 3],
    ['words.listed', Array.from({ length: 1001 }, (_, at) => `en attack clear w${at}`).join('\n'), 1001],
    ['words.allowed', 'ok\n...\n', 2],
  ];
  for (const [name, text, line] of wrong) {
    for (const answer of [
      await put({ [name]: text }),
      await editor(`${site}/words/preview`, { method: 'POST', body: { [name.slice(6)]: text } }),
    ]) {
      const { reason, detail } = answer.body['refusal'] as { reason: string; detail: string };
      assert.deepEqual([answer.status, reason], [422, 'words_malformed'], text.slice(0, 60));
      assert.equal(detail, `Line ${line} of the list does not fit.`);
    }
  }
  for (const body of [{ listed: 1 }, { allowed: {} }]) {
    assert.equal((await editor(`${site}/words/preview`, { method: 'POST', body })).status, 422);
  }
});

test('a preview says which comments of the last 30 days a list would have marked, and changes nothing', async () => {
  const id = await holdComment(server, { text: 'What f.l.i.m.f.l.a.m, and such FLIMFLAMMERY!' });
  await holdComment(server, { text: 'ئەمە قسەی هەڵەقومەڵەقە بوو', lang: 'ckb' });
  await holdComment(server, { text: 'Nothing of the kind.' });
  const found = await preview('en attack clear flimflam*\n* house-rule possible هەڵەقومەڵەقە');
  assert.deepEqual([found.looked, found.hits, found.silenced, found.isSample], [3, 2, 0, false]);
  const example = found.examples.find((one) => one.id === id);
  assert.deepEqual(
    example?.found.map(({ start, end }) => example.text.slice(start, end)),
    ['f.l.i.m.f.l.a.m', 'FLIMFLAMMERY'],
  );
  const silent = await preview('en attack clear flimflam*', 'flimflammery');
  assert.deepEqual([silent.hits, silent.silenced], [1, 1]);
  server.pass(31 * 1440);
  editor = await signInAs(server, 'admin');
  assert.equal((await preview('en attack clear flimflam*')).looked, 0);
  assert.deepEqual(
    (await editor(`${site}/settings`)).body['settings'],
    (await editor(`${site}/settings`)).body['settings'],
  );
});

test('a word of the site marks what is written from then on, and an allowed one silences the lists', async () => {
  const before = await write(server, 'This is a flimflam, if you ask me.');
  assert.ok(!(await screeningOf(before.id)).findings.some(({ guideline }) => guideline === 'attack'));
  assert.equal(
    (await put({ 'words.listed': 'en attack clear flimflam\nen house-rule possible wiffle waffle' })).status,
    200,
  );
  const clear = await screeningOf((await write(server, 'Another flimflam, if you ask me.')).id);
  assert.deepEqual(
    clear.findings.filter(({ why }) => /this site’s list|insulting/.test(why)).map(({ guideline }) => guideline),
    ['attack'],
  );
  assert.ok((clear.scores.attack ?? 0) >= 0.75);
  const possible = await screeningOf((await write(server, 'The council gave us wiffle waffle about the ferry.')).id);
  const scores = possible.scores as Record<string, number>;
  assert.deepEqual([possible.suggestion, scores['house-rule']], ['review', 0.5]);
  const rude = 'What a load of bollocks about the ferry.';
  const listed = /a swearword|a vulgar word/;
  assert.match(JSON.stringify((await screeningOf((await write(server, rude)).id)).findings), listed);
  assert.equal((await put({ 'words.allowed': 'bollocks' })).status, 200);
  assert.doesNotMatch(
    JSON.stringify((await screeningOf((await write(server, `${rude} Really.`)).id)).findings),
    listed,
  );
});
