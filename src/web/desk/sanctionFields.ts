import { type KnownBy, type Measure, sanctionDays, slowMinutes } from '../../contract/sanction.ts';

/** What stands in the form. `about` is `comments`, `appeals`, or the id of a report. */
export type SanctionFields = {
  measure: Measure;
  about: string;
  knownBy: readonly KnownBy[];
  guideline: string;
  explanation: string;
  days: number;
  minutes: number;
};

/** The form before anybody wrote in it: the mildest measure, by what knows the reader again for longest. */
export const freshFields: SanctionFields = {
  measure: 'warn',
  about: 'comments',
  knownBy: ['name', 'receipt'],
  guideline: '',
  explanation: '',
  days: sanctionDays.warn.standard,
  minutes: slowMinutes.standard,
};

/** What a part of the form works with. */
export type PartProps = { fields: SanctionFields; set: (change: Partial<SanctionFields>) => void };

/** Whether it is about the comment's own reader, not about a report's. */
export function isOfReader(about: string): boolean {
  return about === 'comments' || about === 'appeals';
}
