import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { formTokenHours } from '../contract/form.ts';

/** The story whose form it is. */
export type FormPlace = { site: string; story: string };

const hourMilliseconds = 3_600_000;
const hourBytes = 4;
const macBytes = 16;

/** The token of a plain form: the hour and an HMAC over site, story and hour, so that another page cannot post under a
 *  reader's name without having read this one. The same for every reader within the hour: pages stay cacheable. */
export function makeFormToken(key: KeyObject, place: FormPlace, now: Date): string {
  const hour = Buffer.alloc(hourBytes);
  hour.writeUInt32BE(hourOf(now));
  return Buffer.concat([hour, sign(key, place, hour)]).toString('base64url');
}

/** Whether the token was made for this story within the last 24 hours. An hour ahead is taken, for servers whose clocks
 *  differ. Pure but for the key; constant time in the token. */
export function isFormTokenValid(
  key: KeyObject,
  token: unknown,
  { place, now }: { place: FormPlace; now: Date },
): boolean {
  if (typeof token !== 'string') return false;
  const bytes = Buffer.from(token.slice(0, 64), 'base64url');
  if (bytes.length !== hourBytes + macBytes) return false;
  const hour = bytes.subarray(0, hourBytes);
  if (!timingSafeEqual(sign(key, place, hour), bytes.subarray(hourBytes))) return false;
  const age = hourOf(now) - hour.readUInt32BE();
  return age >= -1 && age <= formTokenHours;
}

function hourOf(time: Date): number {
  return Math.floor(time.getTime() / hourMilliseconds);
}

function sign(key: KeyObject, { site, story }: FormPlace, hour: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${site}/${story}/`).update(hour).digest().subarray(0, macBytes);
}
