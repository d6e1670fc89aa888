import type { VerdictForm } from './shapes.ts';
import type { QueueRow } from './shapes.ts';

/** Verdicts that were given together and can still be undone: until `until`, in milliseconds of the page's clock. `said` is
 *  the sentence that told of them; `form` what was written to the author. */
export type Undoable = {
  ids: readonly string[];
  name: string;
  said: string;
  until: number;
  form?: VerdictForm | undefined;
};

/** What stands around deciding: verdicts to undo, comments that were selected or handed over, the dialog that is open. */
export type DecidingState = {
  /** The last one last. */
  undo: readonly Undoable[];
  selected: readonly string[];
  /** Where a range of the list begins. */
  anchor: string | null;
  dialog: 'bulk' | 'alike' | 'handOver' | 'answer' | null;
  /** Held comments that say nearly the same, the one that was asked about first. */
  alike: readonly QueueRow[];
  /** What could not be decided together, each with why. */
  failed: readonly { id: string; name: string; why: string }[];
  /** Comments that were handed to this moderator. */
  handed: readonly QueueRow[];
};

export const freshDeciding: DecidingState = {
  undo: [],
  selected: [],
  anchor: null,
  dialog: null,
  alike: [],
  failed: [],
  handed: [],
};
