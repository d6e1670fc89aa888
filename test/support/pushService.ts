import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';
import type { PushMessage, PushTarget } from '../../src/contract/push.ts';

/** A message as a browser has it after its service took and it decrypted it; `claims` are what the sender said of itself, by a
 *  signature that was verified. */
export type Pushed = {
  message: PushMessage;
  claims: Record<string, unknown>;
  publicKey: string;
  ttl: string;
  raw: Buffer;
};

export type TestPushService = {
  /** Without a slash at its end. */
  origin: string;
  pushed: Pushed[];
  /** How often somebody asked. */
  requests: number;
  /** What it answers: 201 unless told. 301 leads to itself. */
  status: number;
  /** A browser that subscribed here. */
  subscribe(): PushTarget;
  stop(): Promise<void>;
};

/** A push service on loopback that decrypts by RFC 8291 and verifies by RFC 8292, written without the library that encrypts. */
export async function startPushService(): Promise<TestPushService> {
  const browsers = new Map<string, { pair: ECDH; auth: Buffer }>();
  const service: TestPushService = {
    origin: '',
    pushed: [],
    requests: 0,
    status: 201,
    subscribe: () => {
      const pair = createECDH('prime256v1');
      const auth = randomBytes(16);
      const path = `/send/${randomBytes(12).toString('base64url')}`;
      browsers.set(path, { pair, auth });
      const keys = { p256dh: pair.generateKeys('base64url'), auth: auth.toString('base64url') };
      return { endpoint: service.origin + path, keys };
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer((request, response) => {
    const take = async (): Promise<void> => {
      service.requests += 1;
      const raw = await readBody(request);
      const browser = browsers.get(request.url ?? '');
      if (browser && service.status === 201) {
        const { claims, publicKey } = await verify(request, service.origin);
        const message = JSON.parse(decrypt(raw, browser)) as PushMessage;
        service.pushed.push({ message, claims, publicKey, ttl: String(request.headers['ttl']), raw });
      }
      response.writeHead(browser ? service.status : 404, { location: `${service.origin}/elsewhere` }).end();
    };
    take().catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** RFC 8188 with one record, keyed by RFC 8291 §3.4. Throws where a byte is another. */
function decrypt(body: Buffer, { pair, auth }: { pair: ECDH; auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const key = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32));
  const contentKey = Buffer.from(hkdfSync('sha256', key, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', key, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  // The last record's padding is 2 and zeros.
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}

async function verify(
  { headers }: IncomingMessage,
  origin: string,
): Promise<{ claims: Record<string, unknown>; publicKey: string }> {
  const [, token = '', publicKey = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
  const { payload } = await jwtVerify(token, key, { audience: origin });
  return { claims: payload, publicKey };
}
