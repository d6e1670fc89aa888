import { inLanguage } from '../contract/guideline.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import type { ReportOutcome } from '../record/reports.ts';
import { manyLines, oneLine, sayTime } from './letter.ts';

/** The report that a row of the outbox is about, and whether it only confirms that the report arrived; undefined for another
 *  body. */
export function readReport(body: unknown): { report: string; confirms: boolean } | undefined {
  if (!isObject(body)) return undefined;
  const { report, confirms } = body;
  return isPublicId(report) ? { report, confirms: confirms === true } : undefined;
}

/** The e-mail address in what was sealed with a report; undefined where only a name was left. */
export function readEmail(contact: string): string | undefined {
  const left: unknown = JSON.parse(contact);
  return isObject(left) && typeof left['email'] === 'string' ? left['email'] : undefined;
}

/** What a mail to whoever reported a comment is made of. */
type ReportFacts = {
  report: ReportOutcome;
  confirms: boolean;
  site: Site;
  language: string;
  publicUrl: string;
};

/** Subject and text of the mail that confirms a notice (DSA Art. 16(4)), or tells what a person decided about a report, with
 *  the reason and where to turn (Art. 16(5)). Neither the comment nor the report is repeated. Pure. */
export function writeReportLetter(facts: ReportFacts): { subject: string; text: string } {
  const { report, site, language, publicUrl } = facts;
  const values = { site: oneLine(site.name) };
  const parts = [
    [translate(language, 'mail.report.about', { headline: oneLine(report.headline ?? '') })],
    ...(facts.confirms ? [[translate(language, 'mail.report.arrived')]] : sayOutcome(facts)),
    [translate(language, 'mail.report.look'), `${publicUrl}/receipt`],
    ['--', translate(language, 'mail.report.footer', values)],
  ];
  return {
    subject: translate(language, 'mail.report.subject', values),
    text: `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`,
  };
}

function sayOutcome({ report, site, language, publicUrl }: ReportFacts): string[][] {
  const say = (key: MessageKey, values?: Record<string, string | number>): string => translate(language, key, values);
  const { state, guideline, guidelineVersion, titles, law, explanation, isAutomated } = report;
  // The author who takes a comment back decides nothing.
  const decidedAt = state === 'closed' ? null : report.decidedAt;
  const ground =
    guideline === null || guidelineVersion === null
      ? []
      : [
          say('mail.guideline', {
            title: oneLine(inLanguage(titles ?? {}, language, site.language)),
            version: guidelineVersion,
          }),
          `${publicUrl}/s/${site.site}/guidelines/${guideline}/${guidelineVersion}`,
          ...(law ? [say('mail.illegal', { law: oneLine(law) })] : []),
        ];
  const mail = site.settings['contact.mail'];
  return [
    [say(`report.state.${state}`)],
    ground,
    explanation === null ? [] : [say('mail.explanation'), manyLines(explanation)],
    decidedAt === null
      ? []
      : [say(isAutomated ? 'mail.decidedAutomated' : 'mail.decided', { time: sayTime(decidedAt) })],
    state === 'closed' ? [] : [say('report.redress'), ...(mail === '' ? [] : [mail])],
  ].filter((lines) => lines.length > 0);
}
