/** The marks of a scale from the bottom up, the same way apart in the picture whatever lies between them. */
export type Scale = readonly number[];

/** Round marks from 0 to at least the largest count, four steps or fewer, and never a part of one. */
export function countScale(most: number): Scale {
  const raw = Math.max(1, most) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * magnitude).find((round) => round >= raw) ?? raw);
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, index) => index * step);
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
// A wait is minutes or days. On even steps the median of a good desk would lie on the ground under one bad night.
const waits: Scale = [0, minute, 5 * minute, 15 * minute, hour, 4 * hour, 12 * hour, day, 3 * day, 7 * day, 30 * day];

/** The marks of a wait in seconds, up to the first that is not below the longest. */
export function waitScale(longest: number): Scale {
  const top = waits.findIndex((mark) => mark >= longest);
  if (top < 0) return [...waits, Math.ceil(longest / day) * day];
  return waits.slice(0, Math.max(2, top) + 1);
}

/** From 0 to 1. */
export const shareScale: Scale = [0, 0.25, 0.5, 0.75, 1];

/** How high a value stands, 0 at the first mark and 1 at the last. */
export function heightOn(scale: Scale, value: number): number {
  const steps = scale.length - 1;
  const above = scale.findIndex((mark) => mark >= value);
  if (above < 0) return 1;
  if (above === 0) return 0;
  const low = scale[above - 1] ?? 0;
  const high = scale[above] ?? low;
  return (above - 1 + (value - low) / (high - low)) / steps;
}

/** A line through values, the first at the left and the last at the right of a square of 100, broken where one is null; and the
 *  points of those that have no neighbour to be joined to. */
export function drawLine(values: readonly (number | null)[], scale: Scale): { line: string; points: string } {
  const across = 100 / Math.max(1, values.length - 1);
  const isAt = (index: number): boolean => (values[index] ?? null) !== null;
  let [line, points] = ['', ''];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const x = values.length === 1 ? 50 : index * across;
    const point = `${round(x)} ${round(100 - heightOn(scale, value) * 100)}`;
    if (isAt(index - 1)) line += `L${point}`;
    else if (isAt(index + 1)) line += `M${point}`;
    else points += `M${point}h0`;
  }
  return { line, points };
}

/** Which of `length` columns have their name under them: at most six, the last always. */
export function namedColumns(length: number): readonly number[] {
  const step = length <= 7 ? 1 : Math.ceil((length - 1) / 4);
  return Array.from({ length }, (_, index) => index).filter((index) => (length - 1 - index) % step === 0);
}

const round = (value: number): number => Math.round(value * 100) / 100;
