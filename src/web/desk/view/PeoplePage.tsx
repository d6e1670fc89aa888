import type { VNode } from 'preact';
import { loadPeople } from '../acts/people.ts';
import { accountHere } from '../state.ts';
import { OwnSessions } from './OwnSessions.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import { PersonForm } from './PersonForm.tsx';
import { Programs } from './Programs.tsx';
import { ToldOnce } from './ToldOnce.tsx';
import { useDesk } from './useDesk.ts';

/** People of the site: one's own sessions, and for admins accounts and programs. */
export function PeoplePage(): VNode {
  const { desk, state, words } = useDesk();
  const { phase, view, busy } = state.people;
  const isAdmin = accountHere(state)?.role === 'admin';
  return (
    <main class="rules people" aria-busy={phase === 'loading' || busy}>
      <h2 id="people-title" tabIndex={-1}>
        {words('people.title')}
      </h2>
      {phase === 'unreachable' && (
        <p role="status">
          {words('people.unreachable')}{' '}
          <button type="button" onClick={() => void loadPeople(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {phase === 'loading' && <p role="status">{words('people.loading')}</p>}
      <ToldOnce />
      {isAdmin && view && (
        <>
          <p>{words('people.lead')}</p>
          <PeopleTable people={view.people} sections={view.sections} />
          <PersonForm sections={view.sections} mails={view.mails} />
          <Programs programs={view.programs} />
        </>
      )}
      <OwnSessions />
    </main>
  );
}
