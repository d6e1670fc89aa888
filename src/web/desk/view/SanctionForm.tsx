import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { explanationCodeUnits } from '../../../contract/desk.ts';
import { type KnownBy, measures, type ReaderView, sanctionDays, slowMinutes } from '../../../contract/sanction.ts';
import { directionOf } from '../../../contract/text.ts';
import { isOfReader, knownIn, type PartProps, type SanctionFields } from '../sanctionFields.ts';
import { measureWords } from '../sanctionWords.ts';
import { GuidelineOptions } from './GuidelineOptions.tsx';
import { KnownByChoice, ReasonChoice } from './SanctionChoices.tsx';
import { useDesk } from './useDesk.ts';

type Props = PartProps & { view: ReaderView; onSend: (body: object) => Promise<void>; onCancel: () => void };

/** A measure, its ground, by what the reader is known again, how long, and the reason. */
export function SanctionForm({ view, fields, set, onSend, onCancel }: Props): VNode {
  const { words } = useDesk();
  const [mistake, setMistake] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    const chosen = { ...fields, knownBy: knownIn(fields, view) };
    const missing = findMissing(chosen);
    setMistake(missing && words(missing));
    if (missing) return;
    setBusy(true);
    await onSend(bodyOf(chosen));
    setBusy(false);
  };
  const dir = fields.explanation === '' ? 'auto' : directionOf(fields.explanation);
  return (
    <form
      class="sanction-form"
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
    >
      <ReasonChoice view={view} fields={fields} set={set} />
      <MeasureChoice view={view} fields={fields} set={set} />
      {fields.about === 'comments' && <GuidelineChoice fields={fields} set={set} />}
      <KnownByChoice view={view} fields={fields} set={set} />
      <LengthChoice fields={fields} set={set} />
      <label>
        {words(fields.measure === 'watch' ? 'sanction.note' : 'sanction.reason')}
        <textarea
          rows={3}
          required
          dir={dir}
          maxLength={explanationCodeUnits}
          value={fields.explanation}
          onInput={(event) => set({ explanation: event.currentTarget.value })}
        />
      </label>
      <p class="mistake" role="alert">
        {mistake}
      </p>
      <p class="picker-acts">
        <button type="submit" class="primary" disabled={isBusy}>
          {words(measureWords[fields.measure])}
        </button>
        <button type="button" class="quiet" onClick={onCancel}>
          {words('verdict.cancel')}
        </button>
      </p>
    </form>
  );
}

function MeasureChoice({ view, fields, set }: PartProps & { view: ReaderView }): VNode {
  const { words } = useDesk();
  const obstacle = obstacleOf(view, fields.about);
  const offered = measures.filter((one) => fields.about === 'comments' || one === 'warn' || one === 'suspend');
  return (
    <fieldset>
      <legend>{words('sanction.measure')}</legend>
      {offered.map((measure) => {
        const isBarred = measure === 'suspend' && obstacle !== undefined;
        return (
          <label class="check" key={measure}>
            <input
              type="radio"
              name="measure"
              checked={fields.measure === measure}
              disabled={isBarred}
              aria-describedby={isBarred ? 'suspend-obstacle' : undefined}
              onChange={() => set({ measure, days: sanctionDays[measure].standard })}
            />
            {words(measureWords[measure])}
          </label>
        );
      })}
      {obstacle && (
        <p id="suspend-obstacle" class="faint small">
          {words(obstacle)}
        </p>
      )}
    </fieldset>
  );
}

// What the server would refuse is not offered, with the reason beside it.
function obstacleOf(view: ReaderView, about: string): 'sanction.needsEditor' | 'sanction.needsWarning' | undefined {
  if (!view.maySuspend) return 'sanction.needsEditor';
  const report = view.reports.find(({ id }) => id === about);
  const isWarned = report ? report.warned : view.warned.some((known) => known === about);
  return isWarned ? undefined : 'sanction.needsWarning';
}

function GuidelineChoice({ fields, set }: PartProps): VNode {
  const { words } = useDesk();
  return (
    <label>
      {words('verdict.guideline')}
      <select required value={fields.guideline} onChange={(event) => set({ guideline: event.currentTarget.value })}>
        <option value="" disabled>
          {words('verdict.noGuideline')}
        </option>
        <GuidelineOptions />
      </select>
    </label>
  );
}

function LengthChoice({ fields, set }: PartProps): VNode {
  const { words } = useDesk();
  const { measure, days, minutes } = fields;
  return (
    <div class="sanction-length">
      <label>
        {words('sanction.days')}
        <input
          type="number"
          required
          min={1}
          max={sanctionDays[measure].most}
          value={days}
          onInput={(event) => set({ days: event.currentTarget.valueAsNumber })}
        />
      </label>
      {measure === 'slow' && (
        <label>
          {words('sanction.minutes')}
          <input
            type="number"
            required
            min={slowMinutes.least}
            max={slowMinutes.most}
            value={minutes}
            onInput={(event) => set({ minutes: event.currentTarget.valueAsNumber })}
          />
        </label>
      )}
    </div>
  );
}

type Chosen = SanctionFields & { knownBy: readonly KnownBy[] };

function findMissing({ about, knownBy, guideline, explanation }: Chosen) {
  if (about === 'comments' && guideline === '') return 'refused.guideline';
  if (isOfReader(about) && knownBy.length === 0) return 'sanction.knownByNeeded';
  return explanation.trim() === '' ? 'sanction.reasonNeeded' : undefined;
}

function bodyOf({ measure, about, knownBy, guideline, explanation, days, minutes }: Chosen): object {
  return {
    ...{ measure, explanation: explanation.trim(), days },
    ...(isOfReader(about) ? { about, knownBy } : { about: 'reports', report: about }),
    ...(about === 'comments' ? { guideline } : {}),
    ...(measure === 'slow' ? { minutes } : {}),
  };
}
