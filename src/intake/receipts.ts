import { receiptFields, type ReceiptPage } from '../contract/form.ts';
import { answerHtml, answerJson, type Answer, type Call, type Handler } from '../contract/http.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import type { ReceiptView } from '../contract/receipt.ts';
import { refusalStatuses, type Refusal } from '../contract/refusals.ts';
import { appealDays } from '../contract/site.ts';
import { addDays, publicTime } from '../contract/time.ts';
import { findAuthorsComment, type AuthorsComment } from '../record/receipts.ts';
import { listHeldSanctions } from '../record/receiptSanctions.ts';
import { receiptIn, refuseReceipt, viewAppeal, viewGuideline } from './receiptParts.ts';
import { retryHeader } from './retryHeader.ts';
import { viewSanction } from './receiptSanctions.ts';
import type { IntakeTools } from './tools.ts';

/** What became of a comment, for whoever holds its receipt. */
export function postReceipt(tools: IntakeTools): Handler {
  return async (call) => {
    const comment = await openReceipt(tools, call);
    if (comment.outcome === 'refused') return answerReceipt(tools, call, comment);
    return answerReceipt(tools, call, { view: await viewReceipt(tools, call, comment.value) });
  };
}

/** The comment of the receipt in the body. Refused as `receipt_unknown` alike for what was never given out and for what was
 *  erased; networks that show many wrong ones are refused for a while. A right one is always taken: who shares a network
 *  with somebody that guesses must still be able to withdraw. */
export async function openReceipt(tools: IntakeTools, call: Call): Promise<Parsed<AuthorsComment>> {
  const about = tools.receipts.open(receiptIn(call));
  const comment = about && (await findAuthorsComment(tools.store, about.site, about.id));
  if (comment && comment.state !== 'erased') return parsed(comment);
  return refuseReceipt(tools, call, receiptFields.receipt);
}

/** What an act with a receipt came to: how the comment stands with what was just done, or why it was not done. */
export type ReceiptEnd =
  | { view: ReceiptView; done?: NonNullable<ReceiptPage['done']>; refusal?: undefined }
  | { view?: ReceiptView; done?: undefined; refusal: Refusal };

/** The answer to an act with a receipt: as JSON the view or the refusal, for a plain form the receipt page with both. 202
 *  where something was done. */
export async function answerReceipt(tools: IntakeTools, call: Call, end: ReceiptEnd): Promise<Answer> {
  const { view, done, refusal } = end;
  const status = refusal ? refusalStatuses[refusal.reason] : done ? 202 : 200;
  if (!call.isForm) return refusal ? { outcome: 'refused', refusal } : answerJson(status, end.view);
  const language = readLanguage(call, 'en');
  const receipt = receiptIn(call);
  const page = await tools.pages.renderReceiptPage({
    // Anything may stand in a JSON body that is sent to the page's address.
    receipt: typeof receipt === 'string' ? receipt : '',
    language,
    ...(view && { view }),
    ...(done && { done }),
    ...(refusal && { refusal }),
  });
  return answerHtml(status, page, { 'referrer-policy': 'no-referrer', ...retryHeader(refusal) });
}

/** The author's view, in the reader's language where the guideline speaks it, else the story's, else the site's. */
export async function viewReceipt(
  { kept, publicUrl, store }: IntakeTools,
  call: Call,
  comment: AuthorsComment,
): Promise<ReceiptView> {
  const { id, site, story, state, sha256 } = comment;
  if (state === 'erased') throw new Error('an erased comment has no receipt');
  const [ofSite, ofStory, sanctions] = await Promise.all([
    kept.findSite(site),
    kept.findStory(site, story),
    listHeldSanctions(store, site, id),
  ]);
  const fallbacks = [ofStory?.language ?? 'en', ofSite?.language ?? 'en'];
  const languages = [readLanguage(call, fallbacks[0] ?? 'en'), ...fallbacks];
  const until = appealUntil(comment);
  return {
    id,
    site,
    story,
    state,
    sha256: sha256?.toString('hex') ?? '',
    submittedAt: publicTime(comment.submittedAt),
    ...viewDecision(publicUrl, comment, languages),
    ...viewAppeal(comment),
    ...(until && until > call.now ? { appealUntil: publicTime(until) } : {}),
    ...(comment.isPushed && { push: true as const }),
    ...(sanctions.length > 0
      ? { sanctions: sanctions.map((one) => viewSanction(one, { publicUrl, site, languages, now: call.now })) }
      : {}),
  };
}

/** When the time for an appeal ends; undefined where there is nothing to appeal, or it was appealed before. Pure. */
export function appealUntil({ state, decidedAt, appealedAt }: AuthorsComment): Date | undefined {
  const isAppealable = (state === 'rejected' || state === 'removed') && appealedAt === null;
  return isAppealable && decidedAt ? addDays(decidedAt, appealDays) : undefined;
}

function viewDecision(
  publicUrl: string,
  comment: AuthorsComment,
  languages: readonly string[],
): Pick<ReceiptView, 'decision'> {
  const { verdict, ground, law, explanation, decidedAt, automated, source, site } = comment;
  if (!verdict || !decidedAt) return {};
  const guideline = viewGuideline(comment, { publicUrl, site, languages });
  return {
    decision: {
      verdict,
      ...(guideline && { guideline: { ...guideline, ground: ground ?? 'incompatible', ...(law ? { law } : {}) } }),
      ...(explanation === null ? {} : { explanation }),
      decidedAt: publicTime(decidedAt),
      automated: automated ?? false,
      ...(source === null ? {} : { source }),
    },
  };
}
