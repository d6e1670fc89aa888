import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import type { OwnHeads } from '../screening/index.ts';

export type AutomationDeps = { store: Store; kept: Kept; headsOf: (site: string) => OwnHeads | undefined };

/** The newest decisions of a language that are measured. */
export const measuredDecisions = 1_000;
