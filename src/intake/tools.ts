import type { KeyObject } from 'node:crypto';
import type { MailPage } from '../contract/authorMail.ts';
import type { ReceiptPage, RefusedFormPage, ReceivedPage } from '../contract/form.ts';
import type { ReactedPage } from '../contract/reaction.ts';
import type { Call } from '../contract/http.ts';
import type { ReaderAccount } from '../contract/reader.ts';
import type { Refused } from '../contract/refusals.ts';
import type { ReportedPage, ReportReceiptPage } from '../contract/report.ts';
import type { Site } from '../contract/site.ts';
import type { NewComment } from '../record/comments.ts';
import type { Kept } from '../record/kept.ts';
import type { ReceiptTokens } from '../record/receiptToken.ts';
import type { Screening } from '../screening/index.ts';
import type { Store } from '../record/store.ts';
import type { Batch } from './batch.ts';
import type { DayKeys } from './dayKeys.ts';
import type { Target } from './findTarget.ts';
import type { Gate } from './gate.ts';
import type { Limits } from './limits.ts';
import type { Proofs } from './proof.ts';
import type { CommentReader } from './readComment.ts';
import type { Mac } from './submissionKey.ts';
import type { Turns } from './turns.ts';

/** Pages on which forms without JavaScript end, made by the site's room. */
export type IntakePages = {
  renderRefusedForm(page: RefusedFormPage): string | Promise<string>;
  renderReceived(page: ReceivedPage): string | Promise<string>;
  renderReceiptPage(page: ReceiptPage): string | Promise<string>;
  renderReported(page: ReportedPage): string | Promise<string>;
  renderReacted(page: ReactedPage): string | Promise<string>;
  renderReportReceipt(page: ReportReceiptPage): string | Promise<string>;
  renderMailPage(page: MailPage): string | Promise<string>;
};

/** What the acts of this room work with. Keys are the installation's secret, each derived for its one use. */
export type IntakeTools = {
  store: Store;
  kept: Kept;
  publicUrl: string;
  secret: string;
  keys: { form: KeyObject; submission: Mac; name: Mac; reaction: Mac };
  receipts: ReceiptTokens;
  reportReceipts: ReceiptTokens;
  /** Codes of the mail that asks whether an address is its author's, and of the links that end mails. */
  mailCodes: ReceiptTokens;
  stopCodes: ReceiptTokens;
  dayKeys: DayKeys;
  limits: Limits;
  proofs: Proofs;
  batch: Batch<NewComment>;
  turns: Turns;
  /** Looking earlier submissions up is what a flood over the limits costs: it may not take the desk's connections. */
  lookUps: Gate;
  reader: CommentReader;
  /** Whom the token of an account stands for (the identity's room). */
  identifyReader: (
    site: Site,
    token: string,
    now: Date,
  ) => Promise<{ outcome: 'known'; reader: ReaderAccount } | Refused>;
  /** Who is signed in at this site, in the browser that calls; undefined where nobody is (the identity's room). */
  recallReader: (site: Site, call: Call) => Promise<{ outcome: 'known'; reader: ReaderAccount } | undefined>;
  /** A rule may decide a comment as soon as it is stored; never that of a reader whose comments a moderator wants to read.
   *  Does not throw, and nobody waits for it. */
  afterHeld: (held: { target: Target; comment: NewComment; screening: Screening | null; isWatched: boolean }) => void;
  /** Push services beside the known ones (contract/push.ts). */
  pushServices: readonly string[];
  pages: IntakePages;
};
