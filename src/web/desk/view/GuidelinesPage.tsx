import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { SavedGuideline } from '../../../contract/guidelineDraft.ts';
import { loadRulebook, moveGuideline, openGuideline, titleOf } from '../acts/rulebook.ts';
import { tellTime } from '../clock.ts';
import { accountHere } from '../state.ts';
import { GuidelineEditor } from './GuidelineEditor.tsx';
import { useDesk } from './useDesk.ts';

/** The guidelines of the site: their order, their wording in every language, who changed what. */
export function GuidelinesPage(): VNode {
  const { desk, state, words } = useDesk();
  const { phase, open } = state.rulebook;
  const isEditor = accountHere(state)?.role !== 'moderator';
  return (
    <main class="rules settings guidelines" aria-busy={phase === 'loading'}>
      <h2>{words('guidelines.title')}</h2>
      {phase === 'unreachable' && (
        <p role="status">
          {words('guidelines.unreachable')}{' '}
          <button type="button" onClick={() => void loadRulebook(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {open ? <GuidelineEditor open={open} isEditor={isEditor} /> : <GuidelineList isEditor={isEditor} />}
    </main>
  );
}

function GuidelineList({ isEditor }: { isEditor: boolean }): VNode {
  const { desk, state, words } = useDesk();
  const { guidelines } = state.rulebook;
  const inForce = guidelines.filter(({ retired }) => !retired);
  const retired = guidelines.filter((one) => one.retired);
  return (
    <>
      <p>{words('guidelines.lead')}</p>
      <p>
        <a href={`/s/${state.site}/guidelines`} target="_blank" rel="noreferrer">
          {words('guidelines.public')}
        </a>
      </p>
      <ol class="guideline-list">
        {inForce.map((guideline, at) => (
          <Line
            key={guideline.key}
            guideline={guideline}
            isEditor={isEditor}
            isFirst={at === 0}
            isLast={at === inForce.length - 1}
          />
        ))}
      </ol>
      {isEditor && (
        <p>
          <button type="button" class="primary" onClick={() => void openGuideline(desk, null)}>
            {words('guidelines.add')}
          </button>
        </p>
      )}
      {retired.length > 0 && (
        <>
          <h3>{words('guidelines.retiredOnes')}</h3>
          <ul class="guideline-list">
            {retired.map((guideline) => (
              <Line key={guideline.key} guideline={guideline} isEditor={isEditor} isFirst isLast />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

type LineProps = { guideline: SavedGuideline; isEditor: boolean; isFirst: boolean; isLast: boolean };

function Line({ guideline, isEditor, isFirst, isLast }: LineProps): VNode {
  const { desk, state, words } = useDesk();
  const { key, version, at, by, secondReading } = guideline;
  const { busy } = state.rulebook;
  const id = useId();
  const move = (step: -1 | 1) => (): void => void moveGuideline(desk, key, step);
  return (
    <li>
      <span class="guideline-name">
        <strong id={id}>
          <bdi>{titleOf(desk, guideline)}</bdi>
        </strong>
        <span class="small">
          {words('guidelines.version', {
            version,
            by: by === 'operator' ? words('history.operator') : by,
            time: tellTime(at),
          })}
          {secondReading && ` · ${words('reading.byTwo')}`}
        </span>
      </span>
      <span class="rule-acts">
        {isEditor && !(isFirst && isLast) && (
          <>
            <button
              type="button"
              aria-label={words('guidelines.up', { title: titleOf(desk, guideline) })}
              disabled={busy || isFirst}
              onClick={move(-1)}
            >
              ↑
            </button>
            <button
              type="button"
              aria-label={words('guidelines.down', { title: titleOf(desk, guideline) })}
              disabled={busy || isLast}
              onClick={move(1)}
            >
              ↓
            </button>
          </>
        )}
        <button type="button" aria-describedby={id} onClick={() => void openGuideline(desk, guideline)}>
          {words(isEditor ? 'guidelines.edit' : 'guidelines.read')}
        </button>
      </span>
    </li>
  );
}
