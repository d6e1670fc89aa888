import type { VNode } from 'preact';
import { lyingOnTable } from '../acts/context.ts';
import { openDesk } from '../acts/session.ts';
import type { Desk } from '../state.ts';
import { AtSite } from './AtSite.tsx';
import { AnswerDialog } from './AnswerDialog.tsx';
import { AppealCase } from './AppealCase.tsx';
import { AppealList } from './AppealList.tsx';
import { AlikeDialog } from './AlikeDialog.tsx';
import { BulkDialog } from './BulkDialog.tsx';
import { CaseView } from './CaseView.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Masthead } from './Masthead.tsx';
import { NoticeStrip } from './NoticeStrip.tsx';
import { PageOfPlace } from './PageOfPlace.tsx';
import { PasskeyOffer } from './PasskeyOffer.tsx';
import { ProofDialog } from './ProofDialog.tsx';
import { QueueList } from './QueueList.tsx';
import { ShiftHint } from './ShiftTimer.tsx';
import { SessionDialog } from './SessionDialog.tsx';
import { UndoLine } from './UndoLine.tsx';
import { WordingDialog } from './WordingDialog.tsx';
import { DeskContext, useDesk, useWatchedDesk } from './useDesk.ts';

/** The whole desk. */
export function DeskPage({ desk }: { desk: Desk }): VNode {
  const view = useWatchedDesk(desk);
  return (
    <DeskContext.Provider value={view}>
      {view.state.phase === 'open' ? <OpenDesk /> : <ClosedDesk />}
    </DeskContext.Provider>
  );
}

function OpenDesk(): VNode {
  const { desk, state } = useDesk();
  return (
    <div class="desk" data-face={state.face}>
      <Masthead />
      <PasskeyOffer />
      <ShiftHint />
      <div class="said">
        <NoticeStrip />
        <UndoLine />
      </div>
      {state.place === 'queue' || state.place === 'appeals' ? <Work /> : <PageOfPlace place={state.place} />}
      <AtSite site={lyingOnTable(desk)?.site}>
        <KeysDialog />
        <WordingDialog />
      </AtSite>
      <BulkDialog />
      <AlikeDialog />
      <HandOverDialog />
      <AnswerDialog />
      <ProofDialog />
      <SessionDialog />
    </div>
  );
}

function Work(): VNode {
  const { state, words } = useDesk();
  const atAppeals = state.place === 'appeals';
  return (
    <main class="work">
      <section class="list" aria-label={words(atAppeals ? 'appeals.title' : 'queue.title')}>
        {atAppeals ? <AppealList /> : <QueueList />}
      </section>
      <section class="case" aria-label={words('case.title')}>
        {atAppeals ? <AppealCase /> : <CaseView />}
      </section>
    </main>
  );
}

function ClosedDesk(): VNode {
  const { desk, state, words } = useDesk();
  return (
    <main class="closed">
      <h1>
        <span class="wordmark" lang="en">
          Stet
        </span>
      </h1>
      {state.phase === 'starting' && <p role="status">{words('start.opening')}</p>}
      {state.phase === 'siteless' && <p role="status">{words('start.siteless')}</p>}
      {state.phase === 'unreachable' && (
        <p role="status">
          {words('start.unreachable')}{' '}
          <button type="button" onClick={() => void openDesk(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
    </main>
  );
}
