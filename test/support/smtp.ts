import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** How the mail server behaves: it takes letters, says nothing at all, speaks no SMTP, or answers a code to each recipient. */
export type Mood = 'well' | 'silent' | 'garbage' | 421 | 451 | 550;

/** A letter as it arrived: whom the envelope names, the raw message, its headers unfolded, and its text decoded. */
export type Arrived = { to: string[]; raw: string; headers: string; text: string };

export type TestSmtp = {
  url: string;
  letters: Arrived[];
  mood: Mood;
  /** How often somebody connected. */
  connections: number;
  /** Stops listening; `start` listens again on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** A real SMTP server on a free port of 127.0.0.1. */
export async function startSmtp(): Promise<TestSmtp> {
  let port = 0;
  let server: SMTPServer | undefined;
  const smtp: TestSmtp = {
    url: '',
    letters: [],
    mood: 'well',
    connections: 0,
    start: async () => {
      server = makeServer(smtp);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.on('error', reject);
      server.listen(port, '127.0.0.1', resolve);
      await promise;
      port = (server.server.address() as AddressInfo).port;
      smtp.url = `smtp://127.0.0.1:${port}`;
    },
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
  await smtp.start();
  return smtp;
}

function makeServer(smtp: TestSmtp): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 1,
    logger: false,
    onConnect: (_session, done) => {
      smtp.connections += 1;
      if (smtp.mood !== 'silent') done();
    },
    onRcptTo: (address, _session, done) => {
      if (typeof smtp.mood !== 'number') return done();
      const refusal = new Error(`no mail for <${address.address}> today`);
      done(Object.assign(refusal, { responseCode: smtp.mood }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        smtp.letters.push(readLetter(to, Buffer.concat(chunks).toString('latin1')));
        done();
      });
    },
  });
  server.server.prependListener('connection', (socket: NodeJS.WritableStream) => {
    if (smtp.mood === 'garbage') socket.write(Buffer.from('\u0000\u0001 HTTP/1.1 200 OK\r\n\r\n<html>'));
  });
  server.on('error', () => {});
  return server;
}

function readLetter(to: string[], raw: string): Arrived {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = head.replaceAll(/\r\n[ \t]+/g, ' ');
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(headers)?.[1]?.toLowerCase();
  const body = rest.join('\r\n\r\n');
  return { to, raw, headers, text: decode(body, encoding).replaceAll('\r\n', '\n') };
}

function decode(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString();
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
