/** The second readers: a server that speaks the OpenAI chat API, and a text classifier from a folder. */
export const readerNames = ['chat', 'onnx'] as const;
export type ReaderName = (typeof readerNames)[number];

/** What a second reader said of a held comment: a hint beside the screening, never a decision. `scores` are by guideline
 *  of the site, 0 to 1; unlike screening's, all run the same way: 1 breaks the guideline, also for `relevance`. `reason` is
 *  plain text that a program wrote; `milliseconds` is the time it took. */
export type SecondReading = {
  reader: ReaderName;
  model: string;
  scores: Readonly<Record<string, number>>;
  reason: string | null;
  milliseconds: number;
  readAt: string;
};

/** The longest reason of a second reader, in code points. */
export const reasonCodePoints = 400;

/** How far a second reader may move a comment in the queue's order, which runs from 0 to 1. */
export const mostShift = 0.2;
