import type { VNode } from 'preact';
import { backToQueue, claimNext } from '../acts/cases.ts';
import { stateWords } from '../acts/rows.ts';
import { tellTime } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { nameLanguage } from '../words.ts';
import { CaseFacts } from './CaseFacts.tsx';
import { CaseStory } from './CaseStory.tsx';
import { ClaimLine } from './ClaimLine.tsx';
import { CommentText } from './CommentText.tsx';
import { DecisionNote } from './DecisionNote.tsx';
import { ScreeningPanel } from './ScreeningPanel.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';
import { VerdictBar } from './VerdictBar.tsx';

/** The comment on the table, or what to do when there is none. */
export function CaseView(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <>
      <button type="button" class="back quiet" aria-keyshortcuts="u" onClick={() => backToQueue(desk)}>
        {words('case.back')}
      </button>
      {state.shown ? <OpenCase key={state.shown.id} row={state.shown} /> : <NoCase />}
    </>
  );
}

function NoCase(): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLHeadingElement>('case');
  return (
    <div class="no-case">
      <h2 ref={ref} tabIndex={-1}>
        {words(state.nothingLeft ? 'case.nothingLeft' : 'case.none')}
      </h2>
      <p>{words(state.nothingLeft ? 'case.nothingLeftMore' : 'case.noneMore')}</p>
      {state.filter.state === 'held' && (
        <button type="button" class="primary" aria-keyshortcuts="n" onClick={() => void claimNext(desk)}>
          {words('queue.claimNext')} <kbd>n</kbd>
        </button>
      )}
    </div>
  );
}

function OpenCase({ row }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  return (
    <>
      <article class="case-sheet" aria-labelledby="case-heading" data-comment={row.id}>
        <div class="case-main">
          <CaseStory row={row} />
          <CaseHeading row={row} />
          {row.text === null ? (
            <p id="case-text" class="faint">
              {words('case.textGone')}
            </p>
          ) : (
            <CommentText
              id="case-text"
              text={row.text}
              lang={row.lang}
              dir={row.dir}
              findings={row.screening?.findings ?? []}
            />
          )}
          <ClaimLine row={row} />
          {row.decision && <DecisionNote decision={row.decision} />}
        </div>
        <div class="case-notes">
          <ScreeningPanel row={row} />
          <CaseFacts row={row} />
        </div>
      </article>
      <VerdictBar row={row} />
    </>
  );
}

function CaseHeading({ row }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const ref = useWishedFocus<HTMLHeadingElement>('case');
  return (
    <header class="case-heading">
      <h2 ref={ref} id="case-heading" tabIndex={-1}>
        <bdi class="name">{row.name ?? words('case.nameless')}</bdi>
      </h2>
      <p class="faint">
        <span class="chip" data-state={row.state}>
          {words(stateWords[row.state])}
        </span>{' '}
        <time dateTime={row.submittedAt}>{tellTime(row.submittedAt)}</time>
        {' · '}
        {row.lang === 'und' ? words('case.languageUnknown') : <bdi lang={row.lang}>{nameLanguage(row.lang)}</bdi>}
      </p>
    </header>
  );
}
