import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { explanationCodeUnits } from '../../../contract/desk.ts';
import { directionOf } from '../../../contract/text.ts';
import { decideAppeal, type AppealVerdict } from '../acts/appeals.ts';
import { backToQueue } from '../acts/cases.ts';
import { tellTime } from '../clock.ts';
import { keepAppealText, recallAppealText } from '../memory.ts';
import type { AppealRow } from '../shapes.ts';
import { keyFor } from '../state.ts';
import { CaseFacts } from './CaseFacts.tsx';
import { CaseStory } from './CaseStory.tsx';
import { CommentText } from './CommentText.tsx';
import { DecisionNote } from './DecisionNote.tsx';
import { ScreeningPanel } from './ScreeningPanel.tsx';
import { TranslateLink } from './TranslateLink.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';
import { isVeilUp, VeilLine } from './Veil.tsx';

/** The appeal on the table: what the author says, the comment, the first decision, and the second. */
export function AppealCase(): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLHeadingElement>('appeal', state.appeals.shown === null);
  const appeal = state.appeals.rows.find(({ id }) => id === state.appeals.shown);
  return (
    <>
      <button
        type="button"
        class="back quiet"
        aria-keyshortcuts={keyFor(state, 'queue')}
        onClick={() => backToQueue(desk)}
      >
        {words('appeal.back')}
      </button>
      {appeal ? (
        <OpenAppeal key={appeal.id} appeal={appeal} />
      ) : (
        <div class="no-case">
          <h2 ref={ref} tabIndex={-1}>
            {words(state.appeals.rows.length > 0 ? 'appeal.none' : 'appeals.empty')}
          </h2>
          <p>{words('appeal.noneMore')}</p>
        </div>
      )}
    </>
  );
}

function OpenAppeal({ appeal }: { appeal: AppealRow }): VNode {
  const { state, words } = useDesk();
  const ref = useWishedFocus<HTMLHeadingElement>('appeal');
  const { comment } = appeal;
  const text = appeal.text ?? words('case.textGone');
  return (
    <>
      <article class="case-sheet" aria-labelledby="appeal-heading">
        <div class="case-main">
          <CaseStory row={comment} />
          <header class="case-heading">
            <h2 ref={ref} id="appeal-heading" tabIndex={-1}>
              {words('appeal.by')} <bdi class="name">{comment.name ?? words('case.nameless')}</bdi>
            </h2>
            <p class="faint">
              <time dateTime={appeal.appealedAt}>{tellTime(appeal.appealedAt)}</time>
            </p>
          </header>
          <blockquote class="appeal-text" dir={directionOf(text)}>
            {text}
          </blockquote>
          <h3>{words('appeal.comment')}</h3>
          <CommentText
            id="case-text"
            text={comment.text ?? words('case.textGone')}
            lang={comment.lang}
            dir={comment.dir}
            findings={comment.screening?.findings ?? []}
            veiled={isVeilUp(comment, state)}
          />
          <VeilLine row={comment} />
          <TranslateLink row={comment} />
          <h3>{words('appeal.firstDecision')}</h3>
          {comment.decision && <DecisionNote decision={comment.decision} />}
        </div>
        <div class="case-notes">
          <ScreeningPanel row={comment} />
          <CaseFacts row={comment} />
        </div>
      </article>
      {appeal.mine ? <AppealElsewhere /> : <AppealForm appeal={appeal} />}
    </>
  );
}

/** Whoever rejected the comment reads what its author says, and is offered nothing to press. */
function AppealElsewhere(): VNode {
  const { words } = useDesk();
  return (
    <section class="verdict" aria-label={words('verdict.title')}>
      <p>{words('appeal.mine')}</p>
    </section>
  );
}

function AppealForm({ appeal }: { appeal: AppealRow }): VNode {
  const { desk, state, words } = useDesk();
  const { email } = state.session;
  const [explanation, setExplanation] = useState(() => recallAppealText(appeal.id, email));
  const [mistake, setMistake] = useState<string | undefined>();
  const decide = async (verdict: AppealVerdict['verdict']): Promise<void> => {
    const problem = await decideAppeal(desk, appeal, { verdict, explanation });
    setMistake(problem);
    if (problem === undefined) keepAppealText(appeal.id, email, '');
  };
  return (
    <section class="verdict" aria-label={words('verdict.title')} aria-busy={state.busy}>
      <form class="explanation" onSubmit={(event) => event.preventDefault()}>
        <label>
          {words('appeal.explanation')}
          <textarea
            rows={3}
            required
            maxLength={explanationCodeUnits}
            dir={explanation === '' ? appeal.comment.dir : directionOf(explanation)}
            aria-describedby="appeal-mistake"
            value={explanation}
            onInput={(event) => {
              setExplanation(event.currentTarget.value);
              keepAppealText(appeal.id, email, event.currentTarget.value);
            }}
          />
        </label>
        <p id="appeal-mistake" class="mistake" role="alert">
          {mistake}
        </p>
        <p class="picker-acts">
          <button type="button" disabled={state.busy} onClick={() => void decide('uphold')}>
            {words('appeal.uphold')}
          </button>
          <button type="button" disabled={state.busy} onClick={() => void decide('overturn')}>
            {words('appeal.overturn')}
          </button>
        </p>
      </form>
    </section>
  );
}
