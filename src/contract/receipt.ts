import type { CommentState } from './comment.ts';

/** What an author sees with the receipt's token. Times are rounded to the minute. */
export type ReceiptView = {
  id: string;
  site: string;
  story: string;
  state: Exclude<CommentState, 'erased'>;
  sha256: string;
  submittedAt: string;
  decision?: {
    verdict: 'approve' | 'reject' | 'remove';
    /** `url` is absolute, below the installation's public address. */
    guideline?: { key: string; version: number; title: string; url: string };
    explanation?: string;
    decidedAt: string;
    automated: boolean;
  };
  appeal?: { state: 'open' | 'upheld' | 'overturned'; appealedAt: string; explanation?: string; decidedAt?: string };
  /** Until when an appeal is taken; absent where there is nothing to appeal. */
  appealUntil?: string;
};
