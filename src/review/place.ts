import { isPublicId, isSiteKey, isStoryKey } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import type { QueueOrder } from '../contract/desk.ts';
import type { AppealPlace } from '../record/appeals.ts';
import type { QueuePlace } from '../record/queueOrder.ts';

/** A place in the queue as the opaque `next` of a page. It names its order: a place of one order means nothing in another. */
export function writeQueuePlace(order: QueueOrder, place: QueuePlace): string {
  return write({ order, ...place });
}

// Far beyond any weight and any age; what the database takes as a `double precision`.
const mostUrgency = 1e9;

/** The place that a page's `after` names; undefined for what is none, or is one of another order. */
export function readQueuePlace(order: QueueOrder, written: string): QueuePlace | undefined {
  const place = read(written);
  if (!isObject(place) || place['order'] !== order) return undefined;
  const { urgency, seq, site, story, top } = place;
  if (!isUrgency(urgency) || !Number.isSafeInteger(seq)) return undefined;
  if (order !== 'story') return { urgency, seq: Number(seq) };
  return isSiteKey(site) && isStoryKey(story) && isUrgency(top)
    ? { urgency, seq: Number(seq), site, story, top }
    : undefined;
}

function isUrgency(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= mostUrgency;
}

/** A place among the appeals as the opaque `next` of a page. */
export function writeAppealPlace({ at, id }: AppealPlace): string {
  return write({ at: at.getTime(), id });
}

/** The place that a page's `after` names; undefined for what is none. */
export function readAppealPlace(written: string): AppealPlace | undefined {
  const place = read(written);
  if (!isObject(place) || !isPublicId(place['id']) || !Number.isSafeInteger(place['at'])) return undefined;
  const at = new Date(Number(place['at']));
  const year = at.getUTCFullYear();
  return year >= 1 && year <= 9999 ? { at, id: place['id'] } : undefined;
}

function write(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function read(written: string): unknown {
  if (!/^[A-Za-z0-9_-]{1,400}$/.test(written)) return undefined;
  try {
    return JSON.parse(Buffer.from(written, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
