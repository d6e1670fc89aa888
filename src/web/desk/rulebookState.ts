import type { Guideline } from '../../contract/guideline.ts';
import type { SavedGuideline } from '../../contract/guidelineDraft.ts';

/** A guideline on the table of its editor. `base` is the version in force, null for a new one; `language` is the one whose
 *  texts are shown; `versions` its history, once it was read. */
export type OpenGuideline = {
  base: SavedGuideline | null;
  draft: Guideline;
  language: string;
  versions: readonly SavedGuideline[];
};

/** What the page of the guidelines shows. `wrong` is the field that the last saving refused, and why. */
export type RulebookState = {
  guidelines: readonly SavedGuideline[];
  language: string;
  open: OpenGuideline | null;
  wrong: { field: string; detail: string } | null;
  busy: boolean;
  phase: 'loading' | 'ready' | 'unreachable';
};

/** The page before anything was read. */
export const freshRulebook: RulebookState = {
  guidelines: [],
  language: 'en',
  open: null,
  wrong: null,
  busy: false,
  phase: 'loading',
};
