/** A piece of a text in UTF-16 code units, end exclusive. */
export type Span = { begin: number; end: number };

// Ends of sentences in the scripts that the engine reads, with what closes after them; a line break ends one as well. By
// rules of our own and not by Intl.Segmenter: the same text has to give the same spans under any version of ICU.
const ending = /[.!?…؟۔।]+["'”’»)\]]*(?=\s)|\n/gu;

/** The sentences of a text in order, without the white space around them. Where there are more than `most`, neighbours are
 *  put together, so that the work stays bounded. A text without one is a single span. Pure and linear. */
export function splitSentences(text: string, most: number): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  const close = (until: number): void => {
    const piece = text.slice(from, until);
    const begin = from + (piece.length - piece.trimStart().length);
    const end = from + piece.trimEnd().length;
    if (end > begin) spans.push({ begin, end });
    from = until;
  };
  for (const { index, 0: mark } of text.matchAll(ending)) close(index + mark.length);
  close(text.length);
  return spans.length === 0 ? [{ begin: 0, end: text.length }] : joinNeighbours(spans, most);
}

function joinNeighbours(spans: readonly Span[], most: number): readonly Span[] {
  const each = Math.ceil(spans.length / most);
  if (each <= 1) return spans;
  const joined: Span[] = [];
  for (let at = 0; at < spans.length; at += each) {
    const last = spans[Math.min(at + each, spans.length) - 1];
    const first = spans[at];
    if (first && last) joined.push({ begin: first.begin, end: last.end });
  }
  return joined;
}
