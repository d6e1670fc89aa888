import type { CommentState } from './comment.ts';
import type { DecisionView } from './desk.ts';

/** Somebody who has the desk of a site open. `comments` are the ids of those before which they sit, one for each tab. */
export type Colleague = { account: string; name: string; comments: readonly string[] };

/** What the desk of a site, or of all of one's sites (`*`), tells as server-sent events (`GET
 *  /api/v1/desk/sites/{site}/events`), by name. `site` is the one that an event is about. No event has a word
 *  that a reader wrote, nor what a moderator wrote to one. */
export type DeskEvents = {
  /** The first, once for each site: `tab` is this stream's name for `PUT …/presence`, `account` one's own on the site. */
  begun: { site: string; tab: string; account: string };
  /** Comments that wait: at least `count` where `isLeast`. Told when some came in, and after some moved on. */
  held: { site: string; count: number; isLeast: boolean };
  claimed: { id: string; account: string; by: string; expiresAt: string };
  released: { id: string };
  /** The comment moved on: it was decided, withdrawn or erased, or read by one of two. */
  decided: {
    id: string;
    state: CommentState;
    version: number;
    decision: (Pick<DecisionView, 'verdict' | 'by' | 'automated' | 'decidedAt'> & { account: string | null }) | null;
  };
  /** An appeal came: against the decision on the comment, or against a sanction for it. */
  appealed: { id: string };
  presence: { site: string; people: readonly Colleague[] };
};

export type DeskEventName = keyof DeskEvents;
