import type { AutomationPoint, AutomationRow, AutomationView } from '../../contract/automation.ts';
import type { BreachLines } from '../../contract/breachLines.ts';
import type { QueueAsked } from '../../contract/queueFilter.ts';
import type { AppealRow, DecisionView, QueueOrder, QueueRow, Role } from '../../contract/desk.ts';

/** Who is signed in (`GET /api/v1/desk/session`). */
export type Session = {
  name: string;
  email: string;
  accounts: readonly {
    id: string;
    site: string;
    siteName: string;
    role: Role;
    sections: readonly string[];
    language: string;
  }[];
  passkeys: number;
};

/** A guideline as the desk uses it; `explanations` are the sentences for authors, by language. */
export type DeskGuideline = {
  key: string;
  version: number;
  position: number;
  titles: Readonly<Record<string, string>>;
  wordings: Readonly<Record<string, string>>;
  explanations?: Readonly<Record<string, string>>;
  secondReading?: boolean;
};

/** What a site has moderators judge by. */
export type SiteRules = {
  /** In force, in their order. */
  guidelines: readonly DeskGuideline[];
  /** Where a comment can be translated (`desk.translate`); '' for nowhere. */
  translate: string;
  /** From which scores on a breach is marked, where the site says so. */
  lines: BreachLines | undefined;
};

export type QueuePage = { total: number; totalIsLeast: boolean; comments: readonly QueueRow[]; next: string | null };

export type AppealsPage = { total: number; appeals: readonly AppealRow[]; next: string | null };

/** The states a moderator can list. An erased comment has nothing to show. */
export const listedStates = ['held', 'approved', 'rejected', 'removed', 'withdrawn'] as const;
export type ListedState = (typeof listedStates)[number];

/** What narrows the queue beside its state. */
export type Narrowing = Omit<QueueAsked, 'state'>;

/** What is listed. `everywhere` is all of one's sites; where it says nothing, whatever was chosen before. */
export type QueueFilter = { state: ListedState; order: QueueOrder; asked: Narrowing; everywhere?: boolean };

/** What a moderator decided about one comment, which is of `site`, as it is sent. `attempts` counts the sendings that nobody
 *  answered; `sender` is the e-mail it was decided under, so that it never goes out under a colleague's name in the same
 *  tab. */
export type KeptDecision = {
  id: string;
  site?: string;
  version: number;
  verdict: DecisionView['verdict'];
  guideline?: string;
  explanation?: string;
  author: string;
  sender: string;
  attempts: number;
};

/** The reject form: choosing a guideline by one key, or writing an explanation too. `version` is the comment's when the form
 *  was opened: what was begun about a held comment never becomes the removal of one that a colleague published. */
export type VerdictForm = {
  face: 'guidelines' | 'explanation';
  guideline: string;
  explanation: string;
  version: number;
};

/** A sentence about what just happened. `number` makes the same sentence twice two events for a screen reader. */
export type Notice = { number: number; tone: 'plain' | 'good' | 'bad'; text: string };

export type { AppealRow, AutomationPoint, AutomationRow, AutomationView, DecisionView, QueueRow };
