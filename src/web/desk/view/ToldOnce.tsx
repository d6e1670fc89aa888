import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { forgetTold } from '../acts/people.ts';
import { useDesk } from './useDesk.ts';

/** A one-time address or a token, shown until somebody puts it away. */
export function ToldOnce(): VNode | null {
  const { desk, state, words } = useDesk();
  const { told } = state.people;
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => ref.current?.focus(), [told]);
  if (!told) return null;
  const { kind, who, value } = told;
  return (
    <section class="told" aria-labelledby="told-title">
      <h3 ref={ref} id="told-title" tabIndex={-1}>
        {words(kind === 'token' ? 'people.tokenFor' : 'people.signInFor', { who })}
      </h3>
      {value === null ? (
        <p>{words('people.mailed')}</p>
      ) : (
        <>
          <p>{words(kind === 'token' ? 'people.tokenOnce' : 'people.signInOnce')}</p>
          <textarea
            readOnly
            rows={2}
            dir="ltr"
            aria-labelledby="told-title"
            value={value}
            onFocus={(event) => event.currentTarget.select()}
          />
        </>
      )}
      <button type="button" onClick={() => forgetTold(desk)}>
        {words('people.putAway')}
      </button>
    </section>
  );
}
