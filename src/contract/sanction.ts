import { parseExplanation } from './desk.ts';
import { isPublicId } from './ids.ts';
import { isObject, parsed, readOptionalString, type Parsed } from './json.ts';
import { refused } from './refusals.ts';

/** What can be done about a reader who breaks the rules again and again. `watch` is a note for moderators beside each
 *  later comment, which no rule then decides. */
export const measures = ['warn', 'slow', 'watch', 'suspend'] as const;
export type Measure = (typeof measures)[number];

/** What a sanction is about, and what a suspension keeps the reader from (DSA Art. 23(1) and (2)). */
export const sanctionAbouts = ['comments', 'appeals', 'reports'] as const;
export type SanctionAbout = (typeof sanctionAbouts)[number];

/** What a reader is known again by: the account or the key of the protected name, the name (folded), a receipt that their browser
 *  shows, the network of the day. */
export const knownBys = ['account', 'name', 'receipt', 'network'] as const;
export type KnownBy = (typeof knownBys)[number];

/** For how many days each measure holds unless told otherwise, and at most. A suspension is for a reasonable time (DSA
 *  Art. 23(1)); a warning counts for half a year. */
export const sanctionDays: Readonly<Record<Measure, { standard: number; most: number }>> = {
  warn: { standard: 180, most: 180 },
  slow: { standard: 7, most: 90 },
  watch: { standard: 90, most: 180 },
  suspend: { standard: 7, most: 90 },
};

/** Minutes between two comments of a slowed reader. */
export const slowMinutes = { least: 1, standard: 60, most: 1440 };

/** A sanction as a moderator imposes it. */
export type SanctionDraft = {
  measure: Measure;
  about: SanctionAbout;
  report: string | undefined;
  knownBy: readonly KnownBy[];
  guideline: string | undefined;
  explanation: string;
  days: number;
  minutes: number | undefined;
};

/** The draft in a body. Refused without a reason in words, and about comments without a guideline: the reader has a right
 *  to both. A report's reader is known by the network alone. */
export function parseSanctionDraft(body: unknown): Parsed<SanctionDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const measure = measures.find((known) => known === body['measure']);
  if (!measure) return refused('field_malformed', { field: 'measure' });
  const about = sanctionAbouts.find((known) => known === (body['about'] ?? 'comments'));
  if (!about || (about !== 'comments' && (measure === 'slow' || measure === 'watch'))) {
    return refused('field_malformed', { field: 'about' });
  }
  const report = about === 'reports' ? body['report'] : undefined;
  if (about === 'reports' && !isPublicId(report)) return refused('field_malformed', { field: 'report' });
  const knownBy = about === 'reports' ? (['network'] as const) : parseKnownBy(body['knownBy']);
  if (!knownBy) return refused('field_malformed', { field: 'knownBy' });
  const guideline = readOptionalString(body, 'guideline', 40);
  if (guideline.outcome === 'refused') return refused('guideline_unknown', { field: 'guideline' });
  if (about === 'comments' && guideline.value === undefined) {
    return refused('guideline_required', { field: 'guideline' });
  }
  const explanation = parseReason(body);
  if (explanation.outcome === 'refused') return explanation;
  const days = readWhole(body['days'], { least: 1, ...sanctionDays[measure] });
  if (days === undefined) return refused('field_malformed', { field: 'days' });
  const minutes = measure === 'slow' ? readWhole(body['minutes'], slowMinutes) : undefined;
  if (measure === 'slow' && minutes === undefined) return refused('field_malformed', { field: 'minutes' });
  return parsed({
    ...{ measure, about, knownBy, days, minutes },
    report: isPublicId(report) ? report : undefined,
    guideline: guideline.value,
    explanation: explanation.value,
  });
}

/** The words that a body has to bring: the reason of a sanction, of lifting it, of a decision on an appeal. */
export function parseReason(body: unknown): Parsed<string> {
  if (!isObject(body)) return refused('body_malformed');
  const explanation = parseExplanation(body);
  if (explanation.outcome === 'refused') return explanation;
  if (explanation.value === undefined) return refused('field_required', { field: 'explanation' });
  return parsed(explanation.value);
}

function parseKnownBy(value: unknown): readonly KnownBy[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const named = knownBys.filter((known) => value.includes(known));
  return named.length > 0 && named.length === value.length ? named : undefined;
}

function readWhole(value: unknown, range: { least: number; standard: number; most: number }): number | undefined {
  if (value === undefined) return range.standard;
  return typeof value === 'number' && Number.isInteger(value) && value >= range.least && value <= range.most
    ? value
    : undefined;
}

export type SanctionState = 'in_force' | 'expired' | 'lifted';

/** A sanction as the desk sees it. `name` is the comment's, null once erased. `comment` is the one it rests on. */
export type SanctionRow = {
  id: string;
  comment: string;
  name: string | null;
  about: SanctionAbout;
  measure: Measure;
  knownBy: readonly KnownBy[];
  guideline: string | null;
  explanation: string | null;
  minutes: number | null;
  decided: number;
  breaking: number;
  by: string;
  startedAt: string;
  endsAt: string;
  state: SanctionState;
  lifted: { at: string; by: string; explanation: string | null } | null;
  appeal: {
    state: 'open' | 'upheld' | 'overturned';
    text: string | null;
    appealedAt: string;
    explanation: string | null;
    by: string | null;
    decidedAt: string | null;
  } | null;
  /** Whether the account that asks imposed it: then somebody else decides the appeal. */
  mine: boolean;
};

/** What stands beside a comment of a reader under a sanction, for moderators. */
export type SanctionNote = Pick<
  SanctionRow,
  'id' | 'measure' | 'about' | 'explanation' | 'by' | 'startedAt' | 'endsAt'
> & { inForce: boolean };

/** What a moderator is shown before choosing: decided comments against those that broke a guideline, under this name and
 *  from this network under this story; appeals likewise; the warning on which a suspension may follow; until when the
 *  network can be known again; reports of the comment. */
export type ReaderView = {
  comment: string;
  name: string | null;
  underName: Tally;
  /** Null where no network is kept any more. */
  fromNetwork: Tally | null;
  appeals: { decided: number; upheld: number };
  networkUntil: string | null;
  /** Whether the comment was written with an account, or under a protected name. */
  hasAccount: boolean;
  /** The warnings in force under which this very comment was written; by what they are about. */
  warned: readonly SanctionAbout[];
  sanctions: readonly SanctionRow[];
  reports: readonly ReportLine[];
  /** The account may also suspend. */
  maySuspend: boolean;
};

/** Decided comments, and how many of them broke a guideline (rejected or taken down, not overturned). */
export type Tally = { decided: number; breaking: number };

export type ReportLine = {
  id: string;
  reason: string;
  detail: string | null;
  reportedAt: string;
  networkUntil: string | null;
  warned: boolean;
};

export const sanctionLists = ['in_force', 'appealed', 'ended'] as const;
export type SanctionList = (typeof sanctionLists)[number];

/** A sanction as the reader sees it on a receipt. Words about it stand on the receipt of the comment that it rests on, and
 *  there it can be appealed: another reader may bear the same name. */
export type ReceiptSanction = {
  id: string;
  measure: Measure;
  about: SanctionAbout;
  state: SanctionState;
  guideline?: { key: string; version: number; title: string; url: string };
  explanation?: string;
  minutes?: number;
  startedAt: string;
  until: string;
  appeal?: { state: 'open' | 'upheld' | 'overturned'; appealedAt: string; explanation?: string; decidedAt?: string };
  appealUntil?: string;
};
