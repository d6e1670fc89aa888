import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { nameStatement, releaseStatement } from '../../src/contract/reader.ts';

export type Stated = { site?: string; story?: string; submission: string; name: string; text: string };

/** The key of a protected name, as a browser has it; `prove` makes the field `holder` of a submission, `release` that of giving
 *  the names up. */
export function makeNameKey(): { prove(stated: Stated): string; release(of: { site: string; at: string }): string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const show = (statement: string): string => {
    const signature = sign('sha256', Buffer.from(statement), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${point.toString('base64url')}.${signature.toString('base64url')}`;
  };
  return {
    prove: ({ site = 'sample', story = 'welcome', submission, name, text }) =>
      show(nameStatement({ site, story, submission, nameSha256: digest(name), sha256: digest(text) })),
    release: (of) => show(releaseStatement(of)),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
