import { createHash } from 'node:crypto';
import type { CommentState } from '../contract/comment.ts';
import { commit } from './commitment.ts';
import {
  refold,
  type Folded,
  type FoldedAppeal,
  type FoldedDecision,
  type FoldedMark,
  type StoredEvent,
} from './refold.ts';
import { checkReports, type StoredReport } from './refoldReports.ts';
import { checkSanctions, type StoredSanction } from './refoldSanctions.ts';

/** A comment with everything that the record keeps about it. Hashes are lower-case hex. */
export type StoredComment = {
  site: string;
  id: string;
  story: string;
  parent: string | null;
  name: string | null;
  text: string | null;
  sha256: string | null;
  lang: string;
  dir: string;
  state: CommentState;
  version: number;
  decision: number | null;
  hasStory: boolean;
  hasContact: boolean;
  events: StoredEvent[];
  decisions: FoldedDecision[];
  appeals: FoldedAppeal[];
  published: PublishedCopy | undefined;
  sanctions: StoredSanction[];
  reports: StoredReport[];
  featured: (FoldedMark & { story: string }) | undefined;
};

/** What readers can see of a comment. */
export type PublishedCopy = {
  story: string;
  parent: string | null;
  name: string;
  text: string;
  sha256: string;
  lang: string;
  dir: string;
  position: number;
  at: Date;
};

/** The first promise that a comment's rows break, in words; undefined when all hold. Pure. */
export function checkComment(comment: StoredComment): string | undefined {
  return (
    checkReceived(comment) ??
    checkText(comment) ??
    firstOf(comment.events, (event) => checkCommitment(event, { site: comment.site, isErased: isErased(comment) })) ??
    checkFold(comment) ??
    checkSanctions(comment.events, comment.sanctions) ??
    checkReports(comment.events, comment.reports)
  );
}

function firstOf<T>(list: readonly T[], check: (value: T) => string | undefined): string | undefined {
  for (const value of list) {
    const broken = check(value);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function isErased({ events }: StoredComment): boolean {
  return events.at(-1)?.kind === 'erased';
}

function checkReceived(comment: StoredComment): string | undefined {
  const received = comment.events.filter(({ kind }) => kind === 'received');
  const [first] = received;
  if (!first || received.length > 1) return `it was received ${received.length} times instead of once`;
  if (!comment.hasStory) return `its story "${comment.story}" does not exist`;
  if (isErased(comment) || !first.body) return undefined;
  if (first.body['story'] !== comment.story) return 'it stands under another story than it was written for';
  return first.body['sha256'] === comment.sha256 ? undefined : 'its text is not the one that was received';
}

function checkText(comment: StoredComment): string | undefined {
  const { name, text, sha256 } = comment;
  if (isErased(comment)) {
    if (name !== null || text !== null || sha256 !== null) return 'it was erased and its text is still there';
    return comment.hasContact ? "it was erased and its author's address is still there" : undefined;
  }
  if (name === null || text === null || sha256 === null) return 'its text is gone and it was not erased';
  return hashOf(text) === sha256 ? undefined : 'its text does not have its SHA-256';
}

/** What an event's commitment says about it: undefined when it opens, or when its salt was erased with its comment. */
export function checkCommitment(
  event: StoredEvent,
  { site, isErased }: { site: string; isErased: boolean },
): string | undefined {
  const { seq, id, kind, comment, actor, body, salt, commitment } = event;
  const mayBeErased = isErased && kind !== 'erased';
  if (mayBeErased && (body || salt)) return `event ${seq} still has what was erased`;
  if (mayBeErased) return undefined;
  if (!body || !salt) return `event ${seq} has lost its body or its salt`;
  const opened = commit({ id, site, kind, comment, at: event.at.toISOString(), actor, body }, salt);
  return opened.equals(commitment) ? undefined : `event ${seq} is not what its commitment was made of`;
}

function checkFold(comment: StoredComment): string | undefined {
  const folded = refold(comment.events, comment.decisions);
  if (typeof folded === 'string') return folded;
  return (
    compareState(comment, folded) ??
    compareDecisions(comment, folded) ??
    compareAppeal(comment.appeals, folded.appeal) ??
    comparePublished(comment, folded) ??
    compareMark(comment, folded)
  );
}

function compareState(comment: StoredComment, folded: Folded): string | undefined {
  if (comment.state !== folded.state) return `it is stored as ${comment.state}, and its events make it ${folded.state}`;
  if (comment.version !== folded.version) {
    return `it is stored with version ${comment.version}, and its events make it ${folded.version}`;
  }
  const last = folded.decisions.at(-1)?.seq ?? null;
  return comment.decision === last ? undefined : 'its decision in force is not the last one of its events';
}

function compareDecisions(comment: StoredComment, { decisions }: Folded): string | undefined {
  if (comment.decisions.length !== decisions.length) {
    return `it has ${comment.decisions.length} decisions, and its events took ${decisions.length}`;
  }
  for (const [index, decision] of decisions.entries()) {
    const field = findDifference(decision, comment.decisions[index]);
    if (field !== undefined) return `decision ${decision.seq} has another ${field} than its event`;
    if (decision.sha256 !== comment.sha256) return `decision ${decision.seq} is about another text`;
  }
  return undefined;
}

function compareAppeal(stored: readonly FoldedAppeal[], appeal: FoldedAppeal | null): string | undefined {
  if (stored.length !== (appeal ? 1 : 0)) return `it has ${stored.length} appeals, and its events another number`;
  if (!appeal) return undefined;
  // The id is in the event's body alone, which erasure takes.
  const field = findDifference(appeal.id === '' ? { ...appeal, id: stored[0]?.id } : appeal, stored[0]);
  return field === undefined ? undefined : `its appeal has another ${field} than its events`;
}

function comparePublished(comment: StoredComment, { state, decisions }: Folded): string | undefined {
  const { published, story, parent, name, text, sha256, lang, dir } = comment;
  if (!published) return state === 'approved' ? 'it is approved and not published' : undefined;
  const approval = decisions.at(-1);
  if (state !== 'approved' || !approval) return 'it is published without an approval in force';
  if (published.text !== text || published.sha256 !== sha256)
    return 'the published text is not the text that was written';
  const wanted = { story, parent, name, text, sha256, lang, dir, position: approval.seq, at: approval.at };
  const field = findDifference(wanted, published);
  return field === undefined ? undefined : `it is published with another ${field}`;
}

function compareMark({ featured, story }: StoredComment, folded: Folded): string | undefined {
  if (!featured) return folded.featured ? 'its events feature it, and it has no mark' : undefined;
  if (!folded.featured) return 'it is marked as featured by no event';
  const field = findDifference({ ...folded.featured, story }, featured);
  return field === undefined ? undefined : `its mark has another ${field} than its event`;
}

/** The name of the first field in which two rows differ; times are compared to the millisecond. */
function findDifference(wanted: object, stored: object | undefined): string | undefined {
  const found = new Map(Object.entries(stored ?? {}));
  return Object.entries(wanted).find(([field, value]) => plain(value) !== plain(found.get(field)))?.[0];
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
