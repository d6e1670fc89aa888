import type { VNode } from 'preact';
import { writeDigits } from '../../../contract/numbers.ts';
import { queueOrders } from '../../../contract/desk.ts';
import { claimNext } from '../acts/cases.ts';
import { loadMore, loadQueue, turnTo } from '../acts/queue.ts';
import { stateWords } from '../acts/rows.ts';
import { listedStates, type ListedState } from '../shapes.ts';
import { keyFor } from '../state.ts';
import { AtSite } from './AtSite.tsx';
import { BulkBar } from './BulkBar.tsx';
import { HandedList } from './HandedList.tsx';
import { Key } from './Key.tsx';
import { FiltersInForce, QueueFilters } from './QueueFilters.tsx';
import { QueueLine } from './QueueLine.tsx';
import { QueueSearch } from './QueueSearch.tsx';
import { QueueViews, useCount } from './QueueViews.tsx';
import { useDesk } from './useDesk.ts';

/** The queue: what is listed, how it is ordered, and its comments. */
export function QueueList(): VNode {
  const { desk, state, words } = useDesk();
  const { rows, total, next, phase } = state.queue;
  // One comment of the list can be reached by Tab; j and k (or the mouse) reach the others.
  const reachable = rows.some(({ id }) => id === state.shown?.id) ? state.shown?.id : rows[0]?.id;
  return (
    <>
      <QueueHead />
      <HandedList />
      <BulkBar />
      <div class="lines" aria-busy={phase === 'loading'}>
        {phase === 'loading' && rows.length === 0 && <p class="empty">{words('queue.loading')}</p>}
        {phase === 'unreachable' && (
          <p class="empty">
            {words('queue.unreachable')}{' '}
            <button type="button" onClick={() => void loadQueue(desk)}>
              {words('start.again')}
            </button>
          </p>
        )}
        {phase === 'ready' && total === 0 && rows.length === 0 && <p class="empty">{words('queue.empty')}</p>}
        {rows.length > 0 && (
          <ol aria-label={words('queue.comments')}>
            {rows.map((row) => (
              <AtSite key={row.id} site={row.site}>
                <QueueLine row={row} isReachable={row.id === reachable} />
              </AtSite>
            ))}
          </ol>
        )}
        {next !== null && (
          <button type="button" class="more" onClick={() => void loadMore(desk)}>
            {words('queue.more')}
          </button>
        )}
      </div>
      {state.filter.state === 'held' && (
        <div class="list-foot">
          <button
            type="button"
            class="primary"
            aria-keyshortcuts={keyFor(state, 'claimNext')}
            onClick={() => void claimNext(desk)}
          >
            {words('queue.claimNext')} <Key act="claimNext" />
          </button>
        </div>
      )}
    </>
  );
}

function QueueHead(): VNode {
  const { desk, state, words } = useDesk();
  const { filter, queue, lists } = state;
  const total = useCount({ count: queue.total, isLeast: queue.totalIsLeast });
  const countOf = (listed: ListedState): string => {
    // The list that is shown whole knows its own number sooner than the counts, which are read now and then.
    const isWhole = listed === filter.state && Object.keys(filter.asked).length === 0;
    if (isWhole && queue.phase === 'ready') return total;
    const counted = lists.counts?.states[listed];
    if (!counted) return '';
    return counted.isLeast ? words('queue.atLeast', { n: counted.count }) : writeDigits(state.language, counted.count);
  };
  return (
    <div class="list-head">
      <h2>
        {words(stateWords[filter.state])} <span class="count">{queue.phase === 'loading' ? '' : total}</span>
      </h2>
      <div class="filters">
        <label>
          <span>{words('queue.state')}</span>
          <select
            value={filter.state}
            onChange={(event) => {
              const chosen = listedStates.find((listed) => listed === event.currentTarget.value);
              if (chosen) void turnTo(desk, { state: chosen });
            }}
          >
            {listedStates.map((listed) => (
              <option key={listed} value={listed}>
                {words(stateWords[listed])} {countOf(listed)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words('queue.order')}</span>
          <select
            value={filter.order}
            onChange={(event) => {
              const chosen = queueOrders.find((order) => order === event.currentTarget.value);
              if (chosen) void turnTo(desk, { order: chosen });
            }}
          >
            {queueOrders.map((order) => (
              <option key={order} value={order}>
                {words(`order.${order}`)}
              </option>
            ))}
          </select>
        </label>
        <QueueFilters />
        <QueueViews />
      </div>
      <QueueSearch />
      <FiltersInForce />
    </div>
  );
}
