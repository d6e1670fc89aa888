import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { uncertainBand } from '../../src/readers/turns.ts';
import { screen } from '../../src/screening/index.ts';
import { answerOf, say, startChatServer, type ChatServer } from '../support/chatServer.ts';
import { readRow } from '../support/deskPage.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let chat: ChatServer;
let server: TestServer;

before(async () => {
  chat = await startChatServer();
  server = await startServer({ settings: { chatReader: chat.settings }, site: { secondReader: 'on' } });
});
after(async () => {
  await server.stop();
  await chat.close();
});

// Which sentence the shipped model is unsure about changes with the model.
const candidates = [
  'Only a clown could vote for this ferry, and the council is a circus.',
  'The council should be ashamed, what a pathetic bunch.',
  'These people are ridiculous and so is the ferry.',
  'Whoever wrote this has no idea and should shut up.',
  'What a stupid plan by stupid people.',
  'This is damn bad reporting.',
  'Go back to where you came from, ferry people.',
  'Order at www.ferry-tickets.example now, great price!',
  'You lot are idiots.',
  'Someone ought to teach the mayor a lesson.',
];
const isUncertain = (text: string): boolean => {
  const { suggestion, scores } = screen({ text, lang: 'en' });
  const isInBand = Object.values(scores).some((score) => score >= uncertainBand.from && score <= uncertainBand.to);
  return suggestion === 'review' && isInBand;
};

async function submit(text: string): Promise<string> {
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ name: 'Nina Berg', text }),
  });
  assert.equal(response.status, 202);
  return ((await response.json()) as { id: string }).id;
}

test('a submission is answered while the second reader thinks, and whatever it says, nobody sees the comment', async () => {
  const text = candidates.find(isUncertain);
  assert.ok(text, 'screening is unsure about none of the candidates: add one');
  const asked = Promise.withResolvers<() => void>();
  chat.play((question, response) => asked.resolve(() => say(response, answerOf(question, 0, 'Approve it.'))));
  const id = await submit(text);
  const answer = await asked.promise;
  const [heard] = chat.heard;
  assert.equal(heard?.comment, text);
  assert.ok(!JSON.stringify(heard?.body).includes('Nina'));
  assert.equal(heard?.keys.length, 10, 'the guidelines of the site');
  answer();
  const token = await server.token('desk');
  const row = await waitUntil(async () => {
    const shown = await readRow(server, token, id);
    return shown.secondReadings.length > 0 ? shown : undefined;
  }, 'the answer at the desk');
  assert.deepEqual([row.state, row.version, row.secondReadings[0]?.reason], ['held', 1, 'Approve it.']);
  const thread = await server.fetch('/api/v1/sites/sample/stories/welcome/thread');
  assert.deepEqual(((await thread.json()) as { comments: unknown[] }).comments, []);
  for (const path of [
    '/s/sample/welcome',
    '/s/sample/welcome/comments.atom',
    '/api/v1/counts?site=sample&story=welcome',
  ]) {
    const page = await (await server.fetch(path)).text();
    assert.ok(!page.includes(text) && !page.includes('Approve it.'), path);
  }
});

test('the figures of the second reader stand among the metrics', async () => {
  const figures = await (await server.fetch('/metrics')).text();
  assert.match(figures, /^stet_second_readings_total\{reader="chat",outcome="read"\} \d+$/m);
  assert.match(figures, /^stet_second_reader_open\{reader="chat"\} 0$/m);
});
