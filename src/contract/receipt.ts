import type { CommentState } from './comment.ts';
import type { Ground } from './guideline.ts';
import type { ReceiptSanction } from './sanction.ts';

/** A notice of illegal content (DSA Art. 16), a reader's report, or the newsroom of its own accord. */
export type DecisionSource = 'notice' | 'report' | 'own';

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
    /** `url` is absolute, below the installation's public address. `law` is there where the ground is `illegal`. */
    guideline?: { key: string; version: number; title: string; url: string; ground: Ground; law?: string };
    explanation?: string;
    decidedAt: string;
    automated: boolean;
    /** What led to a rejection or a removal (DSA Art. 17(3)(b)); whoever reported is never named. Absent for an approval. */
    source?: DecisionSource;
  };
  appeal?: { state: 'open' | 'upheld' | 'overturned'; appealedAt: string; explanation?: string; decidedAt?: string };
  /** Until when an appeal is taken; absent where there is nothing to appeal. */
  appealUntil?: string;
  /** Whether a browser is told of what comes; absent where none is. */
  push?: true;
  /** Sanctions that rest on this comment, or under which it was written. */
  sanctions?: readonly ReceiptSanction[];
};
