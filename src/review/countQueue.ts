import { answerJson, type Answer, type Call } from '../contract/http.ts';
import type { CommentState } from '../contract/comment.ts';
import type { Counted, QueueCounts } from '../contract/queueFilter.ts';
import { countQueue } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSites, allowOnSites } from './authorise.ts';
import { makeFilters } from './showQueue.ts';
import { readViews } from './views.ts';

const counted: readonly CommentState[] = ['held', 'approved', 'rejected', 'removed', 'withdrawn'];

/** 200 with `QueueCounts`: how many comments each state and each of one's views has, on one site or on all of one's own
 *  (`site=*`), counted at this moment and never kept.
 *  Exact for lists of up to 10,000 comments; beyond, at least so many. */
export async function showCounts(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSites(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const reaches = allowed.all.map(({ reach }) => reach);
  const states = counted.map(async (state): Promise<[string, Counted]> => {
    const filters = await makeFilters(store, reaches, { state });
    return [state, await countQueue(store, filters)];
  });
  const views = (await readViews(store, call, allowed.all)).map(
    async ({ id, site, filter, everywhere }): Promise<[string, Counted]> => {
      const sites = allowOnSites(call, 'queue.read', everywhere ? '*' : site);
      const reached = sites.outcome === 'refused' ? [] : sites.all.map(({ reach }) => reach);
      return [id, await countQueue(store, await makeFilters(store, reached, filter))];
    },
  );
  const counts: QueueCounts = {
    states: Object.fromEntries(await Promise.all(states)),
    views: Object.fromEntries(await Promise.all(views)),
  };
  return answerJson(200, counts);
}
