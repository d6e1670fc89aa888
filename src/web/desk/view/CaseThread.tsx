import type { VNode } from 'preact';
import type { ThreadLine } from '../../../contract/case.ts';
import { directionOf } from '../../../contract/text.ts';
import { stateWords } from '../acts/rows.ts';
import { tellTime } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { useDesk } from './useDesk.ts';

const placeWords = { above: 'thread.above', beside: 'thread.beside', below: 'thread.below' } as const;

/** What the comment answers, always in sight, and the rest of the thread around it on request. All of it to read only. */
export function CaseThread({ row: { parent, context } }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const rest = context?.thread.filter(({ id }) => id !== parent?.id) ?? [];
  return (
    <>
      <Parent parent={parent} />
      {rest.length > 0 && (
        <details class="thread">
          <summary>{words('thread.around', { n: rest.length })}</summary>
          {(['above', 'beside', 'below'] as const).map((place) => (
            <Lines key={place} place={place} lines={rest.filter((line) => line.place === place)} />
          ))}
        </details>
      )}
    </>
  );
}

/** What a comment answers; nothing where it answers none. */
export function Parent({ parent }: Pick<QueueRow, 'parent'>): VNode | null {
  const { words } = useDesk();
  if (!parent) return null;
  return (
    <figure class="parent">
      <figcaption>
        {words('case.answers')} <bdi class="name">{parent.name ?? words('case.nameless')}</bdi>
      </figcaption>
      <blockquote dir={directionOf(parent.text ?? '')}>{parent.text ?? words('case.textGone')}</blockquote>
    </figure>
  );
}

function Lines({ place, lines }: { place: ThreadLine['place']; lines: readonly ThreadLine[] }): VNode | null {
  const { words } = useDesk();
  if (lines.length === 0) return null;
  return (
    <section aria-label={words(placeWords[place])}>
      <p class="kicker">{words(placeWords[place])}</p>
      {lines.map(({ id, name, text, lang, dir, state, submittedAt }) => (
        <figure key={id} class="parent">
          <figcaption>
            <bdi class="name">{name ?? words('case.nameless')}</bdi>{' '}
            <time dateTime={submittedAt}>{tellTime(submittedAt)}</time>{' '}
            {state !== 'approved' && (
              <span class="chip" data-state={state}>
                {words(stateWords[state])}
              </span>
            )}
          </figcaption>
          <blockquote dir={dir} lang={lang === 'und' ? undefined : lang}>
            {text ?? words('case.textGone')}
          </blockquote>
        </figure>
      ))}
    </section>
  );
}
