import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import {
  type OpeningHours,
  type OpenWindow,
  parseOpeningHours,
  weekdays,
  writeMinutes,
  writeOpeningHours,
} from '../../../contract/openingHours.ts';
import type { ControlProps } from './SettingField.tsx';
import { useDesk } from './useDesk.ts';

const workday: OpenWindow = { from: 8 * 60, to: 20 * 60 };
const always: OpeningHours = weekdays.map(() => []);
const endOfDay = 1440;

/** Opening hours as a table of the week. What is written is the line of `comments.hours`; while two windows of a day overlap
 *  it is a line that does not fit, and the page says so when it is saved. */
export function HoursField({
  id,
  label,
  written,
  disabled,
  describedBy,
  write,
}: ControlProps & { label: string }): VNode {
  const { words } = useDesk();
  const [week, setWeek] = useState<OpeningHours>(() => parseOpeningHours(written) ?? always);
  // Discarded, brought back or changed by somebody else: what stands is shown, not what was typed here.
  const isOther = writeOpeningHours(week) !== written && parseOpeningHours(written) !== undefined;
  const shown = isOther ? (parseOpeningHours(written) ?? always) : week;
  const change = (next: OpeningHours): void => {
    setWeek(next);
    write(writeOpeningHours(next));
  };
  const setDay = (day: number, windows: readonly OpenWindow[]): void =>
    change(shown.map((known, at) => (at === day ? windows : known)));
  return (
    <fieldset class="hours" aria-describedby={describedBy}>
      <legend>{label}</legend>
      <label class="check">
        <input
          type="checkbox"
          id={id}
          checked={written === ''}
          disabled={disabled}
          onChange={(event) =>
            change(weekdays.map((_, day) => (event.currentTarget.checked || day > 4 ? [] : [workday])))
          }
        />
        {words('hours.always')}
      </label>
      {written !== '' && (
        <ul>
          {shown.map((windows, day) => (
            <Day key={day} day={day} windows={windows} disabled={disabled} setDay={setDay} />
          ))}
        </ul>
      )}
    </fieldset>
  );
}

type DayProps = {
  day: number;
  windows: readonly OpenWindow[];
  disabled: boolean;
  setDay: (day: number, windows: readonly OpenWindow[]) => void;
};

function Day({ day, windows, disabled, setDay }: DayProps): VNode {
  const { words } = useDesk();
  const name = words(`hours.${weekdays[day] ?? 'Mo'}`);
  const replace = (at: number, window: OpenWindow): void =>
    setDay(
      day,
      windows.map((known, index) => (index === at ? window : known)),
    );
  return (
    <li>
      <span class="day">{name}</span>
      {windows.length === 0 && <span class="faint">{words('hours.closed')}</span>}
      {windows.map(({ from, to }, at) => (
        <span class="window" key={at}>
          <Time
            label={words('hours.from', { day: name })}
            minutes={from}
            disabled={disabled}
            set={(time) => replace(at, { from: time, to })}
          />
          <span aria-hidden="true">–</span>
          <Time
            label={words('hours.to', { day: name })}
            minutes={to}
            disabled={disabled}
            set={(time) => replace(at, { from, to: time === 0 ? endOfDay : time })}
          />
          <button
            type="button"
            class="quiet"
            disabled={disabled}
            aria-label={words('hours.remove', { day: name, time: writeMinutes(from) })}
            onClick={() =>
              setDay(
                day,
                windows.filter((_, index) => index !== at),
              )
            }
          >
            ×
          </button>
        </span>
      ))}
      <button
        type="button"
        class="quiet"
        disabled={disabled}
        aria-label={words('hours.add', { day: name })}
        onClick={() => setDay(day, [...windows, nextWindow(windows)])}
      >
        +
      </button>
    </li>
  );
}

/** Hours after the last ones of a day, or a workday. */
function nextWindow(windows: readonly OpenWindow[]): OpenWindow {
  const last = windows.at(-1);
  if (!last || last.to >= endOfDay - 60) return workday;
  return { from: last.to + 30, to: Math.min(endOfDay, last.to + 150) };
}

function Time({
  label,
  minutes,
  disabled,
  set,
}: {
  label: string;
  minutes: number;
  disabled: boolean;
  set: (time: number) => void;
}): VNode {
  return (
    <input
      type="time"
      aria-label={label}
      disabled={disabled}
      value={writeMinutes(minutes % endOfDay)}
      onChange={(event) => {
        const [hours, rest] = event.currentTarget.value.split(':').map(Number);
        if (hours !== undefined && rest !== undefined) set(hours * 60 + rest);
      }}
    />
  );
}
