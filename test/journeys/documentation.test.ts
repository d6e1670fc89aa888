import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type Installation, makeInstallation, type Served } from '../support/installation.ts';

// The examples of docs/reference/api.md, one after the other, as a reader of that page would run them.
type Example = { command: string; status: string; shown: string | undefined };

const page = readFileSync(new URL('../../docs/reference/api.md', import.meta.url), 'utf8');
const block = /^```sh\n(.+?) # (\d{3})\n```\n(?:\n```json\n(.+?)\n```$)?/gms;
const examples: Example[] = [...page.matchAll(block)].map(([, command = '', status = '', shown]) => ({
  command,
  status,
  shown,
}));
const leftOut = ['bash', 'curl'].find((program) => spawnSync(program, ['--version']).status !== 0);

let installation: Installation;
let server: Served;
const values: Record<string, string> = {};

before(async () => {
  if (leftOut !== undefined) return;
  installation = makeInstallation({});
  server = await installation.serve('start');
  values['S'] = server.url;
  values['STORIES'] = await addToken('stories', 'Stories');
  values['DESK'] = await addToken('desk', 'First program');
  values['SCORE'] = await addToken('score', 'Scores');
  values['SECOND'] = await addToken('desk', 'Second program');
  values['SESSION'] = await openSession();
});
after(() => installation?.remove());

async function addToken(scope: string, name: string): Promise<string> {
  return (await installation.stet('token', 'add', '--site', 'sample', '--scope', scope, '--name', name)).trim();
}

async function openSession(): Promise<string> {
  const printed = await installation.stet(
    'moderator',
    'add',
    'eva@news.example',
    '--site',
    'sample',
    '--role',
    'editor',
  );
  const body = JSON.stringify({ secret: printed.trim().split('#')[1] });
  const headers = { 'content-type': 'application/json' };
  const response = await server.fetch('/api/v1/desk/sessions', { method: 'POST', headers, body });
  return /__Host-stet-session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

test('every block of commands in docs/reference/api.md names its status', () => {
  assert.equal(page.match(/^```sh$/gm)?.length, examples.length);
});

test(
  'the examples of docs/reference/api.md answer as it says, one after the other',
  { skip: leftOut && `no ${leftOut} here` },
  async () => {
    for (const { command, status, shown } of examples) {
      const { body, answered } = await run(command);
      assert.equal(answered, status, `${command}\n${body}`);
      if (shown !== undefined) assert.deepEqual(shapeOf(JSON.parse(body)), shapeOf(JSON.parse(shown)), command);
      if (command.includes('/events')) assert.match(body, /^event: count\ndata: \{"count":1\}$/m);
      take(command, body);
    }
  },
);

/** The fields of a value, and theirs, without what stands in them. Fields of a score or a text by language are anybody's. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? 'list' : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return 'value';
  const anybodys = ['scores', 'counts', 'decision', 'parent', 'claim'];
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, anybodys.includes(name) ? 'any' : shapeOf(inner)]),
  );
}

/** What a reader of the page copies out of an answer into the next command. */
function take(command: string, body: string): void {
  if (/\/comments \\$/m.test(command)) {
    const { id, receipt } = JSON.parse(body) as { id: string; receipt: string };
    values['ID'] = id;
    values['RECEIPT'] = receipt;
  }
  if (/v1\/comments\/\$ID\/reports /.test(command))
    values['REPORT'] = (JSON.parse(body) as { receipt: string }).receipt;
  if (/desk\/appeals\?/.test(command)) {
    values['APPEAL'] = (JSON.parse(body) as { appeals: { id: string }[] }).appeals[0]?.id ?? '';
  }
}

async function run(command: string): Promise<{ body: string; answered: string }> {
  // A stream ends by its time, which curl calls a failure; the status says what was answered.
  const script = `curl() { command curl -s -w '\\n%{http_code}' "$@" || true; }\n${command}`;
  const env = { PATH: process.env['PATH'] ?? '', ...values };
  const child = spawn('bash', ['--norc', '-c', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (part: string) => (output += part));
  await once(child, 'close');
  const lines = output.split('\n');
  const answered = lines.findLastIndex((line) => /^\d{3}/.test(line));
  return { body: lines.slice(0, answered).join('\n'), answered: lines[answered]?.slice(0, 3) ?? '' };
}
