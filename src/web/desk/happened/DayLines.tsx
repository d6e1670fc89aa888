import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Figure } from '../../../contract/statistics.ts';
import { captionOf } from './Figure.tsx';
import { drawLine, heightOn, namedColumns, type Scale } from './scale.ts';

/** One line of the picture; its mark is how it is drawn. A day without a value breaks it. */
type Line = { mark: 'first' | 'second' | 'third'; name: string; values: readonly (number | null)[] };

type DayLinesProps = {
  /** Which figure it shows, and what the reading line is called. */
  figure: Figure;
  label: string;
  /** The names of the columns, in full and as they stand under the picture. */
  columns: readonly { name: string; short: string }[];
  lines: readonly Line[];
  scale: Scale;
  /** A value as it stands beside the scale, and in the reading; `–` stands where there is none. */
  write: (value: number) => string;
};

/** Lines over the days, from right to left where the language runs so. A reading line, drawn by pointer or by arrow keys,
 *  says what each was on a day. */
export function DayLines({ figure, label, columns, lines, scale, write }: DayLinesProps): VNode {
  const last = columns.length - 1;
  // Counted from the last, so that a day stays chosen when more or fewer are shown.
  const [back, setBack] = useState(0);
  const at = Math.max(0, last - back);
  const tell = ({ values }: Line): string => {
    const value = values[at] ?? null;
    return value === null ? '–' : write(value);
  };
  const day = columns[at]?.name ?? '';
  return (
    <div class="day-lines">
      <p class="reading-line">
        <strong>{day}</strong>
        {lines.map((line) => (
          <span key={line.mark} class="legend" data-mark={line.mark}>
            <svg viewBox="0 0 24 8" aria-hidden="true">
              <path d="M0 4H24" />
            </svg>
            {line.name} <b>{tell(line)}</b>
          </span>
        ))}
      </p>
      <div
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-describedby={captionOf(figure)}
        aria-valuemin={1}
        aria-valuemax={last + 1}
        aria-valuenow={at + 1}
        aria-valuetext={[day, ...lines.map((line) => `${line.name} ${tell(line)}`)].join('; ')}
        onKeyDown={(event) => {
          const next = moveBy(event.key, at, { last, isRtl: isRtl(event.currentTarget) });
          if (next === undefined) return;
          event.preventDefault();
          setBack(last - next);
        }}
        onPointerMove={(event) => setBack(last - columnUnder(event, last))}
        onPointerDown={(event) => setBack(last - columnUnder(event, last))}
      >
        <Ground scale={scale} write={write} />
        <svg class="drawn" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {lines.map(({ mark, values }) => (
            <Drawn key={mark} mark={mark} {...drawLine(values, scale)} />
          ))}
          <path class="at" d={`M${last > 0 ? (at / last) * 100 : 50} 0V100`} />
        </svg>
        {namedColumns(last + 1).map((index) => (
          <span key={index} class="under" style={{ insetInlineStart: `${last > 0 ? (index / last) * 100 : 50}%` }}>
            <span>{columns[index]?.short}</span>
          </span>
        ))}
      </div>
    </div>
  );
}

function Drawn({ mark, line, points }: Pick<Line, 'mark'> & ReturnType<typeof drawLine>): VNode {
  return (
    <>
      <path data-mark={mark} d={line} />
      <path data-mark={mark} class="alone" d={points} />
    </>
  );
}

/** The marks of the scale, each with its line. */
function Ground({ scale, write }: Pick<DayLinesProps, 'scale' | 'write'>): VNode {
  return (
    <>
      <svg class="ground" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {scale.map((mark) => (
          <path key={mark} d={`M0 ${100 - heightOn(scale, mark) * 100}H100`} />
        ))}
      </svg>
      {scale.map((mark) => (
        <span key={mark} class="beside" style={{ insetBlockEnd: `${heightOn(scale, mark) * 100}%` }}>
          <span>{write(mark)}</span>
        </span>
      ))}
    </>
  );
}

function isRtl(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

function columnUnder({ currentTarget, clientX }: { currentTarget: Element; clientX: number }, last: number): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  const across = Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
  return Math.round((isRtl(currentTarget) ? 1 - across : across) * last);
}

function moveBy(
  key: string,
  at: number,
  { last, isRtl: turned }: { last: number; isRtl: boolean },
): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: 1,
    ArrowDown: -1,
    ArrowRight: turned ? -1 : 1,
    ArrowLeft: turned ? 1 : -1,
    PageUp: 7,
    PageDown: -7,
    Home: -last,
    End: last,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.min(last, Math.max(0, at + step));
}
