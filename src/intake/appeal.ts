import { appealCodePoints, receiptFields } from '../contract/form.ts';
import type { Call, Handler } from '../contract/http.ts';
import { isObject, parsed, type Parsed } from '../contract/json.ts';
import { parseProse } from '../contract/prose.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findAuthorsComment, recordAppeal, type AuthorsComment } from '../record/receipts.ts';
import { markSubject } from '../record/sanctions.ts';
import { findAccountOf } from '../record/speakers.ts';
import { findSanctions, refuseSuspended } from './knownReader.ts';
import { answerReceipt, appealUntil, openReceipt, viewReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Takes the author's appeal: once, of a rejection or a removal, within 183 days. 202 with the receipt's view. */
export function postAppeal(tools: IntakeTools): Handler {
  return async (call) => {
    const opened = await openReceipt(tools, call);
    if (opened.outcome === 'refused') return answerReceipt(tools, call, opened);
    const appealed = await appealDecision(tools, call, opened.value);
    if (appealed.outcome === 'parsed') {
      return answerReceipt(tools, call, { view: await viewReceipt(tools, call, appealed.value), done: 'appealed' });
    }
    const view = await viewReceipt(tools, call, opened.value);
    return answerReceipt(tools, call, { view, refusal: appealed.refusal });
  };
}

/** Why the comment's decision cannot be appealed now, or undefined where it can. Pure. */
export function weighAppeal(comment: AuthorsComment, now: Date): Refused | undefined {
  if (comment.appealedAt) return refused('appealed_before');
  const until = appealUntil(comment);
  if (!until) return refused('not_appealable');
  return now < until ? undefined : refused('appeal_too_late');
}

async function appealDecision(
  tools: IntakeTools,
  call: Call,
  comment: AuthorsComment,
): Promise<Parsed<AuthorsComment>> {
  const { site, id } = comment;
  const field = receiptFields.text;
  const text = parseProse(isObject(call.body) ? call.body[field] : undefined, { field, most: appealCodePoints });
  if (text.outcome === 'refused') return text;
  if (text.value === undefined) return refused('text_required', { field });
  const against = weighAppeal(comment, call.now);
  if (against) return against;
  const ofSite = await tools.kept.findSite(site);
  const known = { name: comment.name, account: await findAccountOf(tools.store, { site, comment: id }) };
  const sanctions = await findSanctions(tools, { site, about: 'appeals', ...known, call });
  const suspended = ofSite && refuseSuspended(sanctions, { site: ofSite, call, language: ofSite.language });
  if (suspended) return suspended;
  await markSubject(tools.store, { site, subject: id, sanctions, at: call.now });
  const recorded = await recordAppeal(tools.store, { site, comment: id, text: text.value, at: call.now });
  const after = (await findAuthorsComment(tools.store, site, id)) ?? comment;
  if (recorded === 'recorded') return parsed(after);
  return weighAppeal(after, call.now) ?? refused('state_moved_on');
}
