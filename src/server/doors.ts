import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Who is still being waited for, once nobody new is let in. */
export type Doors = {
  /** Runs `close`, which stops listening and resolves when every connection has ended, and sees to it that they do: one
   *  that has its answer is closed at once, where a browser would keep it for its next request. After six seconds
   *  whoever is stuck is cut off: who has not sent all of a request by then, or does not read the answer. Who waits for
   *  us is not, for as long as a query may take. */
  close(close: () => Promise<void>): Promise<void>;
};

// Docker kills ten seconds after SIGTERM; what ends after the doors needs about two of them.
const stuckMilliseconds = 6_000;
// Longer than a query may take, shorter than the 90 seconds after which systemd kills.
const graceMilliseconds = 25_000;
const sweepMilliseconds = 50;

/** Watches the connections of a server from before it listens. */
export function watchDoors(server: Server): Doors {
  const latest = new Map<Socket, ServerResponse | undefined>();
  server.on('connection', (socket: Socket) => {
    latest.set(socket, undefined);
    socket.once('close', () => latest.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (latest.has(socket)) latest.set(socket, response);
  });
  const cutStuck = (): void => {
    for (const [socket, response] of latest) if (!isWaitingForUs(response)) socket.destroy();
  };
  return {
    close: async (close) => {
      const sweeping = setInterval(() => server.closeIdleConnections(), sweepMilliseconds);
      const cutting = setTimeout(cutStuck, stuckMilliseconds);
      const giving = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
      await close().finally(() => {
        clearInterval(sweeping);
        clearTimeout(cutting);
        clearTimeout(giving);
      });
    },
  };
}

// An answer that has begun was handed over whole, or is a stream that has been ended: what is missing is its reader.
function isWaitingForUs(response: ServerResponse | undefined): boolean {
  return response !== undefined && response.req.complete && !response.headersSent;
}
