import type { Screening } from '../screening/types.ts';
import type { CommentState } from './comment.ts';
import { isObject, parsed, readOptionalString, type JsonObject, type Parsed } from './json.ts';
import { isPublicId } from './ids.ts';
import { refused } from './refusals.ts';
import type { SecondReading } from './secondReading.ts';
import { findRefusedCharacter, isBlank, nameCharacter, normaliseText } from './text.ts';

export const roles = ['moderator', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

export const tokenScopes = ['desk', 'stories', 'score'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** How long a claim hides a comment from colleagues: long enough to think, short enough that a closed laptop does not
 *  hold it (contract.md). */
export const claimMinutes = 10;

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
  need: number;
  author: { approved: number; rejected: number; held: number };
  claim: { by: string; mine: boolean; expiresAt: string } | null;
  decision: DecisionView | null;
};

export type DecisionView = {
  verdict: 'approve' | 'reject' | 'remove';
  guideline: string | null;
  guidelineVersion: number | null;
  explanation: string | null;
  by: string;
  automated: boolean;
  decidedAt: string;
};

export type AppealRow = {
  id: string;
  text: string | null;
  appealedAt: string;
  state: 'open' | 'upheld' | 'overturned';
  comment: QueueRow;
};

export const queueOrders = ['need', 'oldest', 'newest'] as const;
export type QueueOrder = (typeof queueOrders)[number];

/** A verdict of a moderator as a program sends it. */
export type DecisionDraft = {
  verdict: 'approve' | 'reject';
  guideline?: string;
  explanation?: string;
  version: number;
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
  return parsed({ verdict, version: Number(version), ...ground.value });
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
  if (!Array.isArray(comments) || comments.length === 0 || comments.length > mostBulk || !comments.every(isNamed)) {
    return refused('field_malformed', { field: 'comments' });
  }
  const { version: _, ...verdict } = decision.value;
  return parsed({ ...verdict, comments: comments.map(({ id, version }) => ({ id, version })) });
}

function isNamed(value: unknown): value is { id: string; version: number } {
  return isObject(value) && isPublicId(value['id']) && Number.isSafeInteger(value['version']);
}
