// A load generator of one process: `node bench/load.ts JOB`, prints a Result as JSON. Plain sockets, one request under
// way on each, answers read no further than their length. Measured here per request: 8 µs of processor time, as wrk, and
// half of autocannon's; on two cores every microsecond of it is taken from the servers. The same one for every row.
import net from 'node:net';
import { type Job, prepareRequests } from './requests.ts';

/** What a load found. */
export type Result = {
  /** Answers by status, those before and after the measured time included: what the database has to hold. */
  answers: Record<string, number>;
  /** Bytes of the last answer's body. */
  bodyBytes: number;
  /** Answers a second in the measured time. */
  rate: number;
  /** Milliseconds from sending to the whole answer. */
  median: number;
  p99: number;
};

const buckets = 100_000;
const bucketsPerMillisecond = 10;
// A slow server's answers come in bursts: what is measured ends after two of each connection's, or after this.
const longestSeconds = 40;

const job = JSON.parse(process.argv[2] ?? '') as Job;
const shared = Buffer.allocUnsafe(262_144);
const answers: Record<string, number> = {};
const durations = new Uint32Array(buckets);
let number = job.firstNumber;
let answered = 0;
let bodyBytes = 0;
let phase: 'warm' | 'measured' | 'ending' = 'warm';
let underWay = 0;

const connections = Array.from({ length: job.connections }, () => openConnection());
await passPhase({ seconds: job.warmSeconds, least: job.connections });
phase = 'measured';
const begin = { at: performance.now(), answered };
await passPhase({ seconds: job.seconds, least: 2 * job.connections });
phase = 'ending';
const seconds = (performance.now() - begin.at) / 1000;
const measured = answered - begin.answered;
while (underWay > 0) await pause(5);
for (const connection of connections) connection.destroy();
const result: Result = {
  answers,
  bodyBytes,
  rate: measured / seconds,
  median: percentile(0.5),
  p99: percentile(0.99),
};
console.log(JSON.stringify(result));

/** Waits for the time and for the answers, whichever takes longer. */
async function passPhase({ seconds: least, least: leastAnswers }: { seconds: number; least: number }): Promise<void> {
  const start = performance.now();
  const from = answered;
  await pause(least * 1000);
  while (answered - from < leastAnswers && performance.now() - start < longestSeconds * 1000) await pause(20);
}

function openConnection(): net.Socket {
  const requests = prepareRequests(job);
  let missing = 0;
  let sentAt = 0;
  const send = (): void => {
    if (phase === 'ending') return;
    sentAt = performance.now();
    underWay += 1;
    socket.write(requests.write(number++));
  };
  const receive = (bytes: number): boolean => {
    missing = missing > 0 ? missing - bytes : readHead(bytes);
    if (missing === 0) {
      finish(performance.now() - sentAt);
      send();
    }
    return true;
  };
  const socket = net.connect({
    port: job.port,
    host: '127.0.0.1',
    noDelay: true,
    onread: { buffer: shared, callback: receive },
  });
  socket.on('connect', send);
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => phase !== 'ending' && fail('the server closed a connection'));
  return socket;
}

function finish(milliseconds: number): void {
  underWay -= 1;
  answered += 1;
  if (phase !== 'measured') return;
  const bucket = Math.min(buckets - 1, Math.floor(milliseconds * bucketsPerMillisecond));
  durations[bucket] = (durations[bucket] ?? 0) + 1;
}

/** Counts the status and returns how many bytes of the body are still to come. */
function readHead(bytes: number): number {
  const end = shared.subarray(0, bytes).indexOf('\r\n\r\n');
  const head = shared.toString('latin1', 0, Math.max(end, 0));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined)
    fail(`an answer without a length, or a head in parts: ${shared.toString('latin1', 0, Math.min(bytes, 300))}`);
  const status = head.slice(9, 12);
  answers[status] = (answers[status] ?? 0) + 1;
  bodyBytes = Number(length);
  return bodyBytes - (bytes - end - 4);
}

function percentile(part: number): number {
  const all = durations.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  const bucket = durations.findIndex((count) => (seen += count) >= all * part);
  return bucket / bucketsPerMillisecond;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function fail(sentence: string): never {
  console.error(`load: ${sentence}`);
  process.exit(1);
}
