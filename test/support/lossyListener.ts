import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { type ConnectionSettings, connectionToUrl } from '../../src/storage/connections.ts';
import { socketPort } from '../../src/storage/embedded/folders.ts';

/** A way to the embedded server on which notices can get lost, as they do behind a PgBouncer in transaction mode. */
export type LossyWay = {
  connection: ConnectionSettings;
  /** While true, no notice arrives. Everything else does. */
  losing: boolean;
  /** How many were lost. */
  lost: number;
  close(): void;
};

const notice = 'A'.charCodeAt(0);

/** Opens it before the socket of a test database's address. */
export async function openLossyWay(databaseUrl: string): Promise<LossyWay> {
  const url = new URL(databaseUrl);
  const socket = `${url.searchParams.get('host')}/.s.PGSQL.${socketPort}`;
  const server = createServer((near) => {
    const far = connect(socket);
    const pass = passMessages((message) => {
      const isLost = way.losing && message[0] === notice;
      if (isLost) way.lost += 1;
      else near.write(message);
    });
    near.pipe(far);
    far.on('data', pass);
    far.on('close', () => near.destroy());
    for (const end of [near, far]) end.on('error', () => end.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  url.searchParams.set('host', '127.0.0.1');
  url.searchParams.set('port', String(port));
  const way: LossyWay = {
    connection: connectionToUrl(url.toString()),
    losing: false,
    lost: 0,
    close: () => void server.close(),
  };
  return way;
}

// A message of the server: one byte that names it, four of length that count themselves, the rest.
function passMessages(pass: (message: Buffer) => void): (part: Buffer) => void {
  let waiting = Buffer.alloc(0);
  return (part) => {
    waiting = Buffer.concat([waiting, part]);
    while (waiting.length >= 5 && waiting.length > waiting.readUInt32BE(1)) {
      const length = 1 + waiting.readUInt32BE(1);
      pass(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  };
}
