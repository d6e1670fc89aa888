import type { VNode } from 'preact';
import type { PersonRow, SessionLine } from '../../../contract/people.ts';
import { endSession } from '../acts/people.ts';
import { tellTime } from '../clock.ts';
import { useDesk } from './useDesk.ts';

/** One's own sessions, each with its end. */
export function OwnSessions(): VNode {
  const { state, words } = useDesk();
  return (
    <section aria-labelledby="own-sessions">
      <h3 id="own-sessions">{words('people.ownSessions')}</h3>
      <p class="small">{words('people.ownSessionsMore')}</p>
      <SessionLines sessions={state.people.own} />
    </section>
  );
}

// In a narrow column a time would break at its hyphens.
function wholeTime(time: string): string {
  return tellTime(time).replaceAll('-', '\u2011').replaceAll(' ', '\u00a0');
}

/** Sessions in a list. `person` is whose they are where they are another's. */
export function SessionLines(props: { sessions: readonly SessionLine[]; person?: PersonRow }): VNode {
  const { desk, state, words } = useDesk();
  return (
    <ul class="sessions">
      {props.sessions.map((session) => (
        <li key={session.id}>
          <span>
            {words('people.sessionTimes', { begun: wholeTime(session.createdAt), seen: wholeTime(session.seenAt) })}
          </span>
          {session.isOwn ? (
            <span class="chip">{words('people.thisSession')}</span>
          ) : (
            <button
              type="button"
              disabled={state.people.busy}
              onClick={() => void endSession(desk, session, props.person)}
            >
              {words('people.endSession')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
