import type { CommentState } from '../contract/comment.ts';
import type { JsonObject } from '../contract/json.ts';

/** An event as it is stored. Body and salt are null once its comment was erased. */
export type StoredEvent = {
  seq: number;
  id: string;
  kind: string;
  comment: string | null;
  at: Date;
  actor: string;
  body: JsonObject | null;
  salt: Buffer | null;
  commitment: Buffer;
};

/** A decision as it is stored, or as the events give it. */
export type FoldedDecision = {
  seq: number;
  verdict: string;
  sha256: string | null;
  guideline: string | null;
  guidelineVersion: number | null;
  explanation: string | null;
  actor: string;
  automated: boolean;
  at: Date;
  supersedes: number | null;
};

/** An appeal as it is stored, or as the events give it. */
export type FoldedAppeal = {
  id: string;
  decision: number;
  text: string | null;
  appealedAt: Date;
  state: string;
  explanation: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
};

/** What the events of one comment make of it. */
export type Folded = {
  state: CommentState;
  version: number;
  decisions: FoldedDecision[];
  appeal: FoldedAppeal | null;
  /** Who gave a first verdict, and who one that differed. */
  readers: string[];
  /** Which of them would have rejected it. Of an erased comment's second verdict nobody can say any more what it was. */
  rejecters: string[];
  /** The event by which the newsroom features it, while it does. */
  featured: FoldedMark | null;
};

/** A mark of the newsroom as it is stored, or as the events give it. */
export type FoldedMark = { position: number; actor: string; at: Date };

/** Folds the events of one comment in their order, by the same rules as the database's triggers and written apart from
 *  them. `stored` are the decisions as stored: an erased comment's events have lost their bodies, so the verdict and the
 *  guideline are taken from there. Returns what the first event breaks as text. Pure. */
export function refold(events: readonly StoredEvent[], stored: readonly FoldedDecision[]): Folded | string {
  const [first] = events;
  if (first?.kind !== 'received') return 'its first event is not that it was received';
  const isErased = events.at(-1)?.kind === 'erased';
  const unread = { decisions: [], appeal: null, readers: [], rejecters: [], featured: null };
  const folded: Folded = { state: 'held', version: 1, ...unread };
  for (const event of events.slice(1)) {
    if (folded.state === 'erased') return `event ${event.seq} follows its erasure`;
    const kept = stored.find(({ seq }) => seq === event.seq);
    const broken = applyEvent(folded, isErased ? restore(event, kept, folded) : event);
    if (broken !== undefined) return `event ${event.seq} ${broken}`;
  }
  return isErased ? forget(folded) : folded;
}

// What an erased event can still be told by: the decision's row keeps the verdict and the guideline.
function restore(event: StoredEvent, kept: FoldedDecision | undefined, folded: Folded): StoredEvent {
  if (event.kind === 'decided') return { ...event, body: { ...kept, version: folded.version } };
  return { ...event, body: event.body ?? {} };
}

function applyEvent(folded: Folded, event: StoredEvent): string | undefined {
  switch (event.kind) {
    case 'decided':
      return applyDecision(folded, event);
    case 'read_again':
      return folded.state === 'held' ? undefined : 'is read again by a second reader, and it is not held';
    case 'first_verdict':
    case 'second_verdict':
      return applyReading(folded, event);
    case 'rechecked':
      return folded.decisions.length > 0 ? undefined : 'looks again at a comment that nobody decided';
    case 'sanctioned':
    case 'sanction_lifted':
    case 'sanction_appealed':
    case 'sanction_appeal_decided':
    case 'reports_dismissed':
    case 'name_freed':
      return undefined;
    case 'featured':
    case 'unfeatured':
      return applyMark(folded, event);
    case 'appealed':
      return applyAppeal(folded, event);
    case 'appeal_decided':
      return applyAppealDecision(folded, event);
    case 'withdrawn':
      if (folded.state === 'withdrawn') return 'withdraws it a second time';
      return move(folded, 'withdrawn');
    case 'erased':
      return move(folded, 'erased');
    default:
      return `cannot follow: ${event.kind}`;
  }
}

