import { marksOf } from '../../../contract/breachLines.ts';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { openAlike } from '../acts/alike.ts';
import { openCase } from '../acts/cases.ts';
import { isRunning } from '../acts/rows.ts';
import { select } from '../acts/select.ts';
import { tellAge, tellClock } from '../clock.ts';
import { isVeiled } from '../scores.ts';
import type { QueueRow } from '../shapes.ts';
import { SiteName } from './AtSite.tsx';
import { Readers } from './Colleagues.tsx';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { rulesOf } from '../state.ts';
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
    <li class="line-row">
      <LineSelect row={row} isReachable={isReachable} />
      <button
        ref={ref}
        type="button"
        class="line"
        tabIndex={isReachable ? 0 : -1}
        aria-current={isShown ? 'true' : undefined}
        data-veiled={isVeiled(row.screening, state.preferences.veilFrom) ? '' : undefined}
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
        <span class="line-place">
          <SiteName row={row} />
          <span class="line-where" dir={row.story.dir} lang={row.story.language}>
            {row.story.headline}
          </span>
        </span>
        <LineMarks row={row} />
      </button>
      {row.state === 'held' && row.alike > 0 && (
        <button
          type="button"
          class="line-alike quiet"
          tabIndex={isReachable ? 0 : -1}
          onClick={() => void openAlike(desk, row)}
        >
          {words('alike.more', { n: row.alike })}
        </button>
      )}
    </li>
  );
}

/** Whether the comment is selected, to be decided together with others. With Shift: all from the last one to this. */
function LineSelect({ row, isReachable }: { row: QueueRow; isReachable: boolean }): VNode | null {
  const { desk, state, words } = useDesk();
  if (state.filter.state !== 'held') return null;
  return (
    <span class="line-select">
      <input
        type="checkbox"
        tabIndex={isReachable ? 0 : -1}
        aria-label={words('bulk.select', { name: row.name ?? words('case.nameless') })}
        checked={state.deciding.selected.includes(row.id)}
        onClick={(event) => select(desk, row.id, { range: event.shiftKey })}
      />
    </span>
  );
}

function LineMarks({ row }: { row: QueueRow }): VNode {
  const { state, words } = useDesk();
  const suspected = [...new Set(row.screening ? marksOf(row.screening, rulesOf(state).lines).found : [])];
  return (
    <span class="line-marks">
      <LineChips row={row} />
      {!row.pending && isRunning(row.claim, state.now) && row.claim && (
        <span class="chip chip-claim">
          {row.claim.mine
            ? words('claim.mineShort')
            : words('claim.theirsShort', { by: row.claim.by, time: tellClock(row.claim.expiresAt) })}
        </span>
      )}
      {row.reading && row.reading.state !== 'closed' && (
        <span class="chip">
          {words(row.reading.state === 'waiting' ? 'reading.waitsShort' : 'reading.disputedShort')}
        </span>
      )}
      <Readers id={row.id} holder={row.claim?.by} />
      {suspected.slice(0, 3).map((guideline) => (
        <span key={guideline} class="chip">
          <GuidelineTitle guideline={guideline} />
        </span>
      ))}
    </span>
  );
}

function LineChips({ row: { pending, handOver, notes, byNewsroom, speaker } }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  return (
    <>
      {pending && <span class="chip chip-claim">{words('pending.short', { by: pending.by })}</span>}
      {handOver && (
        <span class="chip chip-claim">{words('handOver.short', { to: handOver.to ?? words('handOver.editor') })}</span>
      )}
      {notes > 0 && <span class="chip">{words('note.count', { n: notes })}</span>}
      {byNewsroom && <span class="chip">{words('answer.badge')}</span>}
      {speaker && <span class="chip">{words(`speaker.${speaker}`)}</span>}
    </>
  );
}

function excerptOf(text: string | null): string | null {
  if (text === null || text.length <= excerptCodeUnits) return text;
  // Not in the middle of a surrogate pair.
  return `${text.slice(0, excerptCodeUnits).replace(/[\ud800-\udbff]$/, '')}…`;
}
