import { queueOrders, type QueueOrder } from '../contract/desk.ts';
import { answerJson, readNumber, readParameter, type Answer, type Call } from '../contract/http.ts';
import { parsed, type JsonObject, type Parsed } from '../contract/json.ts';
import type { Reach } from '../contract/principal.ts';
import { parseQueueAsked, queueFlags, type QueueAsked } from '../contract/queueFilter.ts';
import { refused } from '../contract/refusals.ts';
import { findQueueRow, listHistory, listQueue, type QueuePage } from '../record/queue.ts';
import type { QueueFilter } from '../record/queueFilter.ts';
import { prepareSearch } from '../record/search.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSites, allowOnComment } from './authorise.ts';
import { readQueuePlace, writeQueuePlace } from './place.ts';

/** How many comments a page of the queue has unless asked otherwise, and at most. */
export const queueLimits = { least: 1, most: 100, standard: 50 };

/** 200 with a page of the queue, of one site or of all (`site=*`) that one moderates: `{total, totalIsLeast, comments, next}`. */
export async function showQueue(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSites(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const asked = readAsked(call);
  if (asked.outcome === 'refused') return asked;
  const page = parsePage(call);
  if (page.outcome === 'refused') return page;
  const filters = await makeFilters(
    store,
    allowed.all.map(({ reach }) => reach),
    asked.value,
  );
  const viewer = { accounts: allowed.all.map(({ account }) => account.id), now: call.now };
  const { total, comments, next } = await listQueue(store, filters, { ...page.value, viewer });
  return answerJson(200, {
    total: total.count,
    totalIsLeast: total.isLeast,
    comments,
    next: next ? writeQueuePlace(page.value.order, next) : null,
  });
}

/** 200 with one comment as the queue shows it and `history`: everything that happened to it, the oldest first. */
export async function showComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const row = await findQueueRow(store, allowed, { accounts: [allowed.account.id], now: call.now });
  if (!row) return refused('comment_unknown');
  // Whoever reads second is not told how the first one judged.
  const isBlind = row.reading?.state === 'waiting' && !row.reading.mine;
  const lines = await listHistory(store, allowed);
  const history = isBlind ? lines.filter(({ kind }) => kind !== 'first_verdict') : lines;
  return answerJson(200, { ...row, history: history.map((line) => ({ ...line, at: line.at.toISOString() })) });
}

/** What was asked for, on each of these sites. */
export async function makeFilters(store: Store, reaches: readonly Reach[], asked: QueueAsked): Promise<QueueFilter[]> {
  const { q, ...rest } = asked;
  const search = q === undefined ? undefined : await prepareSearch(store, q);
  return reaches.map((reach) => ({ ...reach, ...rest, search }));
}

const parameters = ['state', 'guideline', 'lang', 'story', 'section', 'author', 'q', ...queueFlags];

function readAsked(call: Call): Parsed<QueueAsked> {
  const values: JsonObject = {};
  for (const name of parameters) {
    const value = readParameter(call, name);
    if (value.outcome === 'refused') return value;
    values[name] = value.value;
  }
  return parseQueueAsked(values, 'parameter_malformed');
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
