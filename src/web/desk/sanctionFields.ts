import { type KnownBy, type Measure, type ReaderView, sanctionDays, slowMinutes } from '../../contract/sanction.ts';

/** What stands in the form. `about` is `comments`, `appeals`, or the id of a report. */
export type SanctionFields = {
  measure: Measure;
  about: string;
  /** Null until somebody chooses: then it is what knows this reader for longest. */
  knownBy: readonly KnownBy[] | null;
  guideline: string;
  explanation: string;
  days: number;
  minutes: number;
};

/** The form before anybody wrote in it, with the mildest measure. */
export const freshFields: SanctionFields = {
  measure: 'warn',
  about: 'comments',
  knownBy: null,
  guideline: '',
  explanation: '',
  days: sanctionDays.warn.standard,
  minutes: slowMinutes.standard,
};

/** By what the reader is known again: as somebody chose, or else by the account (or the key of the name) where they wrote with
 *  one, since whoever has one can take another name; everybody else by the name. */
export function knownIn(
  { knownBy }: SanctionFields,
  { hasAccount }: Pick<ReaderView, 'hasAccount'>,
): readonly KnownBy[] {
  return knownBy ?? [hasAccount ? 'account' : 'name', 'receipt'];
}

/** What a part of the form works with. */
export type PartProps = { fields: SanctionFields; set: (change: Partial<SanctionFields>) => void };

/** Whether it is about the comment's own reader, not about a report's. */
export function isOfReader(about: string): boolean {
  return about === 'comments' || about === 'appeals';
}
