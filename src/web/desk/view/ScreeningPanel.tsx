import type { VNode } from 'preact';
import type { Screening, ScoreKey } from '../../../screening/types.ts';
import { tellScores } from '../scores.ts';
import type { QueueRow } from '../shapes.ts';
import { FindingNote } from './FindingNote.tsx';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { NeedNote } from './NeedNote.tsx';
import { SecondReadings } from './SecondReadings.tsx';
import { rulesOf } from '../state.ts';
import { useDesk } from './useDesk.ts';
import { WordingButton } from './WordingButton.tsx';

/** What the machine read: a suggestion in words, the scores as words and bars, the reasons for each underline, and what
 *  second readers said. */
export function ScreeningPanel({ row }: { row: QueueRow }): VNode {
  const { screening, secondReadings } = row;
  const { words } = useDesk();
  return (
    <section class="screening" aria-labelledby="screening-title">
      <h3 id="screening-title">{words('screening.title')}</h3>
      {screening ? <Read screening={screening} /> : <p class="faint">{words('screening.none')}</p>}
      <SecondReadings readings={secondReadings} />
      <NeedNote row={row} />
      <WordingButton />
    </section>
  );
}

function Read({ screening }: { screening: Screening }): VNode {
  const { state, words } = useDesk();
  const scores = tellScores(screening, rulesOf(state).lines);
  return (
    <>
      <p>{words(`suggestion.${screening.suggestion}`)}</p>
      {scores.length > 0 && (
        <ul class="scores">
          {scores.map(({ key, share, word, breach }) => (
            <li key={key} class={breach ? 'breach' : undefined}>
              <span class="score-name">
                <ScoreName name={key} />
              </span>
              <span class="score-word">{words(word)}</span>
              <span class="bar" aria-hidden="true">
                <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {screening.findings.length > 0 && (
        <>
          <h4>{words('screening.reasons')}</h4>
          <ul class="reasons">
            {screening.findings.map((finding, number) => (
              <li key={number}>
                <FindingNote finding={finding} id={`finding-${number}`} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="faint small">{words('screening.hint')}</p>
    </>
  );
}

function ScoreName({ name }: { name: ScoreKey }): VNode {
  const { words } = useDesk();
  // These are no guidelines, and relevance is measured the other way round than the guideline of its name.
  if (name === 'identity' || name === 'toxic' || name === 'relevance') return <>{words(`score.${name}`)}</>;
  return <GuidelineTitle guideline={name} />;
}
