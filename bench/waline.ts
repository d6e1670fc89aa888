import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { makeDatabase, query, type Server } from './database.ts';
import { findFreePort, root, runProgram, startProgram } from './programs.ts';
import { fragmentComments } from './stet.ts';
import { texts } from './texts.ts';

/** A Waline that serves on loopback and stores on the same PostgreSQL as Stet. */
export type Peer = { port: number; stop(): Promise<void> };

export const peerName = 'Waline 1.39.3';

/** What a page loads of it: its makers number both apart. */
export const peerClientName = 'Waline, client 3.15.2';

/** The page whose comments are written, and the one whose are read. */
export const writtenUrl = '/bridge';
export const readUrl = '/read';

const database = 'waline';
const folder = path.join(root, 'var', 'peer');
const main = path.join(folder, 'node_modules', '@waline', 'vercel', 'vanilla.js');

/** Where what a page loads of it is, once it is installed. */
export const clientFolder = path.join(folder, 'node_modules', '@waline', 'client', 'dist');

/** Installs it from the npm registry, apart from Stet, unless it is installed. Install scripts stay off: its optional
 *  SQLite would be compiled, and is not used. Throws what npm says. */
export async function installPeer(): Promise<void> {
  if (existsSync(main) && existsSync(clientFolder)) return;
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(root, 'bench', 'peer', 'package.json'), path.join(folder, 'package.json'));
  const npm = process.env['npm_execpath'];
  const begin: readonly [string, ...string[]] = npm ? [process.execPath, npm] : ['npm'];
  const [program, ...first] = begin;
  const flags = ['--omit=dev', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram(program, [...first, 'install', ...flags], { cwd: folder });
}

/** Starts it on a database of its own with a hundred approved comments on the page that is read. What would slow it
 *  down without need is out of its way: the sign-in service that it asks with every request answers on loopback at once,
 *  its rate limit and its spam service are off, its log goes nowhere, and it has the index that its makers recommend. */
export async function startPeer(server: Server): Promise<Peer> {
  await makeDatabase(server, database, schema);
  const services = await serveNoServices();
  const port = await findFreePort();
  const environment = {
    PG_HOST: server.host,
    PG_PORT: String(server.port),
    PG_DB: database,
    PG_USER: server.user,
    PG_PASSWORD: 'trusted by the socket',
    OAUTH_URL: `http://127.0.0.1:${(services.address() as AddressInfo).port}/`,
    IPQPS: '0',
    AKISMET_KEY: 'false',
    COMMENT_AUDIT: 'true',
    JWT_TOKEN: 'bench',
    // The same little picture for everybody, from the page's own origin, in place of one of another host for each name.
    GRAVATAR_STR: '/face.svg',
  };
  const ready = `http://127.0.0.1:${port}/api/comment?path=${readUrl}`;
  const cwd = path.dirname(main);
  const program = await startProgram([process.execPath, main, String(port)], ready, {
    cwd,
    environment,
    isMuted: true,
  });
  await fillPeer(server, port);
  return {
    port,
    stop: async () => {
      await program.stop();
      services.close();
    },
  };
}

/** How many comments it stored on the page that is written to. */
export async function countPeerStored(server: Server): Promise<number> {
  const [row] = await query<{ n: string }>(
    server,
    'select count(*) as n from wl_comment where url = $1',
    [writtenUrl],
    database,
  );
  return Number(row?.n);
}

async function fillPeer(server: Server, port: number): Promise<void> {
  for (let number = 0; number < fragmentComments; number += 1) {
    const { name, text } = texts[number % texts.length] ?? { name: '', text: '' };
    const answer = await fetch(`http://127.0.0.1:${port}/api/comment`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nick: name, comment: `${text} (${number})`, mail: '', link: '', ua: '', url: readUrl }),
    });
    const { errno } = (await answer.json()) as { errno: number };
    if (errno !== 0) throw new Error(`Waline refused a comment: ${errno}`);
  }
  await query(server, `update wl_comment set status = 'approved' where url = $1`, [readUrl], database);
}

function serveNoServices(): Promise<HttpServer> {
  const services = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"services":[]}');
  });
  // It ends with the process that measures.
  services.unref();
  return new Promise((resolve) => services.listen(0, '127.0.0.1', () => resolve(services)));
}

// The columns that Waline's statements name; it makes no tables by itself.
const schema = `
  create table wl_comment (
    id serial primary key, user_id int, comment text, insertedat timestamp(0) not null default current_timestamp,
    ip varchar(100) default '', link varchar(255), mail varchar(255), nick varchar(255), pid int, rid int, sticky numeric,
    status varchar(50) not null default '', "like" int, ua text, url varchar(255),
    createdat timestamp(0) default current_timestamp, updatedat timestamp(0) default current_timestamp);
  create index on wl_comment (url, rid);
  create table wl_users (
    id serial primary key, display_name varchar(255) not null default '', email varchar(255) not null default '',
    password varchar(255) not null default '', type varchar(50) not null default '', label varchar(255), url varchar(255),
    avatar varchar(255), github varchar(255), twitter varchar(255), facebook varchar(255), google varchar(255),
    weibo varchar(255), qq varchar(255), oidc varchar(255), huawei varchar(255), "2fa" varchar(32),
    createdat timestamp(0) default current_timestamp, updatedat timestamp(0) default current_timestamp);
`;
