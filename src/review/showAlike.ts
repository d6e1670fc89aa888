import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { refused } from '../contract/refusals.ts';
import { listAlike } from '../record/alike.ts';
import { describeInOrder } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';

/** 200 with `{comments}`: the comment and the held ones that say nearly the same, as the queue shows them, the oldest first;
 *  at most 500, as many as one call decides. Those outside the sections that one reaches are left out. */
export async function showAlike(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id, account, reach } = allowed;
  const ids = [id, ...(await listAlike(store, reach, id))];
  const comments = await describeInOrder(store, { site, ids }, { accounts: [account.id], now: call.now });
  return comments.length === 0 ? refused('comment_unknown') : answerJson(200, { comments });
}
