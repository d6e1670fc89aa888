import { inLanguage } from '../contract/guideline.ts';
import type { ReceiptSanction } from '../contract/sanction.ts';
import { publicTime } from '../contract/time.ts';
import type { HeldSanction } from '../record/receiptSanctions.ts';
import { sanctionAppealUntil } from '../record/sanctionActs.ts';
import { stateOfSanction } from '../record/sanctionRows.ts';

type Place = { publicUrl: string; site: string; languages: readonly string[]; now: Date };

/** A sanction on the receipt: what, why, until when, and how to appeal. Pure. */
export function viewSanction(held: HeldSanction, { publicUrl, site, languages, now }: Place): ReceiptSanction {
  const { id, rests, measure, about, guideline: key, guidelineVersion: version, titles, explanation, minutes } = held;
  const until = rests ? sanctionAppealUntil(held) : undefined;
  const url = `${publicUrl}/s/${site}/guidelines/${key}/${version}`;
  return {
    ...{ id, measure, about },
    state: stateOfSanction(held, now),
    ...(key === null || version === null
      ? {}
      : { guideline: { key, version, title: inLanguage(titles ?? {}, ...languages), url } }),
    ...(explanation === null ? {} : { explanation }),
    ...(minutes === null ? {} : { minutes }),
    startedAt: publicTime(held.startedAt),
    until: publicTime(held.liftedAt !== null && held.liftedAt < held.endsAt ? held.liftedAt : held.endsAt),
    ...viewAppeal(held),
    ...(until && until > now ? { appealUntil: publicTime(until) } : {}),
  };
}

function viewAppeal(held: HeldSanction): Pick<ReceiptSanction, 'appeal'> {
  const { rests, appealState, appealedAt, appealExplanation, appealDecidedAt } = held;
  if (!rests || appealState === null || appealedAt === null) return {};
  return {
    appeal: {
      state: appealState,
      appealedAt: publicTime(appealedAt),
      ...(appealExplanation === null ? {} : { explanation: appealExplanation }),
      ...(appealDecidedAt === null ? {} : { decidedAt: publicTime(appealDecidedAt) }),
    },
  };
}
