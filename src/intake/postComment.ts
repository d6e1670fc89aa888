import { commentFields, type FormToken, type WrittenForm } from '../contract/form.ts';
import { answerHtml, answerJson, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isObject, type JsonObject } from '../contract/json.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refusalStatuses, type Refused } from '../contract/refusals.ts';
import { checkEligibility } from './eligibility.ts';
import { findTarget, type Target } from './findTarget.ts';
import { makeFormToken } from './formToken.ts';
import { retryHeader } from './retryHeader.ts';
import { submitComment } from './submit.ts';
import type { IntakeTools } from './tools.ts';
import { whileAvailable } from './whileAvailable.ts';

/** Takes a comment: 202 with the receipt as JSON, or as the page on which a plain form ends. The page stands at the
 *  form's own address, so that no address holds the receipt; sent again by a reload it is the same comment. */
export function postComment(tools: IntakeTools): Handler {
  const take: Handler = async (call) => {
    const target = await findTarget(tools, call);
    if (target.outcome === 'refused') return call.isForm ? showRefused(tools, call, { refused: target }) : target;
    const submitted = await submitComment(tools, target.value, call);
    if (submitted.outcome === 'held') {
      if (!call.isForm) return answerJson(202, submitted.held);
      const { site, story } = target.value;
      const language = readLanguage(call, story.language);
      return answerHtml(
        202,
        await tools.pages.renderReceived({ site, story, held: submitted.held, language }),
        secretPage,
      );
    }
    return call.isForm ? showRefused(tools, call, { refused: submitted, target: target.value }) : submitted;
  };
  return whileAvailable(take, (call, outage) => showRefused(tools, call, { refused: outage }));
}

/** A fresh token for a form whose own has aged, and a challenge where the site asks for a proof of work. */
export function getFormToken(tools: IntakeTools): Handler {
  return async (call) => {
    const target = await findTarget(tools, call);
    if (target.outcome === 'refused') return target;
    const { site, story } = target.value;
    const against = checkEligibility(target.value, call.now);
    if (against) return against;
    const place = { site: site.site, story: story.story };
    const fresh: FormToken = { token: makeFormToken(tools.keys.form, place, call.now) };
    if (site.settings['intake.proof'] === 'on') fresh.challenge = await tools.proofs.challenge(place, call.now);
    return answerJson(200, fresh);
  };
}

// The page holds the receipt: it may neither be kept by a cache nor named to the next site.
const secretPage = { 'referrer-policy': 'no-referrer' };

/** The form again, with everything that the reader had written and a fresh token. */
async function showRefused(
  { pages, keys }: IntakeTools,
  call: Call,
  { refused, target }: { refused: Refused; target?: Target },
): Promise<Answer> {
  const { refusal } = refused;
  const written = readWritten(isObject(call.body) ? call.body : {});
  const language = readLanguage(call, target?.story.language ?? 'en');
  const page = await pages.renderRefusedForm({
    refusal,
    written,
    language,
    ...(target && {
      site: target.site,
      story: target.story,
      token: makeFormToken(keys.form, { site: target.site.site, story: target.story.story }, call.now),
    }),
  });
  return answerHtml(refusalStatuses[refusal.reason], page, retryHeader(refusal));
}

function readWritten(body: JsonObject): WrittenForm {
  const read = (field: string): string => (typeof body[field] === 'string' ? body[field] : '');
  return {
    name: read(commentFields.name),
    text: read(commentFields.text),
    email: read(commentFields.email),
    parentId: read(commentFields.parentId),
  };
}
