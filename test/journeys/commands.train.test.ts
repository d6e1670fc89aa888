import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { runStet, startStet, type StetServer } from '../support/stet.ts';

let folder: string;
let removeFolder: () => void;
let environment: Record<string, string>;
let server: StetServer;
let headers: Record<string, string>;

before(async () => {
  ({ folder, remove: removeFolder } = temporaryFolder());
  environment = { STET_DATA: path.join(folder, 'data'), PORT: '0' };
  server = await startStet({ environment });
  await succeed(['site', 'set', 'sample', 'intake.limits=off']);
  const token = await succeed(['token', 'add', '--site', 'sample', '--scope', 'desk']);
  headers = { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' };
});
after(async () => {
  assert.equal(await server.stop(), 0, server.stderr());
  removeFolder();
});

// Half of them are breaches in this newsroom's eyes alone.
const decided = Array.from({ length: 60 }, (_, number) => ({
  text:
    number % 2 === 0 ? `The ferry was late ${number} times.` : `Only a fool takes ferry number ${number}, you fool.`,
  lang: 'en',
  verdict: number % 2 === 0 ? 'approve' : 'reject',
  ...(number % 2 === 0 ? {} : { guideline: 'attack' }),
  at: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString(),
}));

test('nothing to learn from, a file that is not there and no place to write to are sentences', async () => {
  const empty = write('empty.jsonl', '\n\nno json\n{"text": "", "verdict": "approve"}\n');
  const tries: readonly [string[], RegExp][] = [
    [['train'], /Where to\? Usage/],
    [['train', '--out', folder], /Which decisions\? Usage/],
    [
      ['train', empty, '--out', folder],
      /line 3: the line is not JSON\n.*line 4: text must .*\n.*no decision in these files/,
    ],
    [['train', path.join(folder, 'none.jsonl'), '--out', folder], /none\.jsonl cannot be read \(ENOENT\)/],
    [['train', write('broken.jsonl.gz', 'no gzip'), '--out', folder], /broken\.jsonl\.gz cannot be read/],
    [['evaluate'], /Which decisions\? Usage/],
    [['evaluate', empty, '--model', folder], /heads\.json/],
  ];
  for (const [command, sentence] of tries) {
    const { code, stdout, stderr } = await runStet(command, { environment });
    assert.deepEqual([code, stdout], [2, ''], command.join(' '));
    assert.match(stderr, sentence, command.join(' '));
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
  assert.ok(!existsSync(path.join(folder, 'heads.json')));
});

test('a site on which nobody has decided has nothing to teach', async () => {
  await succeed(['site', 'add', 'quiet', '--name', 'Quiet', '--language', 'en']);
  const { code, stderr } = await runStet(['train', '--site', 'quiet'], { environment });
  assert.deepEqual([code, stderr], [2, 'stet: Nothing was decided on quiet yet.\n']);
});

test('broken lines are named and left out; the rest is fitted, measured on the newest fifth and written', async () => {
  const lines = [...decided.slice(0, 30).map(toLine), '{"verdict": 7}', ...decided.slice(30).map(toLine)];
  const out = path.join(folder, 'own');
  const packed = path.join(folder, 'decisions.jsonl.gz');
  writeFileSync(packed, gzipSync(lines.join('\n')));
  const { code, stdout, stderr } = await runStet(['train', packed, '--out', out], { environment });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, `stet: ${packed}, line 31: text must be a string that is not empty\n`);
  const report = JSON.parse(stdout) as Report;
  assert.deepEqual([report.decisions, report.broken, report.heldOut], [60, 1, 12]);
  assert.ok(report.fitted > 0);
  const heads = JSON.parse(readFileSync(path.join(out, 'heads.json'), 'utf8')) as { until: string };
  assert.equal(heads.until, decided[59]?.at);
  assert.match(readFileSync(path.join(out, 'CARD.md'), 'utf8'), /fitted by `stet train` on 60 decisions/i);

  const evaluated = JSON.parse(await succeed(['evaluate', packed, '--model', out], 0, /line 31/)) as Evaluated;
  assert.equal(evaluated.heldOut, 12);
  assert.match(evaluated.note ?? '', /may be among those/);
  const attack = evaluated.measured.find(({ guideline }) => guideline === 'attack');
  assert.deepEqual([attack?.lang, attack?.decisions, attack?.breaches], ['en', 12, 6]);
  const later = write('later.jsonl', toLine({ ...decided[0], at: '2026-06-01T00:00:00Z' }));
  const unseen = JSON.parse(await succeed(['evaluate', later, packed, '--model', out], 0, /line 31/)) as Evaluated;
  assert.deepEqual([unseen.heldOut, unseen.note], [1, undefined]);

  const input = '{"id": 1, "text": "Only a fool takes the ferry, you fool.", "lang": "en"}';
  const screened = await runStet(['screen', '--model', out], { environment, input });
  assert.match((JSON.parse(screened.stdout) as Screened).model, /\+own$/);
});

test('what was decided at the desk is learnt, used by the running server, and given up when its file is damaged', async () => {
  const ids: string[] = [];
  for (const { text } of decided) ids.push((await post(text)).id);
  assert.doesNotMatch(await modelOf((await post('Before the training.')).id), /\+own$/);
  for (const parity of [0, 1]) {
    const comments = ids.filter((_, number) => number % 2 === parity).map((id) => ({ id, version: 1 }));
    const verdict = parity === 0 ? { verdict: 'approve' } : { verdict: 'reject', guideline: 'attack' };
    const answer = await send('/api/v1/desk/decisions', { comments, ...verdict });
    assert.equal(answer.status, 200);
  }
  const report = JSON.parse(await succeed(['train', '--site', 'sample'])) as Report;
  assert.deepEqual([report.decisions, report.heldOut], [60, 12]);
  assert.ok(report.fitted > 0);
  const heads = path.join(folder, 'data', 'heads', 'sample', 'heads.json');
  assert.equal(report.written, path.dirname(heads));
  await waitForModel(/\+own$/);
  const input = '{"id": 1, "text": "The ferry was late."}';
  const screened = await runStet(['screen', '--site', 'sample'], { environment, input });
  assert.match((JSON.parse(screened.stdout) as Screened).model, /\+own$/);

  writeFileSync(heads, readFileSync(heads).subarray(0, 100));
  await waitForModel(/[^n]$/);
  await post('After the damage.');
  assert.equal(server.stderr().match(/heads\.json is not used/g)?.length, 1, server.stderr());
  const outdated = { format: 1, base: 'stet-of-last-year', heads: {} };
  mkdirSync(path.dirname(heads), { recursive: true });
  writeFileSync(heads, JSON.stringify(outdated));
  await waitUntil(async () => {
    await post('Another one.');
    return server.stderr().includes('stet-of-last-year');
  }, 'the server names the outdated heads');
  assert.doesNotMatch(await modelOf((await post('After the update.')).id), /\+own$/);
});

type Report = { decisions: number; broken: number; heldOut: number; fitted: number; written: string };
type Evaluated = {
  heldOut: number;
  note?: string;
  measured: { guideline: string; lang: string; decisions: number; breaches: number }[];
};
type Screened = { model: string };

function toLine(line: object): string {
  return JSON.stringify(line);
}

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function succeed(command: string[], wanted = 0, said = /^$/): Promise<string> {
  const { code, stdout, stderr } = await runStet(command, { environment });
  assert.equal(code, wanted, stderr);
  assert.match(stderr, said, command.join(' '));
  return stdout;
}

function send(address: string, body: object): Promise<Response> {
  return fetch(`${server.url}${address}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function post(text: string): Promise<{ id: string }> {
  const answer = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Ada', text });
  assert.equal(answer.status, 202);
  return (await answer.json()) as { id: string };
}

async function modelOf(id: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/desk/comments/${id}`, { headers });
  return ((await answer.json()) as { screening: Screened }).screening.model;
}

/** Posts comments until one was screened with such a model. */
async function waitForModel(wanted: RegExp): Promise<void> {
  await waitUntil(async () => wanted.test(await modelOf((await post('The ferry was late.')).id)), `a model ${wanted}`);
}
