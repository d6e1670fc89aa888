import type { VNode } from 'preact';
import { type KnownBy, knownBys, type ReaderView, sanctionDays } from '../../../contract/sanction.ts';
import { tellTime } from '../clock.ts';
import { isOfReader, knownIn, type PartProps } from '../sanctionFields.ts';
import { aboutWords, knownByWords } from '../sanctionWords.ts';
import { useDesk } from './useDesk.ts';

type Props = PartProps & { view: ReaderView };

/** What it is about: comments, appeals without ground, or one of the comment's reports. */
export function ReasonChoice({ view, fields, set }: Props): VNode {
  const { words } = useDesk();
  const reports = view.reports.filter(({ networkUntil }) => networkUntil !== null);
  // Another ground may not have the measure: it begins anew.
  const choose = (about: string): void => set({ about, measure: 'warn', days: sanctionDays.warn.standard });
  return (
    <label>
      {words('sanction.about')}
      <select value={fields.about} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="comments">{words(aboutWords.comments)}</option>
        <option value="appeals">{words(aboutWords.appeals)}</option>
        {reports.map(({ id, reportedAt }) => (
          <option key={id} value={id}>
            {words(aboutWords.reports, { time: tellTime(reportedAt) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** By what the reader is known again. A report's reader is known by the network alone. */
export function KnownByChoice({ view, fields, set }: Props): VNode {
  const { words } = useDesk();
  const report = view.reports.find(({ id }) => id === fields.about);
  const until = report ? report.networkUntil : view.networkUntil;
  const networkHint =
    until === null ? words('sanction.networkGone') : words('sanction.networkHint', { time: tellTime(until) });
  if (!isOfReader(fields.about)) return <p class="faint small">{networkHint}</p>;
  const chosen = knownIn(fields, view);
  const choose = (known: KnownBy, isChosen: boolean): void => {
    set({ knownBy: knownBys.filter((one) => (one === known ? isChosen : chosen.includes(one))) });
  };
  return (
    <fieldset>
      <legend>{words('sanction.knownBy')}</legend>
      {knownBys
        .filter((known) => known !== 'account' || view.hasAccount)
        .map((known) => (
          <label class="check" key={known}>
            <input
              type="checkbox"
              checked={chosen.includes(known)}
              disabled={known === 'network' && until === null}
              aria-describedby={known === 'network' ? 'network-hint' : undefined}
              onChange={(event) => choose(known, event.currentTarget.checked)}
            />
            {words(knownByWords[known])}
          </label>
        ))}
      <p id="network-hint" class="faint small">
        {networkHint}
      </p>
    </fieldset>
  );
}
