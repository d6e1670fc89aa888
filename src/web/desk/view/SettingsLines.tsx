import type { VNode } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import { type AutomationPoint, leastMeasured } from '../../../contract/automation.ts';
import { drawLine, type LineRow, measureLines } from '../acts/lines.ts';
import { nameLanguage } from '../words.ts';
import { Field } from './Field.tsx';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** From which score on a breach is marked: for each guideline in each language its curve from the site's own decisions. */
export function SettingsLines(): VNode {
  const { desk, words } = useDesk();
  const [rows, setRows] = useState<readonly LineRow[]>();
  const measure = useCallback(async (): Promise<void> => setRows((await measureLines(desk)) ?? []), [desk]);
  useEffect(() => void measure(), [measure]);
  return (
    <>
      <p>{words('lines.lead')}</p>
      <p class="faint">{words('lines.curve')}</p>
      {rows === undefined && <p role="status">{words('lines.loading')}</p>}
      {rows?.length === 0 && <p role="status">{words('lines.empty')}</p>}
      <ul class="lines-measured">
        {rows?.map((row) => (
          <Row key={`${row.guideline} ${row.language}`} row={row} measure={measure} />
        ))}
      </ul>
    </>
  );
}

function Row({ row, measure }: { row: LineRow; measure: () => Promise<void> }): VNode {
  const { desk, state, words } = useDesk();
  const [score, setScore] = useState(row.line);
  const id = useId();
  const choices = [...new Set([...row.curve.map(({ threshold }) => threshold), row.line])].toSorted((a, b) => a - b);
  const save = async (): Promise<void> => {
    if (await drawLine(desk, row, score)) await measure();
  };
  return (
    <li aria-labelledby={id}>
      <h3 id={id}>
        <GuidelineTitle guideline={row.guideline} /> · {nameLanguage(row.language)}
      </h3>
      <Curve row={row} line={score} />
      <div>
        <p class="small">
          {words('automation.decisions')}:{' '}
          {words('automation.breaches', { decisions: row.decisions, breaches: row.breaches })}.{' '}
          {row.decisions < leastMeasured.decisions && words('lines.few', { least: leastMeasured.decisions })}
        </p>
        <Field label={words('lines.line')}>
          {(props) => (
            <select {...props} value={score} onChange={(event) => setScore(Number(event.currentTarget.value))}>
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choice}
                </option>
              ))}
            </select>
          )}
        </Field>
        {score !== row.line && (
          <button type="button" class="primary" disabled={state.settings.busy} onClick={() => void save()}>
            {words('lines.save')}
          </button>
        )}
        <Figures points={row.curve} />
      </div>
    </li>
  );
}

const [width, height] = [240, 120];

/** Precision and recall over the score; the table beside it says the same in figures. Where nothing was a breach and nothing would
 *  be marked there is nothing to draw. */
function Curve({ row: { curve: points, breaches }, line }: { row: LineRow; line: number }): VNode | null {
  const pathOf = (share: (point: AutomationPoint) => number, shown: readonly AutomationPoint[]): string =>
    shown.map((point) => `${Math.round(point.threshold * width)},${Math.round((1 - share(point)) * height)}`).join(' ');
  const taken = points.filter((point) => point.taken > 0);
  if (breaches === 0 && taken.length === 0) return null;
  const x = Math.round(line * width);
  return (
    <svg class="curve" viewBox={`-40 -8 ${width + 52} ${height + 30}`} aria-hidden="true">
      <rect x="0" y="0" width={width} height={height} />
      {[0, 0.5, 1].map((mark) => (
        <g key={mark}>
          <text class="of-share" x="-6" y={(1 - mark) * height + 4}>{`${mark * 100}%`}</text>
          <text class="of-score" x={mark * width} y={height + 17}>
            {mark}
          </text>
        </g>
      ))}
      <polyline class="precision" points={pathOf(({ precision }) => precision, taken)} />
      {breaches > 0 && <polyline class="recall" points={pathOf(({ recall }) => recall, points)} />}
      <line x1={x} x2={x} y1="0" y2={height} />
    </svg>
  );
}

function Figures({ points }: { points: readonly AutomationPoint[] }): VNode {
  const { words } = useDesk();
  const share = (value: number): string => `${Math.round(value * 1000) / 10}%`;
  return (
    <details>
      <summary>{words('lines.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{words('automation.threshold')}</th>
            <th scope="col">{words('automation.precision')}</th>
            <th scope="col">{words('automation.recall')}</th>
            <th scope="col">{words('lines.taken')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ threshold, precision, recall, taken }) => (
            <tr key={threshold}>
              <th scope="row">{threshold}</th>
              <td data-label={words('automation.precision')}>{taken > 0 ? share(precision) : '–'}</td>
              <td data-label={words('automation.recall')}>{share(recall)}</td>
              <td data-label={words('lines.taken')}>{taken}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
