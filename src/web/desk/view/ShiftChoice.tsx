import type { VNode } from 'preact';
import { choose } from '../acts/preferences.ts';
import { beginAnew } from '../acts/shift.ts';
import { tellWorked } from '../shift.ts';
import { useDesk } from './useDesk.ts';

/** The figures of the shift, and when the desk suggests something. */
export function ShiftChoice(): VNode {
  const { desk, state, words } = useDesk();
  const { shift, preferences } = state;
  return (
    <fieldset>
      <legend>{words('mine.shift')}</legend>
      {shift && (
        <p>
          {words('mine.figures', { time: tellWorked(shift), n: shift.decided, hard: shift.hard })}{' '}
          <button type="button" onClick={() => beginAnew(desk)}>
            {words('mine.newShift')}
          </button>
        </p>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={preferences.timer}
          onChange={(event) => void choose(desk, { timer: event.currentTarget.checked })}
        />
        {words('mine.timer')}
      </label>
      <NumberField
        label={words('mine.break')}
        value={preferences.breakMinutes}
        most={480}
        onChoose={(breakMinutes) => void choose(desk, { breakMinutes })}
      />
      <NumberField
        label={words('mine.share')}
        value={preferences.hardPercent}
        most={100}
        onChoose={(hardPercent) => void choose(desk, { hardPercent })}
      />
      <p class="faint small">{words('mine.hardMeans')}</p>
    </fieldset>
  );
}

type NumberFieldProps = { label: string; value: number; most: number; onChoose: (value: number) => void };

/** What does not fit goes back to what holds. */
function NumberField({ label, value, most, onChoose }: NumberFieldProps): VNode {
  return (
    <label>
      {label}
      <input
        type="number"
        min={0}
        max={most}
        step={1}
        value={value}
        onChange={(event) => {
          const field = event.currentTarget;
          const number = field.valueAsNumber;
          if (Number.isInteger(number) && number >= 0 && number <= most) onChoose(number);
          else field.value = String(value);
        }}
      />
    </label>
  );
}
