import { parseEmail } from './comment.ts';
import { isObject, parsed, type JsonObject, type Parsed } from './json.ts';
import { parseProse } from './prose.ts';
import { refused, type Refusal } from './refusals.ts';
import { nameCodePoints } from './text.ts';

/** The fields of a report. `reason` is a guideline's key of the site or one of `reportReasons`. With `notice` it is a notice
 *  of illegal content in the sense of DSA Art. 16: then `detail` (why it is illegal), `name`, `email` and `goodFaith` are
 *  required, name and e-mail only where `namelessOffence` does not say that it is about the sexual abuse of children. */
export const reportFields = {
  reason: 'reason',
  detail: 'detail',
  name: 'name',
  email: 'email',
  notice: 'notice',
  goodFaith: 'goodFaith',
  namelessOffence: 'namelessOffence',
} as const;

/** Grounds of a report beside the site's guidelines: an illegality that the law names, and anything else. */
export const reportReasons = ['illegal', 'other'] as const;

/** The longest detail of a report, in code points. */
export const reportDetailCodePoints = 2000;

/** `closed`: the comment went for another reason, withdrawn by its author or erased. */
export const reportStates = ['open', 'upheld', 'dismissed', 'closed'] as const;
export type ReportState = (typeof reportStates)[number];

/** A report as a reader filled it in; `contact` is the JSON of name and e-mail, to be sealed. */
export type ReportDraft = {
  reason: string;
  detail: string | undefined;
  contact: string | undefined;
  /** Whether an address is among it, to which the outcome can be written. */
  isReachable: boolean;
  isNotice: boolean;
  isNamelessOffence: boolean;
};

/** The answer to a report (202). `warned`: earlier reports from this network were plainly unfounded, and more such end in
 *  a suspension. */
export type ReportAnswer = { id: string; state: 'open'; receipt: string; warned?: true };

/** What became of a report, for whoever holds its receipt. Times are rounded to the minute. The words of a removal are for
 *  the comment's author and not among it. */
export type ReportView = {
  id: string;
  site: string;
  story: string;
  comment: string;
  reason: string;
  isNotice: boolean;
  state: ReportState;
  reportedAt: string;
  decision?: {
    decidedAt: string;
    automated: boolean;
    /** Why it was dismissed. */
    explanation?: string;
    /** The guideline under which the comment was taken down. */
    guideline?: { key: string; version: number; title: string; url: string; law?: string };
  };
};

/** A report as the desk sees it, without name and address: whoever decides does not need them. */
export type ReportRow = {
  id: string;
  reason: string;
  isNotice: boolean;
  /** About the sexual abuse of children: nobody has to give a name for that. */
  isNamelessOffence: boolean;
  detail: string | null;
  reportedAt: string;
  state: ReportState;
  /** Whether somebody is written to when it is decided. */
  isReachable: boolean;
  decidedBy: string | null;
  decidedAt: string | null;
  explanation: string | null;
};

/** What was filled in, to be put back into the form as it came; a field that was no text is ''. */
export type WrittenReport = Record<keyof typeof reportFields, string>;

/** The page after a plain report: its receipt, or the form again with why not. `comment` is the address's, whatever it is. */
export type ReportedPage = {
  language: string;
  comment: string;
  written: WrittenReport;
  report?: ReportAnswer;
  refusal?: Refusal;
};

/** The receipt page for a report's receipt. */
export type ReportReceiptPage = { language: string; receipt: string; view: ReportView };

/** The report in a body. Refused when the ground is none of the site's guidelines and none of the two others, and when a
 *  notice lacks what the law asks of it. */
export function parseReport(body: unknown, guidelines: readonly string[]): Parsed<ReportDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const isNotice = isTicked(body[reportFields.notice]);
  const reason = isNotice ? 'illegal' : body[reportFields.reason];
  if (typeof reason !== 'string' || ![...guidelines, ...reportReasons].includes(reason)) {
    return refused('report_reason_unknown', { field: reportFields.reason });
  }
  const detail = parseProse(body[reportFields.detail], { field: reportFields.detail, most: reportDetailCodePoints });
  if (detail.outcome === 'refused') return detail;
  const contact = parseContact(body);
  if (contact.outcome === 'refused') return contact;
  const isNamelessOffence = isNotice && isTicked(body[reportFields.namelessOffence]);
  const { name, email } = contact.value;
  if (isNotice) {
    if (detail.value === undefined) return refused('text_required', { field: reportFields.detail });
    if (!isNamelessOffence && name === undefined) return refused('notifier_required', { field: reportFields.name });
    if (!isNamelessOffence && email === undefined) return refused('notifier_required', { field: reportFields.email });
    if (!isTicked(body[reportFields.goodFaith]))
      return refused('good_faith_required', { field: reportFields.goodFaith });
  }
  return parsed({
    reason,
    detail: detail.value,
    contact: name === undefined && email === undefined ? undefined : JSON.stringify({ name, email }),
    isReachable: email !== undefined,
    isNotice,
    isNamelessOffence,
  });
}

/** What was filled in, as text. */
export function readWritten(body: unknown): WrittenReport {
  const fields = Object.values(reportFields).map((field) => {
    const value = isObject(body) ? body[field] : undefined;
    return [field, typeof value === 'string' ? value : ''];
  });
  return Object.fromEntries(fields) as WrittenReport;
}

// A box of a form says `on` and a program `true`.
function isTicked(value: unknown): boolean {
  return value === true || value === 'on' || value === 'true';
}

function parseContact(body: JsonObject): Parsed<{ name: string | undefined; email: string | undefined }> {
  const name = parseProse(body[reportFields.name], { field: reportFields.name, most: nameCodePoints });
  if (name.outcome === 'refused') return name.refusal.reason === 'text_too_long' ? nameTooLong : name;
  const email = parseEmail(body[reportFields.email]);
  return email.outcome === 'refused' ? email : parsed({ name: name.value, email: email.value });
}

const nameTooLong = refused('name_too_long', { field: reportFields.name, values: { most: nameCodePoints } });
