import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findFreePort, type Program, root, runProgram, startProgram } from './programs.ts';
import { texts } from './texts.ts';

/** A Stet that serves on loopback, as `npx stet serve` starts it. */
export type Stet = { port: number; program: Program };

/** What Stet answered, for the bare server to answer the same. */
export type Samples = {
  held: Record<string, string>;
  fragment: { file: string; headers: Record<string, string>; bytes: number };
};

/** The two sites that are written to: limits off, screening off and on. */
export const sites = { unscreened: 'unscreened', screened: 'screened' } as const;

/** The site that is read, and the one story of each site. */
export const readSite = 'read';
export const story = 'bridge';

/** Comments of the fragment that is read. */
export const fragmentComments = 100;

const command = path.join(root, 'bin', 'stet.mjs');

/** Serves from a data folder, with the log level and all else as a newsroom has it that sets nothing. */
export async function serveStet(dataFolder: string): Promise<Stet> {
  const port = await findFreePort();
  const environment = { STET_DATA: dataFolder, PORT: String(port) };
  const program = await startProgram([process.execPath, command, 'serve'], `http://127.0.0.1:${port}/readyz`, {
    environment,
  });
  return { port, program };
}

/** Makes the sites and stories, and a story with a hundred published comments. */
export async function fillStet(dataFolder: string, { port }: Stet): Promise<void> {
  const run = (...words: string[]): Promise<string> =>
    runProgram(process.execPath, [command, ...words], { environment: { STET_DATA: dataFolder } });
  const file = path.join(dataFolder, 'bridge.md');
  writeFileSync(file, storyFile);
  for (const site of [...Object.values(sites), readSite]) {
    await run('site', 'add', site, '--name', 'The Harbour Post', '--language', 'en');
    await run('site', 'set', site, 'intake.limits=off', `screening=${site === sites.screened ? 'on' : 'off'}`);
    await run('story', 'add', file, '--site', site);
  }
  const token = (await run('token', 'add', '--site', readSite, '--scope', 'desk')).trim();
  await publishComments(port, token);
}

/** One comment and one fragment, with the headers of the answer; connection and date are each server's own. */
export async function readSamples(dataFolder: string, { port }: Stet): Promise<Samples> {
  const held = (await call(port, commentsPath(sites.unscreened), {
    name: 'Ada',
    text: 'The first of many.',
  })) as Samples['held'];
  // As it is: the bare route compresses nothing, and the load asks for nothing compressed.
  const answer = await fetch(`http://127.0.0.1:${port}${fragmentPath}`, { headers: { 'accept-encoding': 'identity' } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const shown = bytes.toString().split('<article ').length - 1;
  if (shown !== fragmentComments) throw new Error(`the fragment shows ${shown} comments`);
  const file = path.join(dataFolder, 'fragment.html');
  writeFileSync(file, bytes);
  const own = new Set(['connection', 'content-length', 'date', 'keep-alive']);
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name)));
  return { held, fragment: { file, headers, bytes: bytes.length } };
}

/** The address that takes comments of a site's story. */
export function commentsPath(site: string): string {
  return `/api/v1/sites/${site}/stories/${story}/comments`;
}

/** The address of the fragment that is read. */
export const fragmentPath = `/api/v1/sites/${readSite}/stories/${story}/thread.html?limit=${fragmentComments}`;

/** The process number of the one Stet that serves a data folder, from the note it leaves there. */
export function readProcess(dataFolder: string): number {
  const folder = path.join(dataFolder, 'servers');
  const [note] = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (note === undefined) throw new Error(`no server has left a note in ${folder}`);
  return (JSON.parse(readFileSync(path.join(folder, note), 'utf8')) as { by: { pid: number } }).by.pid;
}

async function publishComments(port: number, token: string): Promise<void> {
  for (let number = 0; number < fragmentComments; number += 1) {
    const { name, text } = texts[number % texts.length] ?? { name: '', text: '' };
    await call(port, commentsPath(readSite), { name, text: `${text} (${number})` });
  }
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const queue = await fetch(`http://127.0.0.1:${port}/api/v1/desk/queue?site=${readSite}`, { headers });
    const { comments } = (await queue.json()) as { comments: { id: string; version: number }[] };
    if (comments.length === 0) return;
    const decided = comments.map(({ id, version }) => ({ id, version }));
    await call(port, '/api/v1/desk/decisions', { comments: decided, verdict: 'approve' }, headers);
  }
}

async function call(
  port: number,
  address: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

// About as long as a short news story, so that screening has a relevance to tell.
const storyFile = `---
key: ${story}
headline: The night ferry returns, and the new bridge opens on Monday
standfirst: The council keeps a promise of nine years; those who live beside the bridge were not asked.
byline: The Harbour Post
published: 2026-11-01T09:30:00Z
tags: [council, bridge, ferry]
language: en
---
${'The council said on Monday that the ferry will run at night again, every hour until two. The new bridge over the harbour opens on the same day. People who live beside it fear the noise; shop owners of the old market fear the new one.\n\n'.repeat(8)}`;
