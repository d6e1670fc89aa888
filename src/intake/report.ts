import { randomUUID } from 'node:crypto';
import { answerHtml, answerJson, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { chooseInterface } from '../contract/messages.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refusalStatuses, refused } from '../contract/refusals.ts';
import { parseReport, readWritten, type ReportAnswer, type ReportedPage } from '../contract/report.ts';
import { sealContact } from '../record/contactSeal.ts';
import { findPublishedPlace } from '../record/publishedPlace.ts';
import { recordReport } from '../record/reports.ts';
import { markSubject } from '../record/sanctions.ts';
import { findSanctions, refuseSuspended } from './knownReader.ts';
import { nameClient } from './nameClient.ts';
import { retryHeader } from './retryHeader.ts';
import type { IntakeTools } from './tools.ts';
import { whileAvailable } from './whileAvailable.ts';

/** Takes a report of a published comment, or a notice of illegal content: 202 with a receipt. */
export function postReport(tools: IntakeTools): Handler {
  const show = async (call: Call, reported: Parsed<ReportAnswer>): Promise<Answer> => {
    const about: Pick<ReportedPage, 'report' | 'refusal'> =
      reported.outcome === 'refused' ? { refusal: reported.refusal } : { report: reported.value };
    const page = await tools.pages.renderReported({
      language: readLanguage(call, 'en'),
      comment: call.params['id'] ?? '',
      written: readWritten(call.body),
      ...about,
    });
    const status = about.refusal ? refusalStatuses[about.refusal.reason] : 202;
    return answerHtml(status, page, { 'referrer-policy': 'no-referrer', ...retryHeader(about.refusal) });
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
  const found = await findPublishedPlace(tools, comment);
  if (!found) return refused('comment_unknown');
  const { site: ofSite, story } = found;
  const { site } = ofSite;
  const draft = parseReport(
    call.body,
    (await tools.kept.listGuidelines(site)).map(({ key }) => key),
  );
  if (draft.outcome === 'refused') return draft;
  const client = nameClient(tools, call);
  const sanctions = await findSanctions(tools, { site, about: 'reports', call });
  const suspended = refuseSuspended(sanctions, { site: ofSite, call, language: ofSite.language });
  if (suspended) return suspended;
  const counted = await tools.limits.countReport({ site: ofSite, network: client.bucket });
  if (counted.outcome === 'refused') return counted;
  const id = randomUUID();
  const { reason, detail, contact, isNotice, isNamelessOffence } = draft.value;
  await markSubject(tools.store, { site, subject: id, sanctions, at: call.now });
  const sealedContact = contact === undefined ? null : sealContact(tools.secret, { site, kind: 'report', id }, contact);
  const stored = await recordReport(tools.store, {
    site,
    id,
    comment,
    reason,
    detail: detail ?? null,
    sealedContact,
    ...{ isNotice, isNamelessOffence, isConfirmed: isNotice && draft.value.isReachable },
    language: chooseInterface(story?.language, ofSite.language),
    network: ofSite.settings['intake.limits'] === 'on' ? client.network : null,
    at: call.now,
  });
  if (stored) {
    const receipt = tools.reportReceipts.make({ site, id });
    return parsed({ id, state: 'open', receipt, ...(sanctions.length > 0 ? { warned: true } : {}) });
  }
  counted.giveBack();
  return refused('comment_unknown');
}
