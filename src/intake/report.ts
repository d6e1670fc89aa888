import { randomUUID } from 'node:crypto';
import { parseEmail } from '../contract/comment.ts';
import {
  reportDetailCodePoints,
  reportFields,
  reportReasons,
  type ReportAnswer,
  type ReportedPage,
} from '../contract/form.ts';
import { answerHtml, answerJson, readHeader, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject, parsed, type JsonObject, type Parsed } from '../contract/json.ts';
import { chooseLanguage } from '../contract/messages.ts';
import { parseProse } from '../contract/prose.ts';
import { refusalStatuses, refused } from '../contract/refusals.ts';
import { nameCodePoints } from '../contract/text.ts';
import { sealContact } from '../record/contactSeal.ts';
import { findPublishedSite, recordReport } from '../record/reports.ts';
import { nameClient } from './nameClient.ts';
import { retryHeader } from './retryHeader.ts';
import type { IntakeTools } from './tools.ts';
import { whileAvailable } from './whileAvailable.ts';

/** Takes a report of a published comment: 202 with a receipt. */
export function postReport(tools: IntakeTools): Handler {
  const show = async (call: Call, reported: Parsed<ReportAnswer>): Promise<Answer> => {
    const language = chooseLanguage(readHeader(call, 'accept-language'), 'en');
    const about: Omit<ReportedPage, 'language'> =
      reported.outcome === 'refused' ? { refusal: reported.refusal } : { report: reported.value };
    const status = about.refusal ? refusalStatuses[about.refusal.reason] : 202;
    const headers = { 'referrer-policy': 'no-referrer', ...retryHeader(about.refusal) };
    return answerHtml(status, await tools.pages.renderReported({ language, ...about }), headers);
  };
  const take: Handler = async (call) => {
    const reported = await reportComment(tools, call);
    if (call.isForm) return show(call, reported);
    return reported.outcome === 'refused' ? reported : answerJson(202, reported.value);
  };
  return whileAvailable(take, show);
}

async function reportComment(tools: IntakeTools, call: Call): Promise<Parsed<ReportAnswer>> {
  const comment = call.params['id'];
  if (!isPublicId(comment)) return refused('comment_unknown');
  const sites = await tools.kept.listSites();
  const site = await findPublishedSite(
    tools.store,
    sites.map((one) => one.site),
    comment,
  );
  const ofSite = sites.find((one) => one.site === site);
  if (site === undefined || !ofSite) return refused('comment_unknown');
  const draft = parseReport(
    call.body,
    (await tools.kept.listGuidelines(site)).map(({ key }) => key),
  );
  if (draft.outcome === 'refused') return draft;
  const counted = await tools.limits.countReport({ site: ofSite, network: nameClient(tools, call).bucket });
  if (counted.outcome === 'refused') return counted;
  const id = randomUUID();
  const { reason, detail, contact } = draft.value;
  const sealedContact = contact === undefined ? null : sealContact(tools.secret, { site, kind: 'report', id }, contact);
  const stored = await recordReport(tools.store, {
    site,
    id,
    comment,
    reason,
    detail: detail ?? null,
    sealedContact,
    at: call.now,
  });
  if (stored) return parsed({ id, state: 'open', receipt: tools.reportReceipts.make({ site, id }) });
  counted.giveBack();
  return refused('comment_unknown');
}

/** A report as a reader filled it in; `contact` is the JSON of name and e-mail, to be sealed. */
type ReportDraft = { reason: string; detail: string | undefined; contact: string | undefined };

/** The report in a body. Refused when the ground is none of the site's guidelines and none of the two others. */
function parseReport(body: unknown, guidelines: readonly string[]): Parsed<ReportDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const reason = body[reportFields.reason];
  if (typeof reason !== 'string' || ![...guidelines, ...reportReasons].includes(reason)) {
    return refused('report_reason_unknown', { field: reportFields.reason });
  }
  const detail = parseProse(body[reportFields.detail], { field: reportFields.detail, most: reportDetailCodePoints });
  if (detail.outcome === 'refused') return detail;
  const contact = parseContact(body);
  return contact.outcome === 'refused' ? contact : parsed({ reason, detail: detail.value, contact: contact.value });
}

function parseContact(body: JsonObject): Parsed<string | undefined> {
  const name = parseProse(body[reportFields.name], { field: reportFields.name, most: nameCodePoints });
  if (name.outcome === 'refused') return name.refusal.reason === 'text_too_long' ? nameTooLong : name;
  const email = parseEmail(body[reportFields.email]);
  if (email.outcome === 'refused') return email;
  const contact = { name: name.value, email: email.value };
  return parsed(contact.name === undefined && contact.email === undefined ? undefined : JSON.stringify(contact));
}

const nameTooLong = refused('name_too_long', { field: reportFields.name, values: { most: nameCodePoints } });
