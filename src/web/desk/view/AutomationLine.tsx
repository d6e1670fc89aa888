import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { leastMeasured } from '../../../contract/automation.ts';
import { chooseThreshold, nameOf, obstacleOf, pointShown, switchRule } from '../acts/automation.ts';
import { tellTime } from '../clock.ts';
import type { AutomationPoint, AutomationRow } from '../shapes.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** One guideline in one language: decisions, score, measured precision, switch. */
export function AutomationLine({ row }: { row: AutomationRow }): VNode {
  const { state, words } = useDesk();
  const point = pointShown(row, state.automation.chosen[nameOf(row)]);
  const title = useId();
  return (
    <tr data-on={row.rule && !row.rule.stale ? 'true' : undefined}>
      <th scope="row" id={title}>
        <GuidelineTitle guideline={row.guideline} />
      </th>
      <td data-label={words('automation.decisions')}>
        {words('automation.breaches', { decisions: row.decisions, breaches: row.breaches })}
      </td>
      <td data-label={words('automation.threshold')}>
        <ThresholdChoice row={row} point={point} title={title} />
      </td>
      <td data-label={words('automation.precision')} class="measured">
        {point && point.taken > 0 ? (
          <>
            <strong>
              <bdi>{tellShare(point.precision)}</bdi>
            </strong>{' '}
            {words('automation.rightOf', { right: Math.round(point.precision * point.taken), taken: point.taken })}
          </>
        ) : (
          words('automation.noneTaken')
        )}
      </td>
      <td data-label={words('automation.recall')}>
        {point && row.breaches > 0 ? <bdi>{tellShare(point.recall)}</bdi> : '–'}
      </td>
      <td data-label={words('automation.rule')}>
        <RuleSwitch row={row} point={point} title={title} />
      </td>
    </tr>
  );
}

type LineProps = { row: AutomationRow; point: AutomationPoint | undefined; title: string };

function ThresholdChoice({ row, point, title }: LineProps): VNode {
  const { desk, words } = useDesk();
  const label = useId();
  return (
    <>
      <span id={label} class="unseen">
        {words('automation.threshold')}
      </span>
      <select
        aria-labelledby={`${label} ${title}`}
        value={point?.threshold}
        disabled={row.curve.length === 0}
        onChange={(event) => chooseThreshold(desk, row, Number(event.currentTarget.value))}
      >
        {row.curve.map(({ threshold }) => (
          <option key={threshold} value={threshold}>
            {threshold}
          </option>
        ))}
      </select>
    </>
  );
}

function RuleSwitch({ row, point, title }: LineProps): VNode {
  const { desk, state, words } = useDesk();
  const { busy } = state.automation;
  const { rule } = row;
  const isSet = rule !== null && !rule.stale && rule.threshold === point?.threshold;
  const obstacle = isSet ? undefined : obstacleOf(row, point);
  const [on, off, why] = [useId(), useId(), useId()];
  return (
    <>
      <span class="rule-acts">
        {rule && (
          <button
            type="button"
            id={off}
            aria-labelledby={`${off} ${title}`}
            disabled={busy}
            onClick={() => void switchRule(desk, row, null)}
          >
            {words('automation.switchOff')}
          </button>
        )}
        {!isSet && (
          <button
            type="button"
            id={on}
            aria-labelledby={`${on} ${title}`}
            aria-describedby={obstacle ? why : undefined}
            disabled={busy || obstacle !== undefined}
            onClick={() => point && void switchRule(desk, row, point)}
          >
            {words(rule ? 'automation.setAnew' : 'automation.switchOn')}
          </button>
        )}
      </span>
      {obstacle && (
        <p class="small" id={why}>
          {words(obstacle === 'decisions' ? 'automation.fewDecisions' : 'automation.fewTaken', {
            least: leastMeasured[obstacle],
          })}
        </p>
      )}
      {rule && (
        <p class="small">
          {words(rule.stale ? 'automation.stale' : 'automation.since', {
            by: rule.by,
            time: tellTime(rule.at),
            threshold: rule.threshold,
            share: tellShare(rule.precision),
          })}
        </p>
      )}
    </>
  );
}

/** "98.4%". */
function tellShare(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
