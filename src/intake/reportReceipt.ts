import { receiptFields } from '../contract/form.ts';
import { answerHtml, answerJson, type Call, type Handler } from '../contract/http.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import type { ReportView } from '../contract/report.ts';
import { publicTime } from '../contract/time.ts';
import { findReport, type ReportOutcome } from '../record/reports.ts';
import { postMailCode } from './authorMail.ts';
import { receiptIn, refuseReceipt, viewGuideline } from './receiptParts.ts';
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
      return answerReceipt(tools, call, await refuseReceipt(tools, call, receiptFields.receipt));
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
  const guideline = viewGuideline(report, { publicUrl, site, languages: [language, fallback] });
  return {
    ...{ id, site, story, comment, reason, isNotice, state },
    reportedAt: publicTime(reportedAt),
    ...(decidedAt && {
      decision: {
        decidedAt: publicTime(decidedAt),
        automated: report.isAutomated,
        ...(explanation === null ? {} : { explanation }),
        ...(guideline && { guideline: { ...guideline, ...(report.law ? { law: report.law } : {}) } }),
      },
    }),
  };
}
