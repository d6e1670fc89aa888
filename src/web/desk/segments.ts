import type { Finding } from '../../screening/types.ts';

/** A stretch of a comment's text and the findings (by their place in the list) that lie over it. */
export type Segment = { text: string; findings: readonly number[] };

/** The text cut at the edges of its findings, which may overlap. Joined together the segments are the text, whatever the
 *  offsets are: those outside it are clamped, and none may part a surrogate pair. */
export function cutAtFindings(text: string, findings: readonly Finding[]): Segment[] {
  const spans = findings.map(({ start, end }) => ({ start: wholeOffset(text, start), end: wholeOffset(text, end) }));
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].toSorted(
    (a, b) => a - b,
  );
  const segments: Segment[] = [];
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1];
    if (end === undefined) break;
    const over = spans.flatMap((span, number) => (span.start <= start && end <= span.end ? [number] : []));
    segments.push({ text: text.slice(start, end), findings: over });
  }
  return segments;
}

function wholeOffset(text: string, offset: number): number {
  const within = Math.min(Math.max(Math.trunc(offset) || 0, 0), text.length);
  const unit = text.charCodeAt(within);
  const before = text.charCodeAt(within - 1);
  const partsPair = unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
  return partsPair ? within - 1 : within;
}
