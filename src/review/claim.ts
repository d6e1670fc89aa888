import { claimMinutes } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { isObject, parsed, readOptionalString, type JsonObject, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { claimHeld, claimNextHeld, releaseClaim } from '../record/claims.ts';
import { findQueueRow } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, allowOnSite } from './authorise.ts';

/** Claims a held comment of a site for ten minutes: the one that `comment` names, otherwise the next. */
export async function claimComment(store: Store, call: Call): Promise<Answer> {
  if (!call.principal) return refused('credentials_missing');
  if (!isObject(call.body)) return refused('body_malformed');
  const { comment } = call.body;
  return comment === undefined || comment === null ? claimNext(store, call, call.body) : claimOne(store, call, comment);
}

/** 200 with the row of the comment that needs a person most, 204 when none is left. `queue` narrows what is claimed as the
 *  queue's listing does. */
async function claimNext(store: Store, call: Call, body: JsonObject): Promise<Answer> {
  const allowed = allowOnSite(call, 'comment.decide', body['site']);
  if (allowed.outcome === 'refused') return allowed;
  const narrowed = parseNarrowing(body['queue']);
  if (narrowed.outcome === 'refused') return narrowed;
  const { site, account } = allowed;
  const claim = { account: account.id, now: call.now, expiresAt: addMinutes(call.now, claimMinutes) };
  const id = await claimNextHeld(store, { ...narrowed.value, site }, claim);
  const row = id && (await findQueueRow(store, { site, id }, { accounts: [account.id], now: call.now }));
  return row ? answerJson(200, row) : { outcome: 'answered', status: 204, headers: { 'cache-control': 'no-store' } };
}

/** 200 with the row, also where the claim was one's own before and begins anew; 409 with the claim that stands, or with the
 *  decision that was first. */
async function claimOne(store: Store, call: Call, comment: unknown): Promise<Answer> {
  const named = { ...call, params: { ...call.params, id: typeof comment === 'string' ? comment : '' } };
  const allowed = await allowOnComment(store, named, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id, account } = allowed;
  const { now } = call;
  const claimed = await claimHeld(
    store,
    { site, id },
    { account: account.id, now, expiresAt: addMinutes(now, claimMinutes) },
  );
  const row = await findQueueRow(store, { site, id }, { accounts: [account.id], now });
  if (!row) return refused('comment_unknown');
  if (claimed) return answerJson(200, row);
  const { claim, decision, state, version } = row;
  if (state === 'held') return refused('claimed_by_another', { beside: { claim } });
  return refused(decision ? 'already_decided' : 'state_moved_on', { beside: { decision, state, version } });
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
