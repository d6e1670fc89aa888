import { claimMinutes } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { isObject, parsed, readOptionalString, type JsonObject, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { claimNextHeld, releaseClaim } from '../record/claims.ts';
import { findQueueRow } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, allowOnSite } from './authorise.ts';

/** Claims the next held comment of a site for ten minutes: 200 with its row, 204 when none is left. `queue` narrows what
 *  is claimed as the queue's listing does. */
export async function claimNext(store: Store, call: Call): Promise<Answer> {
  if (!call.principal) return refused('credentials_missing');
  if (!isObject(call.body)) return refused('body_malformed');
  const allowed = allowOnSite(call, 'comment.decide', call.body['site']);
  if (allowed.outcome === 'refused') return allowed;
  const narrowed = parseNarrowing(call.body['queue']);
  if (narrowed.outcome === 'refused') return narrowed;
  const { site, account } = allowed;
  const claim = { account: account.id, now: call.now, expiresAt: addMinutes(call.now, claimMinutes) };
  const id = await claimNextHeld(store, { ...narrowed.value, site }, claim);
  const row = id && (await findQueueRow(store, { site, id }, { accounts: [account.id], now: call.now }));
  return row ? answerJson(200, row) : { outcome: 'answered', status: 204, headers: { 'cache-control': 'no-store' } };
}

/** Gives a claimed comment back: 204, also when there was no claim of one's own; a colleague's claim stays. */
export async function releaseComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  await releaseClaim(store, allowed, allowed.account.id);
  return { outcome: 'answered', status: 204, headers: { 'cache-control': 'no-store' } };
}

type Narrowing = { guideline?: string | undefined; lang?: string | undefined; story?: string | undefined };

function parseNarrowing(queue: unknown): Parsed<Narrowing> {
  if (queue === undefined || queue === null) return parsed({});
  if (!isObject(queue)) return refused('field_malformed', { field: 'queue' });
  return readNarrowing(queue);
}

function readNarrowing(queue: JsonObject): Parsed<Narrowing> {
  const guideline = readOptionalString(queue, 'guideline', 40);
  if (guideline.outcome === 'refused') return guideline;
  const lang = readOptionalString(queue, 'lang', 35);
  if (lang.outcome === 'refused') return lang;
  const story = readOptionalString(queue, 'story', 80);
  if (story.outcome === 'refused') return story;
  if (story.value !== undefined && !isStoryKey(story.value)) return refused('field_malformed', { field: 'story' });
  return parsed({ guideline: guideline.value, lang: lang.value, story: story.value });
}
