import type { VNode } from 'preact';
import { backToQueue, claimNext } from '../acts/cases.ts';
import { stateWords } from '../acts/rows.ts';
import { tellTime } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { keyFor, nameKey } from '../state.ts';
import { nameLanguage } from '../words.ts';
import { AtSite, SiteName } from './AtSite.tsx';
import { CaseFacts } from './CaseFacts.tsx';
import { CaseStory } from './CaseStory.tsx';
import { ClaimLine } from './ClaimLine.tsx';
import { CommentText } from './CommentText.tsx';
import { DecisionNote } from './DecisionNote.tsx';
import { FeaturedNote } from './FeaturedNote.tsx';
import { HandOverNote } from './HandedList.tsx';
import { Key } from './Key.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { ReadingNote } from './ReadingNote.tsx';
import { ReportsPanel } from './ReportsPanel.tsx';
import { ScreeningPanel } from './ScreeningPanel.tsx';
import { TranslateLink } from './TranslateLink.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';
import { isVeilUp, VeilLine } from './Veil.tsx';
import { VerdictBar } from './VerdictBar.tsx';

/** The comment on the table, or what to do when there is none. */
export function CaseView(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <>
      <button
        type="button"
        class="back quiet"
        aria-keyshortcuts={keyFor(state, 'queue')}
        onClick={() => backToQueue(desk)}
      >
        {words('case.back')}
      </button>
      {state.shown ? (
        <AtSite key={state.shown.id} site={state.shown.site}>
          <OpenCase row={state.shown} />
        </AtSite>
      ) : (
        <NoCase />
      )}
    </>
  );
}

function NoCase(): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLHeadingElement>('case');
  const more = state.nothingLeft
    ? words('case.nothingLeftMore')
    : words('case.noneMore', { key: nameKey(state, 'claimNext') });
  return (
    <div class="no-case">
      <h2 ref={ref} tabIndex={-1}>
        {words(state.nothingLeft ? 'case.nothingLeft' : 'case.none')}
      </h2>
      <p>{more}</p>
      {state.filter.state === 'held' && (
        <button
          type="button"
          class="primary"
          aria-keyshortcuts={keyFor(state, 'claimNext')}
          onClick={() => void claimNext(desk)}
        >
          {words('queue.claimNext')} <Key act="claimNext" />
        </button>
      )}
    </div>
  );
}

function OpenCase({ row }: { row: QueueRow }): VNode {
  const { state, words } = useDesk();
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
              veiled={isVeilUp(row, state)}
            />
          )}
          <VeilLine row={row} />
          <TranslateLink row={row} />
          <ClaimLine row={row} />
          <HandOverNote row={row} />
          <ReadingNote row={row} />
          {row.decision && <DecisionNote decision={row.decision} />}
          <FeaturedNote featured={row.featured} />
        </div>
        <div class="case-notes">
          <ReportsPanel row={row} />
          <ScreeningPanel row={row} />
          <CaseFacts row={row} />
          <NotesPanel row={row} />
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
        {row.byNewsroom && <span class="chip">{words('answer.badge')}</span>}
        {row.speaker && <span class="chip">{words(`speaker.${row.speaker}`)}</span>}
      </h2>
      <p class="faint">
        <span class="chip" data-state={row.state}>
          {words(stateWords[row.state])}
        </span>{' '}
        <time dateTime={row.submittedAt}>{tellTime(row.submittedAt)}</time>
        {' · '}
        {row.lang === 'und' ? words('case.languageUnknown') : <bdi lang={row.lang}>{nameLanguage(row.lang)}</bdi>}{' '}
        <SiteName row={row} />
      </p>
    </header>
  );
}
