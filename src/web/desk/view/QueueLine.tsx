import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { openCase } from '../acts/cases.ts';
import { isRunning } from '../acts/rows.ts';
import { tellAge, tellClock } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** The beginning of a comment that fits into two lines; the rest would only be hidden by the style, and read out. */
const excerptCodeUnits = 180;

/** One comment of the queue, as a button that opens it. */
export function QueueLine({ row, isReachable }: { row: QueueRow; isReachable: boolean }): VNode {
  const { desk, state, words } = useDesk();
  const isShown = state.shown?.id === row.id;
  const ref = useWishedFocus<HTMLButtonElement>('row', isReachable);
  useEffect(() => {
    if (isShown) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown, ref]);
  return (
    <li>
      <button
        ref={ref}
        type="button"
        class="line"
        tabIndex={isReachable ? 0 : -1}
        aria-current={isShown ? 'true' : undefined}
        data-breach={row.state === 'held' && row.screening?.suggestion === 'reject' ? '' : undefined}
        onClick={() => void openCase(desk, row)}
      >
        <span class="line-who">
          <bdi class="name">{row.name ?? words('case.nameless')}</bdi>
          <time dateTime={row.submittedAt}>{tellAge(row.submittedAt, state.now, words)}</time>
        </span>
        <span class="line-text" dir={row.dir} lang={row.lang}>
          {excerptOf(row.text) ?? words('case.textGone')}
        </span>
        <span class="line-where" dir={row.story.dir} lang={row.story.language}>
          {row.story.headline}
        </span>
        <LineMarks row={row} />
      </button>
    </li>
  );
}

function LineMarks({ row }: { row: QueueRow }): VNode {
  const { state, words } = useDesk();
  const suspected = [...new Set(row.screening?.findings.map(({ guideline }) => guideline))];
  return (
    <span class="line-marks">
      {isRunning(row.claim, state.now) && row.claim && (
        <span class="chip chip-claim">
          {row.claim.mine
            ? words('claim.mineShort')
            : words('claim.theirsShort', { by: row.claim.by, time: tellClock(row.claim.expiresAt) })}
        </span>
      )}
      {suspected.slice(0, 3).map((guideline) => (
        <span key={guideline} class="chip">
          <GuidelineTitle guideline={guideline} />
        </span>
      ))}
    </span>
  );
}

function excerptOf(text: string | null): string | null {
  if (text === null || text.length <= excerptCodeUnits) return text;
  // Not in the middle of a surrogate pair.
  return `${text.slice(0, excerptCodeUnits).replace(/[\ud800-\udbff]$/, '')}…`;
}
