import type { VNode } from 'preact';
import type { Colleague } from '../../../contract/deskEvents.ts';
import { isMine, type DeskState } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** Who else has the desk of this site open, or of one of one's sites, where they have an account each: by name, once.
 *  Nothing where nobody does, or where nobody can know. */
export function Colleagues(): VNode | null {
  const { state, words } = useDesk();
  const others = othersHere(state);
  if (others.length === 0) return null;
  return (
    <ul class="colleagues" aria-label={words('presence.title')}>
      {[...new Set(others.map(({ name }) => name))].map((name) => (
        <li key={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** Who else has this comment before them, but for whoever holds it, who is named already. */
export function Readers({ id, holder }: { id: string; holder: string | undefined }): VNode {
  const { state, words } = useDesk();
  const readers = othersHere(state).filter(({ name, comments }) => name !== holder && comments.includes(id));
  return (
    <>
      {readers.map(({ account, name }) => (
        <span key={account} class="chip">
          {words('presence.reads', { by: name })}
        </span>
      ))}
    </>
  );
}

function othersHere(state: DeskState): readonly Colleague[] {
  return Object.values(state.live.people)
    .flat()
    .filter(({ account }) => !isMine(state, account));
}
