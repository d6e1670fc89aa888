// `npm run bench`: how fast Stet is, as ratios within this run (issue 2, "How fast"). Prints one table and keeps it in
// docs/reference/performance.md. The programs are the real ones, started as users start them, and spoken to over HTTP.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BareSettings } from './bare.ts';
import { checkDurability, countFlushes, countStored, findServer, type Server } from './database.ts';
import { deskRows } from './deskRows.ts';
import { describeMachine, measureDisk } from './machine.ts';
import { findFreePort, root, startProgram, stopPrograms } from './programs.ts';
import { readerRows } from './readerRows.ts';
import { compareRow, limitRow, renderReport, renderRows, type Row } from './report.ts';
import { numberSlot } from './requests.ts';
import { type Contender, measureRounds, median, type Measured } from './rounds.ts';
import { scoringRows } from './scoringRows.ts';
import { screeningRows } from './screeningRows.ts';
import { statisticsRows } from './statisticsRows.ts';
import { measureStartup, readResident, type Startup } from './startup.ts';
import {
  commentsPath,
  fillStet,
  fragmentPath,
  readProcess,
  readSamples,
  type Samples,
  serveStet,
  sites,
  type Stet,
} from './stet.ts';
import { countPeerStored, installPeer, type Peer, peerName, readUrl, startPeer, writtenUrl } from './waline.ts';

const options = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '4' },
  /** Prints, and leaves docs/reference/performance.md as it is. */
  keep: { type: 'boolean', default: false },
  'no-peer': { type: 'boolean', default: false },
  /** Only the rows of one part, printed and not kept. */
  only: { type: 'string', default: '' },
} as const;

const names = {
  bareSubmit: 'bare route, validating',
  unscreened: 'Stet, screening off',
  keyed: 'Stet, screening off, Idempotency-Key',
  screened: 'Stet, screening on',
  peerSubmit: `${peerName}, submitting`,
  bareRead: 'bare route, same bytes',
  read: 'Stet, fragment',
  peerRead: `${peerName}, reading`,
};

const { values } = parseArgs({ options });
const plan = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: 64,
  firstNumber: 1_000_000_000,
};
const folder = path.join(root, 'var', 'bench');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

process.once('SIGINT', () => void stopPrograms().then(() => process.exit(130)));
// Parts that need none of the programs below, by the name for `--only`.
const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  screening: screeningRows,
  scoring: scoringRows,
  desk: deskRows,
  statistics: statisticsRows,
  reader: readerRows,
};

