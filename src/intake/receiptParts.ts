import { receiptFields } from '../contract/form.ts';
import { inLanguage } from '../contract/guideline.ts';
import type { Call } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { publicTime } from '../contract/time.ts';
import { nameClient } from './nameClient.ts';
import type { IntakeTools } from './tools.ts';

/** What stands in the field for a receipt, without the white space that a copy from a mail brings along; anything may. */
export function receiptIn({ body }: Call): unknown {
  const written = isObject(body) ? body[receiptFields.receipt] : undefined;
  return typeof written === 'string' ? written.trim() : written;
}

/** `receipt_unknown` for a receipt or a code that is none, which is counted: networks that show many are refused for a while. */
export async function refuseReceipt(tools: IntakeTools, call: Call, field: string): Promise<Refused> {
  const { bucket } = nameClient(tools, call);
  const tooMany = await tools.limits.checkReceipts(bucket);
  if (tooMany) return tooMany;
  await tools.limits.countWrongReceipt(bucket);
  return refused('receipt_unknown', { field });
}

type Appealed<State> = {
  appealState: State | null;
  appealedAt: Date | null;
  appealExplanation: string | null;
  appealDecidedAt: Date | null;
};

/** The appeal of whoever holds the receipt, in public times; nothing where there is none. Pure. */
export function viewAppeal<State>({ appealState, appealedAt, appealExplanation, appealDecidedAt }: Appealed<State>) {
  if (appealState === null || appealedAt === null) return {};
  return {
    appeal: {
      state: appealState,
      appealedAt: publicTime(appealedAt),
      ...(appealExplanation === null ? {} : { explanation: appealExplanation }),
      ...(appealDecidedAt === null ? {} : { decidedAt: publicTime(appealDecidedAt) }),
    },
  };
}

type Grounded = { guideline: string | null; guidelineVersion: number | null; titles: Record<string, string> | null };

/** The version of a guideline that something rests on, its title in the first of the languages that it has, with the page
 *  where it stands; undefined where it rests on none. Pure. */
export function viewGuideline(
  { guideline: key, guidelineVersion: version, titles }: Grounded,
  { publicUrl, site, languages }: { publicUrl: string; site: string; languages: readonly string[] },
): { key: string; version: number; title: string; url: string } | undefined {
  if (key === null || version === null) return undefined;
  const url = `${publicUrl}/s/${site}/guidelines/${key}/${version}`;
  return { key, version, title: inLanguage(titles ?? {}, ...languages), url };
}
