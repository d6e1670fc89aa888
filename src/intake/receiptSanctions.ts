import type { ReceiptSanction } from '../contract/sanction.ts';
import { publicTime } from '../contract/time.ts';
import type { HeldSanction } from '../record/receiptSanctions.ts';
import { sanctionAppealUntil } from '../record/sanctionActs.ts';
import { stateOfSanction } from '../record/sanctionRows.ts';
import { viewAppeal, viewGuideline } from './receiptParts.ts';

type Place = { publicUrl: string; site: string; languages: readonly string[]; now: Date };

/** A sanction on the receipt: what, why, until when, and how to appeal. Pure. */
export function viewSanction(held: HeldSanction, place: Place): ReceiptSanction {
  const { now } = place;
  const { id, rests, measure, about, explanation, minutes } = held;
  const until = rests ? sanctionAppealUntil(held) : undefined;
  const guideline = viewGuideline(held, place);
  return {
    ...{ id, measure, about },
    state: stateOfSanction(held, now),
    ...(guideline && { guideline }),
    ...(explanation === null ? {} : { explanation }),
    ...(minutes === null ? {} : { minutes }),
    startedAt: publicTime(held.startedAt),
    until: publicTime(held.liftedAt !== null && held.liftedAt < held.endsAt ? held.liftedAt : held.endsAt),
    ...(rests ? viewAppeal(held) : {}),
    ...(until && until > now ? { appealUntil: publicTime(until) } : {}),
  };
}
