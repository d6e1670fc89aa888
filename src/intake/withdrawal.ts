import type { Handler } from '../contract/http.ts';
import { refused } from '../contract/refusals.ts';
import { findAuthorsComment, recordWithdrawal } from '../record/receipts.ts';
import { answerReceipt, openReceipt, viewReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Takes a comment back for its author, in any state, also after publication. 202 with the receipt's view. */
export function postWithdrawal(tools: IntakeTools): Handler {
  return async (call) => {
    const opened = await openReceipt(tools, call);
    if (opened.outcome === 'refused') return answerReceipt(tools, call, opened);
    const { site, id } = opened.value;
    const recorded = await recordWithdrawal(tools.store, { site, comment: id, at: call.now });
    const after = await findAuthorsComment(tools.store, site, id);
    if (!after || after.state === 'erased') return answerReceipt(tools, call, refused('receipt_unknown'));
    const view = await viewReceipt(tools, call, after);
    if (recorded === 'recorded') return answerReceipt(tools, call, { view, done: 'withdrawn' });
    return answerReceipt(tools, call, { view, ...refused('already_withdrawn') });
  };
}
