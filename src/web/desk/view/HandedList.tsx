import type { VNode } from 'preact';
import { writeDigits } from '../../../contract/numbers.ts';
import { directionOf } from '../../../contract/text.ts';
import { openCase } from '../acts/cases.ts';
import type { QueueRow } from '../shapes.ts';
import { SiteName } from './AtSite.tsx';
import { useDesk } from './useDesk.ts';

/** The comments that colleagues handed to this moderator, above the queue; nothing where there are none. */
export function HandedList(): VNode | null {
  const { desk, state, words } = useDesk();
  const { handed } = state.deciding;
  if (handed.length === 0 || state.filter.state !== 'held') return null;
  return (
    <section class="handed" aria-labelledby="handed-title">
      <h3 id="handed-title">
        {words('handOver.forYou')} <span class="count">{writeDigits(state.language, handed.length)}</span>
      </h3>
      <ul>
        {handed.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => void openCase(desk, row)}>
              <bdi class="name">{row.name ?? words('case.nameless')}</bdi> <SiteName row={row} />{' '}
              <span class="faint">{words('handOver.from', { by: row.handOver?.by ?? '' })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who handed the comment over, to whom, and why. */
export function HandOverNote({ row: { handOver } }: { row: QueueRow }): VNode | null {
  const { words } = useDesk();
  if (!handOver) return null;
  const { by, to, isForMe, note } = handOver;
  return (
    <section class="hand-over" aria-label={words('handOver.act')}>
      <p>
        {isForMe ? words('handOver.from', { by }) : words('handOver.given', { by, to: to ?? words('handOver.editor') })}
      </p>
      {note !== null && <blockquote dir={directionOf(note)}>{note}</blockquote>}
    </section>
  );
}
