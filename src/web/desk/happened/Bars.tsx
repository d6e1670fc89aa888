import type { ComponentChildren, VNode } from 'preact';

/** How a part of a bar is filled: what was approved, what was rejected, what is something else, and what is open. */
type PartMark = 'good' | 'bad' | 'other' | 'plain';

/** One bar: its parts one after the other, and the figure that is read beside it. */
export type Bar = {
  key: string;
  name: ComponentChildren;
  parts: readonly { mark: PartMark; value: number }[];
  told: string;
};

/** What the fillings mean. */
export type Legend = readonly { mark: PartMark; name: string }[];

/** Bars below one another, all on one scale, the longest over the whole width. */
export function Bars({ bars, legend = [] }: { bars: readonly Bar[]; legend?: Legend }): VNode {
  const most = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  return (
    <>
      {legend.length > 0 && (
        <p class="reading-line">
          {legend.map(({ mark, name }) => (
            <span key={mark} class="legend">
              <svg viewBox="0 0 10 10" aria-hidden="true">
                <rect data-mark={mark} width="10" height="10" />
              </svg>
              {name}
            </span>
          ))}
        </p>
      )}
      <ul class="bars">
        {bars.map(({ key, name, parts, told }) => (
          <li key={key}>
            <span class="bar-name">{name}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              {lay(parts, most).map(({ mark, from, width }) => (
                <rect key={from} data-mark={mark} x={from} width={width} height="10" />
              ))}
            </svg>
            <span class="bar-told">{told}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function lay(parts: Bar['parts'], most: number): { mark: PartMark; from: number; width: number }[] {
  let from = 0;
  return parts
    .filter(({ value }) => value > 0)
    .map(({ mark, value }) => {
      const width = (value / most) * 100;
      const laid = { mark, from, width };
      from += width;
      return laid;
    });
}
