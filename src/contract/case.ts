import type { CommentState } from './comment.ts';
import type { DecisionView } from './desk.ts';

/** Another comment of the thread, as the desk shows it beside a case: `above` is what the case answers, from the first to
 *  its parent; `beside` what readers saw there before it; `below` the first replies that readers see. */
export type ThreadLine = {
  place: 'above' | 'beside' | 'below';
  id: string;
  name: string | null;
  text: string | null;
  lang: string;
  dir: 'ltr' | 'rtl';
  state: CommentState;
  submittedAt: string;
};

/** A decision that was taken under the same name. Names are no accounts: it may have been somebody else. `text` is the
 *  beginning of that comment, at most 160 characters; null once erased. */
export type EarlierDecision = Pick<DecisionView, 'verdict' | 'guideline' | 'automated' | 'decidedAt'> & {
  id: string;
  text: string | null;
  dir: 'ltr' | 'rtl';
};

/** What stands around one comment: sent where a single comment is asked for or claimed, so that the case is whole at once. */
export type CaseContext = {
  /** Where readers read the story: the publisher's own address, else Stet's page. */
  storyAddress: string;
  /** The sentence of the story that the comment touches; null where none stands out or the story was changed since. */
  passage: string | null;
  thread: readonly ThreadLine[];
  /** The last decisions under the same name on this site, the newest first. */
  earlier: readonly EarlierDecision[];
};
