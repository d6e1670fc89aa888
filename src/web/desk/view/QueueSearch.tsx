import type { VNode } from 'preact';
import { narrow } from '../acts/filter.ts';
import { keyFor } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** Searches names, texts and headlines of the state that is listed. */
export function QueueSearch(): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLInputElement>('search');
  const { q = '' } = state.filter.asked;
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void narrow(desk, { q: ref.current?.value.trim() });
      }}
    >
      <input
        // Drawn anew where the search was taken away beside it.
        key={q}
        ref={ref}
        id="queue-search"
        type="search"
        dir="auto"
        maxLength={200}
        defaultValue={q}
        aria-label={words('search.label')}
        aria-keyshortcuts={keyFor(state, 'search')}
        placeholder={words('search.label')}
      />
      <button type="submit">
        {words('search.go')} <Key act="search" />
      </button>
    </form>
  );
}
