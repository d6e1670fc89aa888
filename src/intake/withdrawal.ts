import { answerJson, type Answer, type Handler } from '../contract/http.ts';
import type { ReceiptView } from '../contract/receipt.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findAuthorsComment, recordWithdrawal } from '../record/receipts.ts';
import { openReceipt, showReceipt, viewReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Takes a comment back for its author, in any state, also after publication. 202 with the receipt's view. */
export function postWithdrawal(tools: IntakeTools): Handler {
  return async (call) => {
    const refuse = (against: Refused, view?: ReceiptView): Answer | Promise<Answer> =>
      call.isForm ? showReceipt(tools, call, { refusal: against.refusal, ...(view && { view }) }) : against;
    const opened = await openReceipt(tools, call);
    if (opened.outcome === 'refused') return refuse(opened);
    const { site, id } = opened.value;
    const recorded = await recordWithdrawal(tools.store, { site, comment: id, at: call.now });
    const after = await findAuthorsComment(tools.store, site, id);
    if (!after || after.state === 'erased') return refuse(refused('receipt_unknown'));
    const view = await viewReceipt(tools, call, after);
    if (recorded !== 'recorded') return refuse(refused('already_withdrawn'), view);
    return call.isForm ? showReceipt(tools, call, { view, done: 'withdrawn' }) : answerJson(202, view);
  };
}
