import type { VNode } from 'preact';
import { writeDigits } from '../../../contract/numbers.ts';
import { directionOf } from '../../../contract/text.ts';
import { loadAppeals, openAppeal } from '../acts/appeals.ts';
import { tellAge } from '../clock.ts';
import type { AppealRow } from '../shapes.ts';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** The appeals that wait. */
export function AppealList(): VNode {
  const { desk, state, words } = useDesk();
  const { rows, shown, phase } = state.appeals;
  const reachable = rows.some(({ id }) => id === shown) ? shown : rows[0]?.id;
  return (
    <>
      <div class="list-head">
        <h2>
          {words('appeals.title')}{' '}
          <span class="count">{phase === 'ready' ? writeDigits(state.language, state.appeals.total) : ''}</span>
        </h2>
      </div>
      <div class="lines" aria-busy={phase === 'loading'}>
        {phase === 'unreachable' && (
          <p class="empty">
            {words('queue.unreachable')}{' '}
            <button type="button" onClick={() => void loadAppeals(desk)}>
              {words('start.again')}
            </button>
          </p>
        )}
        {phase === 'ready' && rows.length === 0 && <p class="empty">{words('appeals.empty')}</p>}
        {rows.length > 0 && (
          <ol aria-label={words('appeals.title')}>
            {rows.map((appeal) => (
              <AppealLine key={appeal.id} appeal={appeal} isReachable={appeal.id === reachable} />
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

function AppealLine({ appeal, isReachable }: { appeal: AppealRow; isReachable: boolean }): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLButtonElement>('row', isReachable);
  const { comment } = appeal;
  return (
    <li>
      <button
        ref={ref}
        type="button"
        class="line"
        tabIndex={isReachable ? 0 : -1}
        aria-current={state.appeals.shown === appeal.id ? 'true' : undefined}
        onClick={() => openAppeal(desk, appeal.id)}
      >
        <span class="line-who">
          <bdi class="name">{comment.name ?? words('case.nameless')}</bdi>
          <time dateTime={appeal.appealedAt}>{tellAge(appeal.appealedAt, state.now, words)}</time>
        </span>
        <span class="line-text" dir={directionOf(appeal.text ?? '')}>
          {appeal.text ?? words('case.textGone')}
        </span>
        <span class="line-where" dir={comment.story.dir} lang={comment.story.language}>
          {comment.story.headline}
        </span>
        {appeal.mine && (
          <span class="line-marks">
            <span class="chip">{words('appeal.mineShort')}</span>
          </span>
        )}
      </button>
    </li>
  );
}
