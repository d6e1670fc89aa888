import type { VNode } from 'preact';
import { isEditor } from '../../../contract/desk.ts';
import { needParts } from '../../../contract/need.ts';
import { goToOf } from '../acts/site.ts';
import type { QueueRow } from '../shapes.ts';
import { useWriter } from '../happened/useWriter.ts';
import { accountHere } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** How the comment's place in the queue came about: what was found, what it weighs on this site, what it adds. */
export function NeedNote({ row }: { row: QueueRow }): VNode | null {
  const { desk, state, words } = useDesk();
  const number = useNumber();
  if (row.state !== 'held') return null;
  const { needed } = row;
  const found = {
    screening: number(row.need),
    age: words('need.days', { n: number(needed.days) }),
    reports: words('need.step', { n: needed.steps.reports }),
    traffic: words('need.step', { n: needed.steps.traffic }),
  };
  const role = accountHere(state)?.role;
  return (
    <details class="need">
      <summary>
        {words('need.open')} <span class="count">{number(needed.total)}</span>
      </summary>
      <p class="faint small">{words('need.lead')}</p>
      <table>
        <caption class="unseen">{words('need.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{words('need.part')}</th>
            <th scope="col">{words('need.found')}</th>
            <th scope="col">{words('need.weight')}</th>
            <th scope="col">{words('need.adds')}</th>
          </tr>
        </thead>
        <tbody>
          {needParts.map((part) => (
            <tr key={part}>
              <th scope="row">{words(`need.${part}`)}</th>
              <td>{found[part]}</td>
              <td>{number(needed.weights[part])}</td>
              <td>{number(needed[part])}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {words('need.total')}
            </th>
            <td>{number(needed.total)}</td>
          </tr>
        </tfoot>
      </table>
      <p class="faint small">{words('need.steps')}</p>
      {isEditor(role) && (
        <p>
          <button type="button" class="quiet" onClick={() => void goToOf(desk, 'settings', row.site)}>
            {words('need.change')}
          </button>
        </p>
      )}
    </details>
  );
}

/** Two digits are as much as an order is worth. */
function useNumber(): (value: number) => string {
  const writer = useWriter();
  return (value) => {
    const rounded = Math.round(value * 100) / 100;
    return writer.number(rounded, String(rounded).split('.')[1]?.length);
  };
}
