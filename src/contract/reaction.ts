import { isObject, parsed, type Parsed } from './json.ts';
import { refused, type Refusal } from './refusals.ts';

/** What readers can say of a comment beside answering it. Each is a reason to read it; agreeing and disagreeing are not among
 *  them, since such counts measure who came (docs/decisions/008-reactions.md). */
export const reactionKinds = ['informative', 'reasoned', 'thanks'] as const;
export type ReactionKind = (typeof reactionKinds)[number];

/** How often each was said; what nobody said is absent. */
export type Reactions = Readonly<Partial<Record<ReactionKind, number>>>;

/** Seconds for which a page of comments may show the counts of before. */
export const reactionSeconds = 10;

/** The cookie of a browser that reacted without a script, and the days for which it keeps its number. */
export const readerCookie = { name: 'stet-reader', days: 180, path: '/api/v1/comments' } as const;

/** A reaction as it is sent: `kind` null takes it back. `reader` is the number of a browser to which no cookie can be given, as
 *  on a publisher's own page. */
export type ReactionDraft = { kind: ReactionKind | null; reader?: string };

/** The answer to a reaction: what stands now, and the counts of the comment. */
export type ReactionAnswer = { comment: string; kind: ReactionKind | null; reactions: Reactions };

/** The page on which a reaction without JavaScript ends. */
export type ReactedPage = {
  /** Where nothing is known of the comment. */
  language: string;
  comment: string;
  reacted?: ReactionAnswer;
  refusal?: Refusal;
};

/** Whether a value is the number of a browser: at least 128 bits of it, in base64url. */
export function isReaderNumber(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{22,64}$/.test(value);
}

/** The reaction in a body, or why it is none. An empty kind is that of a form and takes it back. */
export function parseReaction(body: unknown): Parsed<ReactionDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const { kind, reader } = body;
  const isBack = kind === null || kind === '';
  const named = reactionKinds.find((known) => known === kind);
  if (!named && !isBack) return refused('field_malformed', { field: 'kind' });
  if (reader === undefined || reader === null) return parsed({ kind: named ?? null });
  if (!isReaderNumber(reader)) return refused('field_malformed', { field: 'reader' });
  return parsed({ kind: named ?? null, reader });
}
