import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which a request is written byte by byte, for what `fetch` would put right or refuse to send. */
export type RawConnection = {
  socket: Socket;
  /** Sends text or bytes as they are. */
  send(part: string | Uint8Array): void;
  /** Everything received until the server closed the connection. */
  received: Promise<string>;
};

/** Connects to the host and port of an address. */
export async function connectRaw(url: string): Promise<RawConnection> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  // A server that hangs up in the middle of what is sent has answered before.
  socket.on('error', () => {});
  const received = once(socket, 'close').then(() => Buffer.concat(parts).toString('utf8'));
  await once(socket, 'connect');
  return { socket, send: (part) => void socket.write(part), received };
}

/** Sends one request and returns the whole answer, status line first. The request has to end with the connection
 *  (`Connection: close`) or be refused. */
export async function askRaw(url: string, request: string | Uint8Array): Promise<string> {
  const connection = await connectRaw(url);
  connection.send(request);
  return connection.received;
}
