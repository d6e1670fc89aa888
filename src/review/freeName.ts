import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { actorOf } from '../contract/principal.ts';
import { recordNameFreed } from '../record/freedNames.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';

/** Frees the protected name of a comment's reader, for an editor: 200 `{comment, freed}`; false where none is protected (any
 *  more). The comment keeps its mark: it was true when it was written. */
export async function freeName(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'name.free');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id, account } = allowed;
  const recorded = await recordNameFreed(store, { site, id, actor: actorOf(account), now: call.now });
  return recorded.outcome === 'refused' ? recorded : answerJson(200, { comment: id, freed: recorded.freed });
}
