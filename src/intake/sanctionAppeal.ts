import { appealCodePoints, receiptFields } from '../contract/form.ts';
import type { Call, Handler } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { parseProse } from '../contract/prose.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { AuthorsComment } from '../record/receipts.ts';
import { listHeldSanctions, type HeldSanction } from '../record/receiptSanctions.ts';
import { recordSanctionAppeal, sanctionAppealUntil } from '../record/sanctionActs.ts';
import { answerReceipt, openReceipt, viewReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** Takes a reader's appeal against a sanction, with the receipt of the comment that it rests on: once, within 183 days,
 *  until it is lifted. No suspension keeps anybody from it. 202 with the receipt's view. */
export function postSanctionAppeal(tools: IntakeTools): Handler {
  return async (call) => {
    const opened = await openReceipt(tools, call);
    if (opened.outcome === 'refused') return answerReceipt(tools, call, opened);
    const against = await appealSanction(tools, call, opened.value);
    const view = await viewReceipt(tools, call, opened.value);
    return answerReceipt(tools, call, against ? { view, refusal: against.refusal } : { view, done: 'appealed' });
  };
}

async function appealSanction(tools: IntakeTools, call: Call, comment: AuthorsComment): Promise<Refused | undefined> {
  const body = isObject(call.body) ? call.body : {};
  const field = receiptFields.text;
  const text = parseProse(body[field], { field, most: appealCodePoints });
  if (text.outcome === 'refused') return text;
  if (text.value === undefined) return refused('text_required', { field });
  const { site, id } = comment;
  const held = await listHeldSanctions(tools.store, site, id);
  const sanction = held.find((one) => one.rests && one.id === body[receiptFields.sanction]);
  if (!sanction) return refused('not_found');
  const against = weighSanctionAppeal(sanction, call.now);
  if (against) return against;
  const named = { site, comment: id, sanction: sanction.id };
  const refusal = await recordSanctionAppeal(tools.store, { ...named, text: text.value, now: call.now });
  if (!refusal) return undefined;
  // It was lifted or appealed between the look and the appeal: the reader is told which.
  const after = (await listHeldSanctions(tools.store, site, id)).find((one) => one.id === sanction.id);
  return (after && weighSanctionAppeal(after, call.now)) ?? refusal;
}

function weighSanctionAppeal(sanction: HeldSanction, now: Date): Refused | undefined {
  if (sanction.appealedAt) return refused('appealed_before');
  const until = sanctionAppealUntil(sanction);
  if (!until) return refused('sanction_ended');
  return until <= now ? refused('appeal_too_late') : undefined;
}