function applyMark(folded: Folded, { kind, seq, actor, at }: StoredEvent): string | undefined {
  if (folded.state !== 'approved') return `features a comment that is ${folded.state}`;
  if ((folded.featured === null) !== (kind === 'featured')) return 'features it twice, or not at all';
  folded.featured = kind === 'featured' ? { position: seq, actor, at } : null;
  return undefined;
}

function applyReading(folded: Folded, { kind, actor, body }: StoredEvent): string | undefined {
  const { readers } = folded;
  if (folded.state !== 'held') return `is one of two readings of a comment that is ${folded.state}`;
  if (readers.length !== (kind === 'first_verdict' ? 0 : 1)) return `is a ${kind} after ${readers.length} readings`;
  if (readers.includes(actor)) return 'is both readings by one moderator';
  readers.push(actor);
  if (kind === 'first_verdict' || body?.['verdict'] === 'reject') folded.rejecters.push(actor);
  return undefined;
}

function move(folded: Folded, state: CommentState): undefined {
  folded.state = state;
  folded.version += 1;
  // The mark rests on what readers see.
  folded.featured = null;
}

const reached: Readonly<Record<string, { state: CommentState; from: readonly CommentState[] }>> = {
  approve: { state: 'approved', from: ['held', 'rejected', 'removed'] },
  reject: { state: 'rejected', from: ['held'] },
  remove: { state: 'removed', from: ['approved'] },
};

function applyDecision(folded: Folded, { seq, at, actor, body }: StoredEvent): string | undefined {
  const verdict = String(body?.['verdict']);
  const to = reached[verdict];
  if (!to) return 'decides without a verdict';
  if (!to.from.includes(folded.state)) return `decides "${verdict}" on a comment that is ${folded.state}`;
  if (body?.['version'] !== folded.version) return 'decides on another version of the comment';
  const waits = folded.state === 'held' && folded.readers.length === 1;
  if (waits && (verdict !== 'reject' || folded.readers.includes(actor)))
    return 'decides what waits for a second reading';
  folded.decisions.push({
    seq,
    verdict,
    sha256: textOf(body['sha256']),
    guideline: textOf(body['guideline']),
    guidelineVersion: typeof body['guidelineVersion'] === 'number' ? body['guidelineVersion'] : null,
    explanation: textOf(body['explanation']),
    actor,
    automated: body['automated'] === true,
    at,
    supersedes: folded.decisions.at(-1)?.seq ?? null,
  });
  return move(folded, to.state);
}

function applyAppeal(folded: Folded, { at, body }: StoredEvent): string | undefined {
  const against = folded.decisions.at(-1);
  if (!against || (folded.state !== 'rejected' && folded.state !== 'removed'))
    return 'appeals where nothing was rejected';
  if (folded.appeal) return 'appeals a second time';
  folded.appeal = {
    id: textOf(body?.['appeal']) ?? '',
    decision: against.seq,
    text: textOf(body?.['text']),
    appealedAt: at,
    state: 'open',
    explanation: null,
    decidedBy: null,
    decidedAt: null,
  };
  return undefined;
}

function applyAppealDecision(folded: Folded, { at, actor, body }: StoredEvent): string | undefined {
  const { appeal } = folded;
  if (appeal?.state !== 'open') return 'decides an appeal that is not open';
  const first = folded.decisions.find(({ seq }) => seq === appeal.decision);
  if (first?.actor === actor) return 'decides an appeal by whoever took the first decision';
  if (folded.rejecters.includes(actor)) return 'decides an appeal by one of the two who rejected it';
  const state = body?.['verdict'] === 'overturn' ? 'overturned' : 'upheld';
  folded.appeal = { ...appeal, state, explanation: textOf(body?.['explanation']), decidedBy: actor, decidedAt: at };
  return undefined;
}

// Erasure takes texts and hashes out of everything that was folded before it.
function forget(folded: Folded): Folded {
  const decisions = folded.decisions.map((decision) => ({ ...decision, sha256: null, explanation: null }));
  return { ...folded, decisions, appeal: folded.appeal && { ...folded.appeal, text: null, explanation: null } };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
