import type { MailPage } from '../contract/authorMail.ts';
import type { ReceiptPage, ReceivedPage, RefusedFormPage } from '../contract/form.ts';
import type { Handler } from '../contract/http.ts';
import type { ReactedPage } from '../contract/reaction.ts';
import type { ReportedPage, ReportReceiptPage } from '../contract/report.ts';
import type { RouteName } from '../contract/routes.ts';
import { getFont } from './fonts.ts';
import { openAssets } from './assets.ts';
import type { PageDeps, SiteDeps } from './deps.ts';
import { getStory } from './getStory.ts';
import { getEmbed } from './embedPage.ts';
import { getHome } from './home.ts';
import { getGuidelines, getGuidelineVersion } from './guidelinePages.ts';
import { getSite, getTag } from './listPages.ts';
import { renderMailPage } from './mailPage.ts';
import { getPrivacy } from './privacyPage.ts';
import { getReceiptPage, postReceiptPage, renderReceiptPage, renderReceived } from './receiptPage.ts';
import { renderReacted } from './reactedPage.ts';
import { getReport, renderReported } from './reportPage.ts';
import { renderReportReceipt } from './reportReceipt.ts';
import { renderRefusedForm } from './refusedForm.ts';
import { getDesk, getSignIn } from './shells.ts';

/** The reader's pages and the shells of the desk, by route. Throws one sentence where the browser code is not built. */
export function siteHandlers(deps: SiteDeps): Partial<Record<RouteName, Handler>> {
  const assets = openAssets(deps.assetsFolder);
  return {
    getHome: (call) => getHome(deps, call),
    getSite: (call) => getSite(deps, call),
    getStory: (call) => getStory(deps, call),
    getReport: (call) => getReport(deps, call),
    getTag: (call) => getTag(deps, call),
    getGuidelines: (call) => getGuidelines(deps, call),
    getGuidelineVersion: (call) => getGuidelineVersion(deps, call),
    getPrivacy: (call) => getPrivacy(deps, call),
    getReceiptPage: (call) => getReceiptPage(deps, call),
    postReceiptPage: (call) => postReceiptPage(deps, call),
    getEmbed: (call) => getEmbed(deps, call),
    getEmbedScript: (call) => assets.answerStanding('embed', call),
    getCountScript: (call) => assets.answerStanding('count', call),
    getPushWorker: (call) => assets.answerStanding('worker', call),
    getFont: (call) => getFont(call),
    getAsset: (call) => assets.answer(call),
    getDesk: (call) => getDesk(deps, call),
    getSignIn: (call) => getSignIn(deps, call),
  };
}

/** The pages on which plain forms end. They need nothing of intake, so that intake can be handed them. */
export type FormPages = {
  renderRefusedForm(page: RefusedFormPage): Promise<string>;
  renderReceived(page: ReceivedPage): string;
  renderReceiptPage(page: ReceiptPage): Promise<string>;
  renderReported(page: ReportedPage): Promise<string>;
  renderReacted(page: ReactedPage): Promise<string>;
  renderReportReceipt(page: ReportReceiptPage): Promise<string>;
  renderMailPage(page: MailPage): Promise<string>;
};

/** See `FormPages`. */
export function formPages(deps: PageDeps): FormPages {
  return {
    renderRefusedForm: (page) => renderRefusedForm(deps, page),
    renderReceived: (page) => renderReceived(deps, page),
    renderReceiptPage: (page) => renderReceiptPage(deps, page),
    renderReported: (page) => renderReported(deps, page),
    renderReacted: (page) => renderReacted(deps, page),
    renderReportReceipt: (page) => renderReportReceipt(deps, page),
    renderMailPage: (page) => renderMailPage(deps, page),
  };
}
