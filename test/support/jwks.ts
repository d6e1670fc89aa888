import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/** A publisher's own accounts: an address with its public keys, and tokens signed by whichever key it says. */
export type TestPublisher = {
  issuer: string;
  /** For `reader.keys`. */
  keysAddress: string;
  /** How often the keys were asked for. */
  asked(): number;
  /** Makes a new key that signs from now on; the old one stays listed unless told. */
  rotate(options?: { forgetOld?: boolean }): Promise<void>;
  /** A token; claims and header replace the usual ones, undefined takes one away. */
  sign(claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** The keys' address answers so from now on; undefined answers the keys. */
  answer(status: number | undefined): void;
  stop(): Promise<void>;
};

/** Starts it at `localhost`, as the product of the tests stands there. `audience` is the site's address; `now` in
 *  milliseconds. */
export async function startPublisher(audience: () => string, now: () => Date): Promise<TestPublisher> {
  let keys: object[] = [];
  let signing: Awaited<ReturnType<typeof generateKeyPair>> | undefined;
  let kid = '';
  let asked = 0;
  let status: number | undefined;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `https://accounts.courier.example`;
  const rotate: TestPublisher['rotate'] = async ({ forgetOld = false } = {}) => {
    signing = await generateKeyPair('ES256', { extractable: true });
    kid = `key ${keys.length + 1}`;
    const made = { ...(await exportJWK(signing.publicKey)), kid, alg: 'ES256', use: 'sig' };
    keys = forgetOld ? [made] : [...keys, made];
  };
  await rotate();
  return {
    issuer,
    keysAddress: `http://localhost:${port}/keys.json`,
    asked: () => asked,
    rotate,
    sign: async (claims = {}, header = {}) => {
      if (!signing) throw new Error('there is no key');
      const seconds = Math.floor(now().getTime() / 1000);
      const usual = {
        sub: 'reader-1',
        name: 'Nina Berg',
        iss: issuer,
        aud: audience(),
        iat: seconds,
        exp: seconds + 600,
      };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid, ...header })
        .sign(signing.privateKey);
    },
    answer: (code) => void (status = code),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
