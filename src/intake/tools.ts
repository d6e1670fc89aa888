import type { KeyObject } from 'node:crypto';
import type { ReceiptPage, RefusedFormPage, ReceivedPage, ReportedPage } from '../contract/form.ts';
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
};

/** What the acts of this room work with. Keys are the installation's secret, each derived for its one use. */
export type IntakeTools = {
  store: Store;
  kept: Kept;
  publicUrl: string;
  secret: string;
  keys: { form: KeyObject; submission: Mac };
  receipts: ReceiptTokens;
  reportReceipts: ReceiptTokens;
  dayKeys: DayKeys;
  limits: Limits;
  proofs: Proofs;
  batch: Batch<NewComment>;
  turns: Turns;
  /** Looking earlier submissions up is what a flood over the limits costs: it may not take the desk's connections. */
  lookUps: Gate;
  reader: CommentReader;
  /** A rule may decide a comment as soon as it is stored. Does not throw, and nobody waits for it. */
  afterHeld: (held: { target: Target; comment: NewComment; screening: Screening | null }) => void;
  pages: IntakePages;
};