try {
  await (values.only === '' ? run() : runPart(values.only));
} finally {
  await stopPrograms();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function runPart(name: string): Promise<void> {
  const measure = parts[name];
  if (!measure) throw new Error(`--only takes ${Object.keys(parts).join(', ')}`);
  console.log(renderRows(await measure()));
}

async function run(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const startup = await measureStartup(path.join(folder, 'started'), plan.rounds);
  say(`ready again in ${median(startup.again).toFixed(2)} s`);
  const dataFolder = path.join(folder, 'data');
  const stet = await serveStet(dataFolder);
  await fillStet(dataFolder, stet);
  const samples = await readSamples(dataFolder, stet);
  const server = findServer(dataFolder);
  const durability = await checkDurability(server);
  const bare = await startBare(samples);
  const peer = values['no-peer'] ? 'not asked for' : await tryPeer(server);
  const contenders = listContenders({ stet, bare, peer: typeof peer === 'string' ? undefined : peer });
  say(`warming up ${contenders.length} programs`);
  const warmUp = await measureRounds(contenders, { ...plan, rounds: 1, seconds: 3, firstNumber: 1 }, () => {});
  const before = await countFlushes(server);
  const { measured, busy } = await measureRounds(contenders, plan, say);
  const flushes = (await countFlushes(server)) - before;
  const runs = [warmUp.measured, measured];
  const stored = await checkStored(server, runs);
  const notes = [
    ...describeStorage(measured, { flushes, stored, disk: measureDisk(folder) }),
    ...(await describePeer(server, runs)),
    `Stet's server after all that: ${readResident(readProcess(dataFolder)).toFixed(0)} MB resident. First start on an empty folder: ${startup.first.toFixed(1)} s.`,
    `Fragment: ${samples.fragment.bytes} bytes. LOG_LEVEL as it is when nobody sets it (info: a line for failures only).`,
    `Before the runs the processors were ${(median(busy) * 100).toFixed(0)} % busy with other things (median; worst ${(Math.max(...busy) * 100).toFixed(0)} %).`,
  ];
  const rows = [...makeRows(measured, peer), ...startupRows(startup)];
  for (const [name, measure] of Object.entries(parts)) {
    try {
      rows.push(...(await measure()));
    } catch (error) {
      // What took a quarter of an hour before is kept, and the page says what is missing in it.
      process.exitCode = 1;
      say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      notes.push(`The rows of ${name} could not be measured.`);
    }
  }
  const page = renderReport({ rows, measured, machine: describeMachine(), durability, notes, date: new Date() });
  console.log(page.slice(0, page.indexOf('## How to read it')).trim());
  if (!values.keep) writeFileSync(path.join(root, 'docs', 'reference', 'performance.md'), page);
}

async function startBare({ held, fragment }: Samples): Promise<number> {
  const port = await findFreePort();
  const settings: BareSettings = { port, held, fragment };
  const command = [process.execPath, path.join(root, 'bench', 'bare.ts'), JSON.stringify(settings)] as const;
  await startProgram(command, `http://127.0.0.1:${port}${fragmentPath}`);
  return port;
}

/** The peer, or a sentence about why there is none. */
async function tryPeer(server: Server): Promise<Peer | string> {
  try {
    say(`installing ${peerName} into var/peer, unless it is there`);
    await installPeer();
    return await startPeer(server);
  } catch (error) {
    return `could not be run here: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
}

function listContenders({ stet, bare, peer }: { stet: Stet; bare: number; peer: Peer | undefined }): Contender[] {
  const post = { name: 'name', text: 'text', beside: {} };
  const submit = (name: string, port: number, site: string, headers = {}): Contender => {
    return { name, status: '202', load: { port, path: commentsPath(site), headers, post } };
  };
  const read = (name: string, port: number, address: string): Contender => {
    return { name, status: '200', load: { port, path: address, headers: {} } };
  };
  const ours = [
    submit(names.bareSubmit, bare, sites.unscreened),
    submit(names.unscreened, stet.port, sites.unscreened),
    submit(names.keyed, stet.port, sites.unscreened, { 'idempotency-key': numberSlot }),
    submit(names.screened, stet.port, sites.screened),
    read(names.bareRead, bare, fragmentPath),
    read(names.read, stet.port, fragmentPath),
  ];
  if (!peer) return ours;
  const written = { name: 'nick', text: 'comment', beside: { mail: '', link: '', ua: '', url: writtenUrl } };
  return [
    ...ours,
    {
      name: names.peerSubmit,
      status: '200',
      mayDrop: true,
      load: { port: peer.port, path: '/api/comment', headers: {}, post: written },
    },
    { ...read(names.peerRead, peer.port, `/api/comment?path=${readUrl}&pageSize=100&page=1`), mayDrop: true },
  ];
}

/** Throws unless every comment that Stet accepted is stored. Returns how many that are. */
async function checkStored(server: Server, runs: readonly Measured[]): Promise<number> {
  // One more: the sample that the bare route answers with.
  const expected = [
    { site: sites.unscreened, accepted: countAnswers(runs, '202', names.unscreened, names.keyed) + 1 },
    { site: sites.screened, accepted: countAnswers(runs, '202', names.screened) },
  ];
  let all = 0;
  for (const { site, accepted: most } of expected) {
    const stored = await countStored(server, site);
    if (stored !== most) throw new Error(`${site}: ${most} were answered 202, and ${stored} are stored`);
    all += stored;
  }
  return all;
}

/** What the peer stored of what it answered 200: it says with 200, too, that it refused. */
async function describePeer(server: Server, runs: readonly Measured[]): Promise<string[]> {
  const answered = countAnswers(runs, '200', names.peerSubmit);
  return answered === 0
    ? []
    : [`${peerName} answered ${answered} submissions and stored ${await countPeerStored(server)}.`];
}

function countAnswers(runs: readonly Measured[], status: string, ...of: string[]): number {
  const results = runs.flatMap((measured) => of.flatMap((name) => measured.get(name) ?? []));
  return results.reduce((sum, { answers }) => sum + (answers[status] ?? 0), 0);
}

function describeStorage(
  measured: Measured,
  { flushes, stored, disk }: { flushes: number; stored: number; disk: number },
): string[] {
  const submitted = countAnswers([measured], '202', names.unscreened, names.keyed, names.screened);
  return [
    `${stored} submissions were answered 202 and ${stored} comments are stored, each with its event.`,
    `${flushes} flushes of the write-ahead log for ${submitted} submissions: ${(submitted / flushes).toFixed(0)} to a flush. The disk confirms 8 KB in ${disk.toFixed(2)} ms.`,
  ];
}

function makeRows(measured: Measured, peer: Peer | string): Row[] {
  const row = (what: string, stet: string, against: string, target?: number): Row =>
    compareRow(measured, { what, stet, against, target });
  const ours = [
    row('durable submissions, screening off', names.unscreened, names.bareSubmit, 0.6),
    row('the same with an Idempotency-Key', names.keyed, names.bareSubmit),
    row('durable submissions, screening on', names.screened, names.bareSubmit, 0.4),
    row('reading a fragment of 100 comments', names.read, names.bareRead, 0.8),
  ];
  if (typeof peer === 'string') {
    return [...ours, { what: 'beside Waline', stet: '', against: peer, ratio: '', target: '≥ 30', isMet: undefined }];
  }
  return [
    ...ours,
    row('submissions, screening off, beside Waline', names.unscreened, names.peerSubmit, 30),
    row('submissions, screening on, beside Waline', names.screened, names.peerSubmit, 30),
    row('reading 100 comments, beside Waline', names.read, names.peerRead, 30),
  ];
}

function startupRows({ again, residentMegabytes }: Startup): Row[] {
  return [
    limitRow('ready after `npm start`, not the first', median(again), { unit: 's', target: 3 }),
    limitRow('resident memory of the idle server', median(residentMegabytes), { unit: 'MB', target: 200 }),
  ];
}
