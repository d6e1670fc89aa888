import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { erasureReasons, recordErasure } from '../record/erasures.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';

/** Erases what a person wrote, for an editor: 201 with the tombstone; 409 when it was erased before. `reason` is `request`
 *  unless it says `retention`. */
export async function eraseComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.erase');
  if (allowed.outcome === 'refused') return allowed;
  const asked = call.body ?? {};
  if (!isObject(asked)) return refused('body_malformed');
  const reason = erasureReasons.find((known) => known === (asked['reason'] ?? 'request'));
  if (!reason) return refused('field_malformed', { field: 'reason' });
  const { site, id, account } = allowed;
  const erased = await recordErasure(store, { site, id, reason, actor: actorOf(account), now: call.now });
  if (erased.outcome === 'refused') return erased;
  return answerJson(201, {
    comment: id,
    state: 'erased',
    version: erased.version,
    reason,
    erasedAt: call.now.toISOString(),
  });
}
