import type { CommentState } from './comment.ts';
import { queueOrders, type QueueOrder } from './desk.ts';
import { isStoryKey } from './ids.ts';
import { isObject, parsed, type JsonObject, type Parsed } from './json.ts';
import { refused, type RefusalReason } from './refusals.ts';
import { findRefusedCharacter, isBlank } from './text.ts';

export const commentStates: readonly CommentState[] = [
  'held',
  'approved',
  'rejected',
  'removed',
  'withdrawn',
  'erased',
];

/** Which comments somebody wants to see of a queue. Every field that is there narrows; `guideline` is what screening suspects
 *  of held comments and the ground of the decision for any other, `author` the whole name. `fold` shows near copies of a
 *  held comment as one row. */
export type QueueAsked = {
  state: CommentState;
  guideline?: string;
  lang?: string;
  story?: string;
  section?: string;
  author?: string;
  reported?: true;
  appealed?: true;
  automated?: true;
  q?: string;
  fold?: true;
};

export const queueFlags = ['reported', 'appealed', 'automated', 'fold'] as const;
const texts = { guideline: 40, lang: 35, story: 80, section: 80, author: 200, q: 200 } as const;
type TextField = keyof typeof texts;

/** The filter in a query's parameters or in the fields of a body; names that are no filter's are passed over, and '' is
 *  absence. A flag is 1, "1", true or "true"; 0, false and absence are no. Refused with `reason` and the field that does not
 *  fit: longer than 200 code units, or holding what no text of the database can. */
export function parseQueueAsked(values: JsonObject, reason: RefusalReason): Parsed<QueueAsked> {
  const state = commentStates.find((known) => known === (values['state'] ?? 'held'));
  if (!state) return refused(reason, { field: 'state' });
  const asked: Record<string, unknown> = { state };
  for (const [field, most] of Object.entries(texts) as [TextField, number][]) {
    const value = values[field];
    if (value === undefined || value === null || value === '') continue;
    if (!isSearchable(value, most) || (field === 'story' && !isStoryKey(value))) return refused(reason, { field });
    asked[field] = value.normalize('NFC');
  }
  for (const field of queueFlags) {
    const flag = readFlag(values[field]);
    if (flag === undefined) return refused(reason, { field });
    if (flag) asked[field] = true;
  }
  return parsed(asked as QueueAsked);
}

// What PostgreSQL cannot take as text is in no comment either.
function isSearchable(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most && !value.includes('\u0000') && value.isWellFormed();
}

function readFlag(value: unknown): boolean | undefined {
  if (value === undefined || value === null || value === '' || value === false) return false;
  if (value === true || value === 1 || value === '1' || value === 'true') return true;
  return value === 0 || value === '0' || value === 'false' ? false : undefined;
}

/** A way of looking at the queue that a person keeps on `site`: a filter, an order, and whether it is over all of one's
 *  sites. */
export type QueueView = {
  id: string;
  site: string;
  name: string;
  filter: QueueAsked;
  order: QueueOrder;
  everywhere: boolean;
};
export type QueueViewDraft = Omit<QueueView, 'id' | 'site'>;

export const viewNameCodeUnits = 60;

/** The most views that one person keeps on one site. */
export const mostViews = 30;

/** A view as it is sent or was stored: `{name, filter, order?, everywhere?}`. */
export function parseQueueView(body: unknown): Parsed<QueueViewDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const name = typeof body['name'] === 'string' ? body['name'].normalize('NFC').trim() : '';
  if (isBlank(name)) return refused('field_required', { field: 'name' });
  if (name.length > viewNameCodeUnits || findRefusedCharacter(name) !== undefined)
    return refused('field_malformed', { field: 'name' });
  const { filter } = body;
  if (!isObject(filter)) return refused('field_malformed', { field: 'filter' });
  const asked = parseQueueAsked(filter, 'field_malformed');
  if (asked.outcome === 'refused') return asked;
  const order = queueOrders.find((known) => known === (body['order'] ?? 'need'));
  if (!order) return refused('field_malformed', { field: 'order' });
  return parsed({ name, filter: asked.value, order, everywhere: body['everywhere'] === true });
}

/** How many comments fit: all of them, or at least so many where `isLeast` says so. */
export type Counted = { count: number; isLeast: boolean };

/** Numbers beside the states and beside one's views (`GET /api/v1/desk/queue/counts`), by state and by the view's id. */
export type QueueCounts = {
  states: Partial<Record<CommentState, Counted>>;
  views: Readonly<Record<string, Counted>>;
};
