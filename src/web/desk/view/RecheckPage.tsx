import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { writeDigits } from '../../../contract/numbers.ts';
import type { Recheck } from '../../../contract/agreement.ts';
import { judgeAgain, loadRecheck } from '../acts/recheck.ts';
import { Parent } from './CaseThread.tsx';
import { CommentText } from './CommentText.tsx';
import { GuidelineOptions } from './GuidelineOptions.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** A decided comment to judge once more, without its decision. */
export function RecheckPage(): VNode {
  const { desk, state, words } = useDesk();
  const { comment, waiting, phase } = state.recheck;
  const ref = useWishedFocus<HTMLHeadingElement>('recheck');
  return (
    <main class="rules" aria-busy={phase === 'loading'}>
      <h2 ref={ref} tabIndex={-1}>
        {words('recheck.title')} {waiting > 0 && <span class="count">{writeDigits(state.language, waiting)}</span>}
      </h2>
      <p>{words('recheck.lead')}</p>
      {phase === 'unreachable' && (
        <p role="status">
          {words('queue.unreachable')}{' '}
          <button type="button" onClick={() => void loadRecheck(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {phase === 'ready' && !comment && <p role="status">{words('recheck.none')}</p>}
      {comment && <RecheckCase key={comment.id} comment={comment} />}
    </main>
  );
}

function RecheckCase({ comment }: { comment: Recheck }): VNode {
  const { words } = useDesk();
  const { story, parent, text } = comment;
  return (
    <article class="recheck" aria-label={words('recheck.title')}>
      <p class="kicker">{words('case.story')}</p>
      <p class="headline" lang={story.language} dir={story.dir}>
        {story.headline}
      </p>
      <Parent parent={parent} />
      <h3>
        <bdi class="name">{comment.name ?? words('case.nameless')}</bdi>
      </h3>
      <CommentText
        id="recheck-text"
        text={text ?? words('case.textGone')}
        lang={comment.lang}
        dir={comment.dir}
        findings={[]}
      />
      <RecheckForm comment={comment} />
    </article>
  );
}

function RecheckForm({ comment }: { comment: Recheck }): VNode {
  const { desk, words } = useDesk();
  const [guideline, setGuideline] = useState('');
  return (
    <form class="recheck-acts" onSubmit={(event) => event.preventDefault()}>
      <button type="button" onClick={() => void judgeAgain(desk, comment, { verdict: 'approve', guideline: null })}>
        {words('verdict.approve')}
      </button>
      <label>
        {words('verdict.guideline')}{' '}
        <select value={guideline} onChange={(event) => setGuideline(event.currentTarget.value)}>
          <option value="">{words('verdict.noGuideline')}</option>
          <GuidelineOptions />
        </select>
      </label>
      <button
        type="button"
        disabled={guideline === ''}
        onClick={() => void judgeAgain(desk, comment, { verdict: 'reject', guideline })}
      >
        {words('verdict.reject')}
      </button>
    </form>
  );
}
