/** Every reason for which Stet says no, with the HTTP status that carries it. `docs/reference/refusals.md` explains each
 *  one; a test compares both. */
export const refusalStatuses = {
  body_malformed: 400,
  key_malformed: 400,
  parameter_malformed: 400,
  credentials_missing: 401,
  credentials_unknown: 401,
  sign_in_used: 401,
  account_required: 401,
  account_unknown: 401,
  not_allowed: 403,
  switched_off: 403,
  step_up_required: 403,
  origin_foreign: 403,
  form_expired: 403,
  comments_closed: 403,
  comments_outside_hours: 403,
  same_moderator: 403,
  judged_before: 403,
  editor_decides: 403,
  reversal_too_late: 403,
  suspended: 403,
  appeals_suspended: 403,
  reports_suspended: 403,
  not_found: 404,
  story_unknown: 404,
  comment_unknown: 404,
  receipt_unknown: 404,
  method_unknown: 404,
  already_decided: 409,
  claimed_by_another: 409,
  decision_pending: 409,
  not_pending: 409,
  state_moved_on: 409,
  not_appealable: 409,
  appeal_too_late: 409,
  appealed_before: 409,
  appeal_closed: 409,
  appeal_open: 409,
  already_withdrawn: 409,
  report_closed: 409,
  precision_moved_on: 409,
  account_known: 409,
  account_used: 409,
  last_admin: 409,
  warning_required: 409,
  network_forgotten: 409,
  sanction_ended: 409,
  story_gone: 404,
  body_too_large: 413,
  media_type_unknown: 415,
  name_required: 422,
  name_too_long: 422,
  name_characters: 422,
  name_reserved: 422,
  name_protected: 422,
  name_unproven: 422,
  text_required: 422,
  text_too_long: 422,
  text_characters: 422,
  email_malformed: 422,
  parent_unknown: 422,
  submission_differs: 422,
  proof_missing: 422,
  trap_filled: 422,
  addressee_unknown: 422,
  guideline_required: 422,
  guideline_unknown: 422,
  guidelines_too_many: 422,
  words_malformed: 422,
  guideline_not_automatable: 422,
  precision_unmeasured: 422,
  verdict_unknown: 422,
  explanation_too_long: 422,
  field_required: 422,
  field_malformed: 422,
  too_many_views: 422,
  report_reason_unknown: 422,
  notifier_required: 422,
  good_faith_required: 422,
  too_soon: 429,
  too_many_from_network: 429,
  too_many_for_story: 429,
  too_many_attempts: 429,
  slowed: 429,
  overloaded: 503,
  unavailable: 503,
} as const;

export type RefusalReason = keyof typeof refusalStatuses;

export const refusalReasons = Object.keys(refusalStatuses) as readonly RefusalReason[];

/** A refusal as a value. `field` names the field of the body that it is about; `values` fill the sentence that
 *  `messages/` has for the reason; `retryAfterSeconds` becomes the header of 429 and 503. */
export type Refusal = {
  reason: RefusalReason;
  field?: string;
  values?: Record<string, string | number>;
  retryAfterSeconds?: number;
  /** Stands beside the refusal in the answer: the decision that was first, or the claim that stands. */
  beside?: Record<string, unknown>;
};

export type Refused = { outcome: 'refused'; refusal: Refusal };

/** The refused outcome that every parser and act shares. */
export function refused(reason: RefusalReason, more: Omit<Refusal, 'reason'> = {}): Refused {
  return { outcome: 'refused', refusal: { reason, ...more } };
}
