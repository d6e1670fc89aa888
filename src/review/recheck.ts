import { leastPairs, type AgreementView } from '../contract/agreement.ts';
import { parseDecisionDraft } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { actorOf, type Account } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { addDays } from '../contract/time.ts';
import type { Kept } from '../record/kept.ts';
import { findRecheck, listPairs, recordRecheck, type RecheckAsked } from '../record/rechecks.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, allowOnSiteOfPath } from './authorise.ts';
import { measureAgreement } from './measureAgreement.ts';

type Deps = { store: Store; kept: Kept };

/** Older decisions were taken under other circumstances; whoever judges again should meet the same story and guidelines. */
const recheckDays = 30;

/** 200 with `{waiting, comment}`: a decided comment to judge again, without its decision; `comment` null where none is left. */
export async function showRecheck({ store, kept }: Deps, call: Call): Promise<Answer> {
  const allowed = allowOnSiteOfPath(call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const asked = await askedBy(kept, call, allowed.account);
  const found = asked.percent > 0 ? await findRecheck(store, allowed.reach, asked) : undefined;
  return answerJson(200, found ?? { waiting: 0, comment: null });
}

/** Stores the second judgement: 201 without a word of the first. Nothing else comes of it. */
export async function recheckComment({ store, kept }: Deps, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const { verdict, guideline } = call.body;
  const draft = parseDecisionDraft({ verdict, guideline, version: 0 });
  if (draft.outcome === 'refused') return draft;
  const { id, account, reach } = allowed;
  const judgement = {
    verdict: draft.value.verdict,
    guideline: draft.value.verdict === 'reject' ? (draft.value.guideline ?? null) : null,
  };
  const asked = await askedBy(kept, call, account);
  const noted = await recordRecheck(store, reach, { ...asked, ...judgement, id, actor: actorOf(account) });
  return noted.outcome === 'refused' ? noted : answerJson(201, { comment: id, ...judgement });
}

async function askedBy(kept: Kept, { now }: Call, { site, id }: Account): Promise<RecheckAsked> {
  const percent = (await kept.findSite(site))?.settings['recheck.percent'] ?? 0;
  return { account: id, percent, since: addDays(now, -recheckDays), now };
}

/** 200 with an `AgreementView`, for editors: how far moderators agree on what was judged twice. */
export async function showAgreement({ store, kept }: Deps, call: Call): Promise<Answer> {
  const allowed = allowOnSiteOfPath(call, 'agreement.read');
  if (allowed.outcome === 'refused') return allowed;
  const { site } = allowed;
  const percent = (await kept.findSite(site))?.settings['recheck.percent'] ?? 0;
  const measured = measureAgreement(await listPairs(store, site));
  return answerJson(200, { site, percent, least: leastPairs, ...measured } satisfies AgreementView);
}
