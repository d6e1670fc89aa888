import type { VNode } from 'preact';
import { directionOf } from '../../../contract/text.ts';
import { tellTime } from '../clock.ts';
import type { DecisionView } from '../shapes.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

const verdictWords = { approve: 'decision.approved', reject: 'decision.rejected', remove: 'decision.removed' } as const;

/** A decision as it stands in the record: by whom, when, on which ground, with which words to the author. */
export function DecisionNote({ decision }: { decision: DecisionView }): VNode {
  const { words } = useDesk();
  const { verdict, by, decidedAt, guideline, explanation, automated } = decision;
  return (
    <section class="decision" data-verdict={verdict} aria-label={words('decision.title')}>
      <p>
        <strong>{words(verdictWords[verdict])}</strong> {automated ? words('decision.automated') : <bdi>{by}</bdi>}
        {', '}
        <time dateTime={decidedAt}>{tellTime(decidedAt)}</time>
        {guideline !== null && (
          <>
            {' · '}
            <GuidelineTitle guideline={guideline} />
          </>
        )}
      </p>
      {explanation !== null && <blockquote dir={directionOf(explanation)}>{explanation}</blockquote>}
    </section>
  );
}
