import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a page asks an authenticator for, as far as it looks at it. */
export type Ceremony = { challenge: string; rpId: string; origin: string };

/** A passkey made in the test: a P-256 key that answers as a browser with a platform authenticator does (WebAuthn §6). */
export type Authenticator = {
  register(ceremony: Ceremony): Record<string, unknown>;
  signIn(ceremony: Ceremony): Record<string, unknown>;
  /** The same key with the counter of now: what a thief who copied it has. */
  copy(): Authenticator;
};

export function makeAuthenticator(): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return fromKey({ publicKey, privateKey, id: randomBytes(32) }, 0);
}

type Key = { publicKey: KeyObject; privateKey: KeyObject; id: Buffer };

function fromKey(key: Key, counted: number): Authenticator {
  let counter = counted;
  const answer = (response: object): Record<string, unknown> => {
    const id = key.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  };
  return {
    register: ({ challenge, rpId, origin }) => {
      counter += 1;
      const authData = Buffer.concat([dataOf(rpId, 0x45, counter), attestedKey(key)]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: encode(attestation).toString('base64url'),
        transports: ['internal'],
      });
    },
    signIn: ({ challenge, rpId, origin }) => {
      counter += 1;
      const authData = dataOf(rpId, 0x05, counter);
      const data = clientData('webauthn.get', challenge, origin);
      const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()]);
      return answer({
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, key.privateKey).toString('base64url'),
      });
    },
    copy: () => fromKey(key, counter),
  };
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

// rpIdHash ‖ flags ‖ counter (WebAuthn §6.1); 0x05 is present and verified, 0x40 more says that a key follows.
function dataOf(rpId: string, flags: number, counter: number): Buffer {
  const tail = Buffer.alloc(5);
  tail.writeUInt8(flags, 0);
  tail.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
}

function attestedKey({ publicKey, id }: Key): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const cose = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(id.length);
  return Buffer.concat([Buffer.alloc(16), length, id, encode(cose)]);
}

function encode(value: Map<unknown, unknown>): Buffer {
  return Buffer.from(isoCBOR.encode(value as Parameters<typeof isoCBOR.encode>[0]));
}
