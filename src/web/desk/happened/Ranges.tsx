import type { ComponentChildren, VNode } from 'preact';

/** A measured value with the interval in which it lies, both from 0 to 1; null where too little is known. */
type Range = {
  key: string;
  name: ComponentChildren;
  value: number | null;
  interval: readonly [number, number] | null;
  told: ComponentChildren;
};

/** Points on a common line from nought to all, each with its interval: whether two differ is seen by whether they overlap. */
export function Ranges({ ranges, ends }: { ranges: readonly Range[]; ends: readonly [string, string] }): VNode {
  return (
    <ul class="bars ranges">
      {ranges.map(({ key, name, value, interval, told }) => (
        <li key={key}>
          <span class="bar-name">{name}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <path class="rail" d="M0 5H100" />
            {interval && <path class="whisker" d={`M${interval[0] * 100} 5H${interval[1] * 100}`} />}
            {value !== null && <path class="dot" d={`M${value * 100} 5h0`} />}
          </svg>
          <span class="bar-told">{told}</span>
        </li>
      ))}
      <li class="ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </li>
    </ul>
  );
}
