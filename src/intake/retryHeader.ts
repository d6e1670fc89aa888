import type { Refusal } from '../contract/refusals.ts';

/** The Retry-After of a refusal that is answered as a page; the server adds it to the others. */
export function retryHeader(refusal: Refusal | undefined): Record<string, string> {
  return refusal?.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.retryAfterSeconds) };
}
