import type { ComponentChildren, VNode } from 'preact';
import type { SanctionRow } from '../../../contract/sanction.ts';
import { tellTime } from '../clock.ts';
import { aboutWords, knownByWords, toldWords } from '../sanctionWords.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** One sanction in words: what, on whom, why, by whom, until when, and what became of it. */
export function SanctionLine({ sanction, children }: { sanction: SanctionRow; children?: ComponentChildren }): VNode {
  const { words } = useDesk();
  const { name, measure, about, guideline, explanation, knownBy, by, startedAt, minutes } = sanction;
  return (
    <li class="sanction" data-past={sanction.state === 'in_force' ? undefined : 'true'}>
      <p>
        <strong>{words(toldWords[measure])}</strong> {name !== null && <bdi class="name">{name}</bdi>}{' '}
        <SanctionEnd sanction={sanction} />
      </p>
      {explanation !== null && <p dir="auto">{explanation}</p>}
      <p class="faint small">
        {guideline !== null && <GuidelineTitle guideline={guideline} />}
        {guideline !== null && ' · '}
        {about !== 'comments' && `${words(aboutWords[about], { time: tellTime(startedAt) })} · `}
        {minutes !== null && `${words('sanction.everyMinutes', { minutes })} · `}
        {knownBy.map((known) => words(knownByWords[known])).join(' · ')}
      </p>
      <p class="faint small">
        {words('sanction.by', { by, time: tellTime(startedAt) })} {words('sanction.figures', figuresOf(sanction))}
      </p>
      <SanctionAppeal sanction={sanction} />
      {children}
    </li>
  );
}

function figuresOf({ breaking, decided }: SanctionRow): { breaking: number; decided: number } {
  return { breaking, decided };
}

function SanctionEnd({ sanction: { state, lifted, endsAt } }: { sanction: SanctionRow }): VNode {
  const { words } = useDesk();
  if (state === 'lifted' && lifted) {
    return (
      <span class="faint">
        {words('sanction.liftedBy', { time: tellTime(lifted.at), by: lifted.by })}
        {lifted.explanation !== null && <bdi> {lifted.explanation}</bdi>}
      </span>
    );
  }
  const key = state === 'in_force' ? 'sanction.until' : 'sanction.over';
  return <span class="faint">{words(key, { time: tellTime(endsAt) })}</span>;
}

function SanctionAppeal({ sanction: { appeal } }: { sanction: SanctionRow }): VNode | null {
  const { words } = useDesk();
  if (!appeal) return null;
  return (
    <blockquote class="sanction-appeal">
      <p class="small">
        <strong>{words('sanction.appealOf', { time: tellTime(appeal.appealedAt) })}</strong>
      </p>
      <p dir="auto">{appeal.text ?? words('case.textGone')}</p>
      {appeal.state !== 'open' && (
        <p class="faint small">
          {words(appeal.state === 'upheld' ? 'sanction.appealUpheld' : 'sanction.appealOverturned', {
            by: appeal.by ?? '',
          })}{' '}
          <bdi>{appeal.explanation}</bdi>
        </p>
      )}
    </blockquote>
  );
}
