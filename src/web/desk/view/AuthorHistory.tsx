import type { VNode } from 'preact';
import type { EarlierDecision } from '../../../contract/case.ts';
import { decidedStates, stateWords } from '../acts/rows.ts';
import { tellDay } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** What is known here of comments under the same name: how many, and the last decisions with ground and day. Names are no
 *  accounts, and it says so; there is no address to show. */
export function AuthorHistory({ row: { author, context } }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const earlier = context?.earlier ?? [];
  if (author.approved + author.rejected + author.held + earlier.length === 0) return <p>{words('author.first')}</p>;
  return (
    <>
      <dl>
        <dt>{words('author.approved')}</dt>
        <dd>{author.approved}</dd>
        <dt>{words('author.rejected')}</dt>
        <dd>{author.rejected}</dd>
        <dt>{words('author.held')}</dt>
        <dd>{author.held}</dd>
      </dl>
      <p class="faint small">{words('author.noAccount')}</p>
      {earlier.length > 0 && (
        <>
          <h4>{words('author.last')}</h4>
          <ul class="earlier">
            {earlier.map((decision) => (
              <EarlierLine key={decision.id} decision={decision} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function EarlierLine({ decision }: { decision: EarlierDecision }): VNode {
  const { state, words } = useDesk();
  const { verdict, guideline, automated, decidedAt, text, dir } = decision;
  const reached = decidedStates[verdict];
  // The words that broke a rule are the hard ones; they were scored long ago, by whatever model then was.
  const isVeiled = verdict !== 'approve' && state.preferences.veilFrom > 0;
  return (
    <li>
      <span class="chip" data-state={reached}>
        {words(stateWords[reached])}
      </span>{' '}
      <time dateTime={decidedAt}>{tellDay(decidedAt)}</time>
      {guideline !== null && (
        <>
          {' · '}
          <GuidelineTitle guideline={guideline} />
        </>
      )}
      {automated && <> · {words('decision.automated')}</>}
      {text !== null && (
        <blockquote class={isVeiled ? 'veil-small' : undefined} dir={dir}>
          {text}
        </blockquote>
      )}
    </li>
  );
}
