import { receiptFields } from '../contract/form.ts';
import { inLanguage } from '../contract/guideline.ts';
import { answerHtml, answerJson, type Call, type Handler } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refused } from '../contract/refusals.ts';
import type { ReportView } from '../contract/report.ts';
import { publicTime } from '../contract/time.ts';
import { findReport, type ReportOutcome } from '../record/reports.ts';
import { postMailCode } from './authorMail.ts';
import { nameClient } from './nameClient.ts';
import { answerReceipt, postReceipt } from './receipts.ts';
import type { IntakeTools } from './tools.ts';

/** The receipt page of a plain form, on which both kinds of receipt are looked up, and the code of a mail to an author. A
 *  program says which it has. */
export function postAnyReceipt(tools: IntakeTools): Handler {
  const [ofComment, ofReport, ofMail] = [postReceipt(tools), postReportReceipt(tools), postMailCode(tools)];
  return (call) => {
    if (call.isForm && tools.reportReceipts.open(receiptIn(call))) return ofReport(call);
    return call.isForm && tools.mailCodes.open(receiptIn(call)) ? ofMail(call) : ofComment(call);
  };
}

/** What became of a report, for whoever holds its receipt. Wrong ones are counted as those of comments are. */
export function postReportReceipt(tools: IntakeTools): Handler {
  return async (call) => {
    const receipt = receiptIn(call);
    const about = tools.reportReceipts.open(receipt);
    const report = about && (await findReport(tools.store, about.site, about.id));
    if (!report || typeof receipt !== 'string') {
      const { bucket } = nameClient(tools, call);
      const tooMany = await tools.limits.checkReceipts(bucket);
      if (!tooMany) await tools.limits.countWrongReceipt(bucket);
      return answerReceipt(tools, call, tooMany ?? refused('receipt_unknown', { field: receiptFields.receipt }));
    }
    const language = readLanguage(call, 'en');
    const view = await viewReport(tools, call, report);
    if (!call.isForm) return answerJson(200, view);
    const page = await tools.pages.renderReportReceipt({ language, receipt, view });
    return answerHtml(200, page, { 'referrer-policy': 'no-referrer' });
  };
}

async function viewReport({ kept, publicUrl }: IntakeTools, call: Call, report: ReportOutcome): Promise<ReportView> {
  const { id, site, story, comment, reason, isNotice, state, reportedAt, decidedAt, explanation } = report;
  const fallback = (await kept.findSite(site))?.language ?? 'en';
  const language = readLanguage(call, fallback);
  const { guideline: key, guidelineVersion: version, titles, law } = report;
  const guideline =
    key === null || version === null
      ? {}
      : {
          guideline: {
            ...{ key, version },
            title: inLanguage(titles ?? {}, language, fallback),
            url: `${publicUrl}/s/${site}/guidelines/${key}/${version}`,
            ...(law ? { law } : {}),
          },
        };
  return {
    ...{ id, site, story, comment, reason, isNotice, state },
    reportedAt: publicTime(reportedAt),
    ...(decidedAt && {
      decision: {
        decidedAt: publicTime(decidedAt),
        automated: report.isAutomated,
        ...(explanation === null ? {} : { explanation }),
        ...guideline,
      },
    }),
  };
}

function receiptIn(call: Call): unknown {
  return isObject(call.body) ? call.body[receiptFields.receipt] : undefined;
}
