import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { recordFeatured } from '../record/featured.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';

/** Features a published comment, or features it no longer: 200 with `{comment, featured}`, the mark that stands then. Said
 *  again it is the same. Refused where the site has no marks, except to take one away. */
export async function featureComment(
  { store, kept }: { store: Store; kept: Kept },
  call: Call,
  isFeatured: boolean,
): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.feature');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id, account } = allowed;
  const settings = (await kept.findSite(site))?.settings;
  if (isFeatured && settings?.featured !== 'on') return refused('switched_off');
  const marked = await recordFeatured(store, { site, id, isFeatured, actor: actorOf(account), now: call.now });
  return marked.outcome === 'refused' ? marked : answerJson(200, { comment: id, featured: marked.featured });
}
