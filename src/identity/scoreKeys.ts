import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Kept } from '../record/kept.ts';
import { hashToken } from './secrets.ts';

/** Whom a key of the scoring endpoint belongs to: `name` to count under, which is no secret, and more where it is known. */
export type FindHolder<More = object> = (key: string | undefined) => Promise<({ name: string } & More) | undefined>;

/** Finds the program whose token of the scope `score` was sent. A key that was revoked, that never was, that is of another
 *  scope and none at all take the same time: each is hashed and compared with every stored hash. From a revocation on it
 *  finds nothing, within the lease of what is kept in memory. */
export function findScorePrograms(kept: Kept): FindHolder<{ site: string }> {
  return async (key) => {
    const tokens = await kept.listScoreTokens();
    const found = findEqual(tokens, hashToken(key));
    return found && { name: `${found.site}/${found.id}`, site: found.site };
  };
}

/** Finds keys of the environment, by their place in the list. Only hashes are kept, under a key of this process, so that
 *  neither memory nor a dump of it tells one. */
export function holdKeys(keys: readonly string[]): FindHolder {
  const ownKey = randomBytes(32);
  const hash = (key: string): Buffer => createHmac('sha256', ownKey).update(key).digest();
  const held = keys.map((key, at) => ({ name: `key ${at + 1}`, hash: hash(key) }));
  return async (key) => {
    const found = findEqual(held, hash(key ?? ''));
    return found && key ? { name: found.name } : undefined;
  };
}

/** Compares with all of them, so that the time tells neither which one it was nor whether there was one. */
function findEqual<Held extends { hash: Buffer }>(held: readonly Held[], hash: Buffer): Held | undefined {
  let found: Held | undefined;
  for (const one of held) if (timingSafeEqual(one.hash, hash)) found = one;
  return found;
}
