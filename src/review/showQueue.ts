import type { CommentState } from '../contract/comment.ts';
import { queueOrders, type QueueOrder } from '../contract/desk.ts';
import { answerJson, readNumber, readParameter, type Answer, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { findQueueRow, listHistory, listQueue, type QueueFilter, type QueuePage } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSite, allowOnComment } from './authorise.ts';
import { readQueuePlace, writeQueuePlace } from './place.ts';

/** How many comments a page of the queue has unless asked otherwise, and at most. */
export const queueLimits = { least: 1, most: 100, standard: 50 };

const states: readonly CommentState[] = ['held', 'approved', 'rejected', 'removed', 'withdrawn', 'erased'];

/** 200 with a page of the queue: `{total, comments, next}`. */
export async function showQueue(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSite(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const filter = parseFilter(call, allowed.site);
  if (filter.outcome === 'refused') return filter;
  const page = parsePage(call);
  if (page.outcome === 'refused') return page;
  const viewer = { accounts: [allowed.account.id], now: call.now };
  const { total, comments, next } = await listQueue(store, filter.value, { ...page.value, viewer });
  return answerJson(200, { total, comments, next: next ? writeQueuePlace(page.value.order, next) : null });
}

/** 200 with one comment as the queue shows it and `history`: everything that happened to it, the oldest first. */
export async function showComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const row = await findQueueRow(store, allowed, { accounts: [allowed.account.id], now: call.now });
  if (!row) return refused('comment_unknown');
  const history = await listHistory(store, allowed);
  return answerJson(200, { ...row, history: history.map((line) => ({ ...line, at: line.at.toISOString() })) });
}

function parseFilter(call: Call, site: string): Parsed<QueueFilter> {
  const values: Record<string, string | undefined> = {};
  for (const name of ['state', 'guideline', 'lang', 'story', 'q']) {
    const value = readParameter(call, name);
    if (value.outcome === 'refused') return value;
    if (value.value !== undefined && !isSearchable(value.value)) return refused('parameter_malformed', { field: name });
    values[name] = value.value;
  }
  const { guideline, lang, story, q } = values;
  const state = states.find((known) => known === (values['state'] ?? 'held'));
  if (!state) return refused('parameter_malformed', { field: 'state' });
  if (story !== undefined && !isStoryKey(story)) return refused('parameter_malformed', { field: 'story' });
  return parsed({ site, state, guideline, lang, story, search: q?.normalize('NFC') });
}

// What PostgreSQL cannot take as text is in no comment either.
function isSearchable(value: string): boolean {
  return value.length <= 200 && !value.includes('\u0000') && value.isWellFormed();
}

function parsePage(call: Call): Parsed<QueuePage> {
  const asked = readParameter(call, 'order');
  if (asked.outcome === 'refused') return asked;
  const order: QueueOrder | undefined = queueOrders.find((known) => known === (asked.value ?? 'need'));
  if (!order) return refused('parameter_malformed', { field: 'order' });
  const limit = readNumber(call, 'limit', queueLimits);
  if (limit.outcome === 'refused') return limit;
  const after = readParameter(call, 'after');
  if (after.outcome === 'refused') return after;
  if (after.value === undefined) return parsed({ order, limit: limit.value });
  const place = readQueuePlace(order, after.value);
  return place
    ? parsed({ order, limit: limit.value, after: place })
    : refused('parameter_malformed', { field: 'after' });
}
