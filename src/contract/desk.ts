import type { Screening } from '../screening/types.ts';
import type { CaseContext } from './case.ts';
import type { CommentState } from './comment.ts';
import { isObject, parsed, readOptionalString, type JsonObject, type Parsed } from './json.ts';
import { isPublicId } from './ids.ts';
import type { Need } from './need.ts';
import type { SpeakerKind } from './reader.ts';
import { refused } from './refusals.ts';
import type { SanctionNote } from './sanction.ts';
import type { SecondReading } from './secondReading.ts';
import { findRefusedCharacter, isBlank, nameCharacter, normaliseText } from './text.ts';

export const roles = ['moderator', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody of this role may do what editors may: an editor, or an admin. */
export function isEditor(role: Role | 'program' | undefined): boolean {
  return role === 'editor' || role === 'admin';
}

export const tokenScopes = ['desk', 'stories', 'score'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** How long a claim hides a comment from colleagues: long enough to think, short enough that a closed laptop does not
 *  hold it (contract.md). */
export const claimMinutes = 10;

/** The longest time for which a verdict can still be undone (`pendingSeconds`), and what the desk asks for. */
export const mostPendingSeconds = 60;
export const undoSeconds = 10;

/** How long a handed-over comment is offered to its addressee alone: a shift and the night after it. Then everybody is
 *  offered it again, so that none is lost with a colleague who is away. */
export const handOverHours = 24;

/** How long after a decision whoever took it may turn it round without an editor: the length of a shift. */
export const reversalHours = 8;

/** The longest note to colleagues, in code points. */
export const noteCodePoints = 2000;

/** A verdict that takes effect by itself at `takesEffectAt`. What it says is shown to whoever gave it alone: it may be
 *  undone, and nobody else should judge by it. */
export type PendingView = {
  by: string;
  mine: boolean;
  takesEffectAt: string;
  verdict: 'approve' | 'reject' | null;
  guideline: string | null;
};

/** A case that was handed over: to a colleague, or with `to` null to any editor. `isForMe` is whether the viewer is meant;
 *  `mine` whether the viewer handed it over. */
export type HandOverView = {
  by: string;
  to: string | null;
  mine: boolean;
  isForMe: boolean;
  note: string | null;
  handedAt: string;
  lapsesAt: string;
};

/** What a colleague wrote about a comment, for colleagues. */
export type NoteView = { id: string; by: string; text: string; writtenAt: string };

/** A comment as the desk sees it. `author` counts decisions on earlier comments under the same name. */
export type QueueRow = {
  id: string;
  version: number;
  site: string;
  story: { key: string; headline: string; standfirst: string | null; language: string; dir: 'ltr' | 'rtl' };
  parent: { id: string; name: string | null; text: string | null } | null;
  name: string | null;
  text: string | null;
  sha256: string | null;
  lang: string;
  dir: 'ltr' | 'rtl';
  submittedAt: string;
  state: CommentState;
  screening: Screening | null;
  /** What second readers said of it while it was held, at most one answer of each. */
  secondReadings: readonly SecondReading[];
  /** Sanctions under which it was written, the newest first. */
  sanctions: readonly SanctionNote[];
  /** What the machine says, 0 to 1. */
  need: number;
  /** How its place in the queue's order came about. */
  needed: Need;
  /** Open reports on it, up to 100. */
  reports: number;
  /** Other held comments of the site that say nearly the same, up to 500. */
  alike: number;
  author: { approved: number; rejected: number; held: number };
  claim: { by: string; mine: boolean; expiresAt: string } | null;
  pending: PendingView | null;
  handOver: HandOverView | null;
  /** How many notes colleagues wrote about it. */
  notes: number;
  /** Whether the newsroom wrote it itself. */
  byNewsroom: boolean;
  /** Who wrote it, where more is known than a name (contract/reader.ts). */
  speaker: SpeakerKind | null;
  /** Who features it for the newsroom, and since when; null where nobody does. */
  featured: FeaturedView | null;
  /** Whether the site has such marks. */
  mayFeature: boolean;
  /** A verdict under a guideline that asks for two readers; null where nobody gave one. */
  reading: ReadingView | null;
  decision: DecisionView | null;
  /** What stands around it: where one comment was asked for, never in a list. */
  context?: CaseContext;
};

/** A first verdict that a second moderator reads again. `waiting` for that second one, `disputed` where the two differ and an
 *  editor decides, `closed` once the comment moved on. `mine`: this account has judged. While it waits, `verdicts` are shown to
 *  whoever gave them alone: the second reader judges without knowing the first. */
export type ReadingView = {
  state: 'waiting' | 'disputed' | 'closed';
  mine: boolean;
  verdicts: readonly {
    verdict: 'approve' | 'reject';
    guideline: string | null;
    explanation: string | null;
    by: string;
    mine: boolean;
  }[];
};

/** A published comment that the newsroom features: by whom, since when. */
export type FeaturedView = { by: string; at: string };

export type DecisionView = {
  verdict: 'approve' | 'reject' | 'remove';
  guideline: string | null;
  guidelineVersion: number | null;
  explanation: string | null;
  by: string;
  automated: boolean;
  decidedAt: string;
};

/** An appeal that waits. `mine`: the viewer rejected the comment, alone or as one of two readers; a colleague decides it. */
export type AppealRow = {
  id: string;
  text: string | null;
  appealedAt: string;
  state: 'open' | 'upheld' | 'overturned';
  mine: boolean;
  comment: QueueRow;
};

export const queueOrders = ['need', 'oldest', 'newest', 'story'] as const;
export type QueueOrder = (typeof queueOrders)[number];

/** A verdict of a moderator as a program sends it. */
export type DecisionDraft = {
  verdict: 'approve' | 'reject';
  guideline?: string;
  explanation?: string;
  version: number;
  /** Seconds for which it can be undone; absent: it takes effect at once. */
  pendingSeconds?: number;
};

export const explanationCodeUnits = 4000;

/** The draft of a decision. A rejection without a guideline is refused: the author has a right to the ground. */
export function parseDecisionDraft(body: unknown): Parsed<DecisionDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const { verdict, version } = body;
  if (verdict !== 'approve' && verdict !== 'reject') return refused('verdict_unknown', { field: 'verdict' });
  if (!Number.isSafeInteger(version)) return refused('field_malformed', { field: 'version' });
  const ground = parseGround(body, verdict === 'reject');
  if (ground.outcome === 'refused') return ground;
  const pending = parsePendingSeconds(body['pendingSeconds']);
  if (pending.outcome === 'refused') return pending;
  return parsed({ verdict, version: Number(version), ...ground.value, ...pending.value });
}

// 0 is at once, like no word of it.
function parsePendingSeconds(value: unknown): Parsed<{ pendingSeconds?: number }> {
  if (value === undefined || value === null || value === 0) return parsed({});
  const seconds = Number.isSafeInteger(value) ? Number(value) : -1;
  if (seconds < 0 || seconds > mostPendingSeconds) return refused('field_malformed', { field: 'pendingSeconds' });
  return parsed({ pendingSeconds: seconds });
}

export type Ground = { guideline?: string; explanation?: string };

/** The guideline and explanation of a rejection or a removal. */
export function parseGround(body: JsonObject, guidelineRequired: boolean): Parsed<Ground> {
  const explanation = parseExplanation(body);
  if (explanation.outcome === 'refused') return explanation;
  const guideline = readOptionalString(body, 'guideline', 40);
  if (guideline.outcome === 'refused') return refused('guideline_unknown', { field: 'guideline' });
  if (guidelineRequired && guideline.value === undefined) return refused('guideline_required', { field: 'guideline' });
  return parsed({
    ...(guideline.value === undefined ? {} : { guideline: guideline.value }),
    ...(explanation.value === undefined ? {} : { explanation: explanation.value }),
  });
}

/** The explanation in a body, under the rules of a reader's text because a reader gets to read it: NFC, LF, no controls and
 *  no invisible tricks. One that shows nothing counts as none. */
export function parseExplanation(body: JsonObject): Parsed<string | undefined> {
  const field = 'explanation';
  const written = readOptionalString(body, field, Infinity);
  if (written.outcome === 'refused' || written.value === undefined) return written;
  const explanation = normaliseText(written.value);
  if (explanation.length > explanationCodeUnits) {
    return refused('explanation_too_long', { field, values: { most: explanationCodeUnits } });
  }
  const character = findRefusedCharacter(explanation);
  if (character !== undefined) {
    return refused('text_characters', { field, values: { character: nameCharacter(character) } });
  }
  return parsed(isBlank(explanation) ? undefined : explanation);
}

export type BulkDraft = Omit<DecisionDraft, 'version'> & { comments: readonly { id: string; version: number }[] };

const mostBulk = 500;

/** Many comments and one verdict (`POST /api/v1/desk/decisions`), at most 500. */
export function parseBulkDraft(body: unknown): Parsed<BulkDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const decision = parseDecisionDraft({ ...body, version: 0 });
  if (decision.outcome === 'refused') return decision;
  const comments: unknown = body['comments'];
  const named = parseNamedComments(comments);
  if (named.outcome === 'refused') return named;
  if (!Array.isArray(comments) || !comments.every(isNamed)) return refused('field_malformed', { field: 'comments' });
  const { version: _, ...verdict } = decision.value;
  return parsed({ ...verdict, comments: comments.map(({ id, version }) => ({ id, version })) });
}

/** A list of comments by their ids, one at least and 500 at most. */
export function parseNamedComments(comments: unknown): Parsed<{ id: string }[]> {
  const isFit = Array.isArray(comments) && comments.length > 0 && comments.length <= mostBulk;
  if (!isFit || !comments.every((one) => isObject(one) && isPublicId(one['id']))) {
    return refused('field_malformed', { field: 'comments' });
  }
  return parsed(comments.map(({ id }: { id: string }) => ({ id })));
}

function isNamed(value: unknown): value is { id: string; version: number } {
  return isObject(value) && isPublicId(value['id']) && Number.isSafeInteger(value['version']);
}
