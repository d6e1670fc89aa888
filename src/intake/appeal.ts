import { appealCodePoints, receiptFields } from '../contract/form.ts';
import { answerJson, type Call, type Handler } from '../contract/http.ts';
import { isObject, parsed, type Parsed } from '../contract/json.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findAuthorsComment, recordAppeal, type AuthorsComment } from '../record/receipts.ts';
import { parseProse } from './parseProse.ts';
import { appealUntil, openReceipt, showReceipt, viewReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Takes the author's appeal: once, of a rejection or a removal, within 183 days. 202 with the receipt's view. */
export function postAppeal(tools: IntakeTools): Handler {
  return async (call) => {
    const opened = await openReceipt(tools, call);
    const appealed = opened.outcome === 'refused' ? opened : await appealDecision(tools, call, opened.value);
    const known = appealed.outcome === 'parsed' ? appealed : opened;
    const view = known.outcome === 'parsed' ? { view: await viewReceipt(tools, call, known.value) } : {};
    if (appealed.outcome === 'refused') {
      return call.isForm ? showReceipt(tools, call, { ...view, refusal: appealed.refusal }) : appealed;
    }
    return call.isForm ? showReceipt(tools, call, { ...view, done: 'appealed' }) : answerJson(202, view.view ?? {});
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
  const recorded = await recordAppeal(tools.store, { site, comment: id, text: text.value, at: call.now });
  const after = (await findAuthorsComment(tools.store, site, id)) ?? comment;
  if (recorded === 'recorded') return parsed(after);
  return weighAppeal(after, call.now) ?? refused('state_moved_on');
}
