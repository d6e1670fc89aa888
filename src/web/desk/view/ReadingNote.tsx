import type { VNode } from 'preact';
import { directionOf } from '../../../contract/text.ts';
import type { QueueRow } from '../shapes.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** What two readings of a comment came to: that it waits for another, that the two differ, or who judged first. */
export function ReadingNote({ row: { reading } }: { row: QueueRow }): VNode | null {
  const { words } = useDesk();
  if (!reading) return null;
  const sentence = {
    waiting: reading.mine ? 'reading.mine' : 'reading.blind',
    disputed: 'reading.disputed',
    closed: 'reading.closed',
  } as const;
  return (
    <section class="reading" aria-label={words('reading.title')}>
      <p>{words(sentence[reading.state])}</p>
      {reading.verdicts.map(({ verdict, guideline, explanation, by }) => (
        <div key={by}>
          <p>
            {words(verdict === 'approve' ? 'reading.wouldApprove' : 'reading.wouldReject', { by })}
            {guideline !== null && (
              <>
                {' · '}
                <GuidelineTitle guideline={guideline} />
              </>
            )}
          </p>
          {explanation !== null && <blockquote dir={directionOf(explanation)}>{explanation}</blockquote>}
        </div>
      ))}
    </section>
  );
}
