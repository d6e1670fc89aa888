import { createHash, randomUUID } from 'node:crypto';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { newsroomName } from '../contract/newsroomName.ts';
import { actorOf } from '../contract/principal.ts';
import { parseProse } from '../contract/prose.ts';
import { refused } from '../contract/refusals.ts';
import { directionOf, textCodePoints } from '../contract/text.ts';
import type { Kept } from '../record/kept.ts';
import { recordNewsroomReply } from '../record/newsroomReplies.ts';
import { findQueueRow } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';

/** Answers a published comment in the name of the newsroom: 201 with the reply's row. Published at once, by an approval in
 *  the name of whoever wrote it. An `id` of the sender's choice makes a repetition the same reply. */
export async function replyAsNewsroom({ store, kept }: { store: Store; kept: Kept }, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.reply');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const { id: named } = call.body;
  if (named !== undefined && named !== null && !isPublicId(named)) return refused('field_malformed', { field: 'id' });
  const text = parseProse(call.body['text'], { field: 'text', most: textCodePoints });
  if (text.outcome === 'refused') return text;
  if (text.value === undefined) return refused('text_required', { field: 'text' });
  const { account, id: parent } = allowed;
  const viewer = { accounts: [account.id], now: call.now };
  const site = await kept.findSite(allowed.site);
  const above = await findQueueRow(store, allowed, viewer);
  if (!site || !above) return refused('comment_unknown');
  const id = isPublicId(named) ? named : randomUUID();
  const replied = await recordNewsroomReply(store, {
    site: site.site,
    id,
    parent,
    name: newsroomName(site),
    text: text.value,
    sha256: createHash('sha256').update(text.value).digest('hex'),
    // An answer is in the language of what it answers; of one that nobody knows, the site's.
    lang: above.lang === 'und' ? site.language : above.lang,
    dir: directionOf(text.value),
    actor: actorOf(account),
    now: call.now,
  });
  if (replied.outcome === 'refused') return replied;
  const row = await findQueueRow(store, { site: site.site, id }, viewer);
  return row ? answerJson(201, row) : refused('comment_unknown');
}
