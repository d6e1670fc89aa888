import type { VNode } from 'preact';

type HourMapProps = {
  title: string;
  /** The names of the days from the top down, and of every sixth hour. */
  days: readonly string[];
  hours: readonly string[];
  /** How many in each hour of each of these days. */
  counts: readonly (readonly number[])[];
  /** The count that is drawn darkest. */
  most: number;
};

/** The hours of a week as a field of squares, the darker the more. */
export function HourMap({ title, days, hours, counts, most }: HourMapProps): VNode {
  return (
    <div class="hour-map">
      <h4>{title}</h4>
      <div class="hour-days" aria-hidden="true">
        {days.map((day) => (
          <span key={day}>{day}</span>
        ))}
      </div>
      <svg viewBox={`0 0 24 ${days.length}`} preserveAspectRatio="none" aria-hidden="true">
        {counts.map((row, day) =>
          row.map((count, hour) => (
            <rect
              key={`${day}-${hour}`}
              x={hour + 0.04}
              y={day + 0.06}
              width="0.92"
              height="0.88"
              data-empty={count === 0 || undefined}
              // The least of all is still seen beside none.
              fill-opacity={count === 0 ? 1 : 0.15 + 0.85 * (count / Math.max(1, most))}
            />
          )),
        )}
      </svg>
      <div class="hour-names" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  );
}
