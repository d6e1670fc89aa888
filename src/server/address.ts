import { once } from 'node:events';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ScoreOnlySettings } from '../config/settings.ts';

/** Where a server listens, and how it is known. */
export type Address = { host: string; port: number; publicUrl: string };

/** The address of the settings, a free port found where none is named: the rooms need the public address before the doors
 *  open. */
export async function settleAddress(
  settings: Pick<ScoreOnlySettings, 'host' | 'port' | 'publicUrl'>,
): Promise<Address> {
  const host = nameHost(settings);
  const port = settings.port === 0 ? await findFreePort(host) : settings.port;
  return { host, port, publicUrl: settings.publicUrl ?? makePublicUrl(settings.host, port) };
}

/** Listens. Rejects with the operating system's error when the port is taken. */
export async function listen(app: FastifyInstance, { host, port }: Address): Promise<void> {
  // Fastify's own line about it is left out: the command prints the address, and readers of logs have /readyz.
  const { level } = app.log;
  app.log.level = 'warn';
  await app.listen({ host, port });
  app.log.level = level;
}

// For the name Fastify would open a second server on ::1, which neither ends with the first nor answers what is no HTTP.
function nameHost({ host }: { host: string }): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}

/** On loopback the name is printed, not the number: a passkey needs a name, and browsers trust localhost. */
function makePublicUrl(host: string, port: number): string {
  const named = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host) ? 'localhost' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
}

async function findFreePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const bound = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof bound !== 'object' || bound === null) throw new Error('no port was bound');
  return bound.port;
}
