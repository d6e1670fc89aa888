import { createHash, randomBytes } from 'node:crypto';

/** The site that a secret belongs to, and what is stored of it. */
export type SecretHash = { site: string; hash: Buffer };

const randomLength = 32;
const shape = /^([a-z0-9-]{1,80})_([A-Za-z0-9_-]{43})$/;

/** A secret of 256 random bits that names its site, `[A-Za-z0-9_-]+`: a site's key holds no underscore, so the first one
 *  ends it. Only the hash is ever stored. */
export function makeSecret(site: string): SecretHash & { secret: string } {
  const secret = `${site}_${randomBytes(randomLength).toString('base64url')}`;
  return { secret, site, hash: hashSecret(secret) };
}

/** The site and hash of a secret as it was sent; undefined for what cannot be one. */
export function readSecret(sent: unknown): SecretHash | undefined {
  if (typeof sent !== 'string' || sent.length > 130) return undefined;
  const site = shape.exec(sent)?.[1];
  return site === undefined ? undefined : { site, hash: hashSecret(sent) };
}

// Plain SHA-256: what is hashed has 256 random bits, so a slow hash would protect nothing more.
function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const tokenPrefix = 'stet_';

/** A bearer token: a secret behind `stet_`, so that scanners for leaked secrets can know it. */
export function makeToken(site: string): SecretHash & { token: string } {
  const { secret, ...stored } = makeSecret(site);
  return { token: `${tokenPrefix}${secret}`, ...stored };
}

/** The hash of whatever was sent as a bearer token, also of nothing: what cannot be one matches none that is stored. */
export function hashToken(sent: string | undefined): Buffer {
  return hashSecret(sent?.startsWith(tokenPrefix) ? sent.slice(tokenPrefix.length) : `no token: ${sent ?? ''}`);
}

/** The site and hash of a bearer token as it was sent; undefined for what cannot be one. */
export function readToken(sent: string): SecretHash | undefined {
  return sent.startsWith(tokenPrefix) ? readSecret(sent.slice(tokenPrefix.length)) : undefined;
}
