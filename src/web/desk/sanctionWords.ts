import type { KnownBy, Measure, SanctionAbout, SanctionList } from '../../contract/sanction.ts';
import type { WordKey } from './wordKeys.ts';

/** What each measure is called where it is chosen. */
export const measureWords = {
  warn: 'sanction.warn',
  slow: 'sanction.slow',
  watch: 'sanction.watch',
  suspend: 'sanction.suspend',
} as const satisfies Record<Measure, WordKey>;

/** What each measure is called where it stands. */
export const toldWords = {
  warn: 'sanction.told.warn',
  slow: 'sanction.told.slow',
  watch: 'sanction.told.watch',
  suspend: 'sanction.told.suspend',
} as const satisfies Record<Measure, WordKey>;

/** What a sanction is about. */
export const aboutWords = {
  comments: 'sanction.comments',
  appeals: 'sanction.appeals',
  reports: 'sanction.reports',
} as const satisfies Record<SanctionAbout, WordKey>;

/** By what a reader is known again. */
export const knownByWords = {
  account: 'sanction.account',
  name: 'sanction.name',
  receipt: 'sanction.receipt',
  network: 'sanction.network',
} as const satisfies Record<KnownBy, WordKey>;

/** The lists of the page. */
export const listWords = {
  in_force: 'readers.inForce',
  appealed: 'readers.appealed',
  ended: 'readers.ended',
} as const satisfies Record<SanctionList, WordKey>;
