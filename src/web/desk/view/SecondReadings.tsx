import type { VNode } from 'preact';
import { directionOf } from '../../../contract/text.ts';
import type { QueueRow } from '../shapes.ts';
import { tellSecondScores } from '../scores.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** What second readers said of the comment: the guidelines that they find broken or doubtful, and their reason. A program
 *  wrote it, perhaps as the comment wished: plain text, in its own direction, under a line that says whose hint it is. */
export function SecondReadings({ readings }: { readings: QueueRow['secondReadings'] }): VNode {
  return (
    <>
      {readings.map((reading) => (
        <SecondReadingNote key={reading.reader} reading={reading} />
      ))}
    </>
  );
}

function SecondReadingNote({ reading }: { reading: QueueRow['secondReadings'][number] }): VNode {
  const { words } = useDesk();
  const { reader, model, scores, reason } = reading;
  const told = tellSecondScores(scores);
  return (
    <section class="second-reading" data-reader={reader} aria-label={words('secondReader.title')}>
      <p>
        <strong>{words('secondReader.title')}</strong>{' '}
        {told.length === 0
          ? words('secondReader.nothing')
          : told.map(({ key, word }, number) => (
              <span key={key}>
                {number > 0 && ' · '}
                <GuidelineTitle guideline={key} /> {words(word)}
              </span>
            ))}
      </p>
      {reason !== null && <blockquote dir={directionOf(reason)}>{reason}</blockquote>}
      <p class="faint small">
        {words('secondReader.hint')} <bdi>{model}</bdi>
      </p>
    </section>
  );
}
