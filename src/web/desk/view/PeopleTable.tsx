import type { VNode } from 'preact';
import { writeDigits } from '../../../contract/numbers.ts';
import { useState } from 'preact/hooks';
import type { PersonRow } from '../../../contract/people.ts';
import { changePerson, removePerson, renewSignIn } from '../acts/people.ts';
import { tellTime } from '../clock.ts';
import { Dialog } from './Dialog.tsx';
import { SessionLines } from './OwnSessions.tsx';
import { RightsFields, type Rights } from './RightsFields.tsx';
import { useDesk } from './useDesk.ts';

type TableProps = { people: readonly PersonRow[]; sections: readonly string[] };

/** The accounts of the site: who, what they may, when they were last here, how they get in. */
export function PeopleTable({ people, sections }: TableProps): VNode {
  const { words } = useDesk();
  return (
    <table>
      <caption>{words('people.accounts')}</caption>
      <thead>
        <tr>
          <th scope="col">{words('people.person')}</th>
          <th scope="col">{words('people.role')}</th>
          <th scope="col">{words('people.lastSeen')}</th>
          <th scope="col">{words('people.waysIn')}</th>
          <th scope="col">{words('people.sessions')}</th>
          <th scope="col">{words('people.acts')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} sections={sections} />
        ))}
      </tbody>
    </table>
  );
}

function PersonLine({ person, sections }: { person: PersonRow; sections: readonly string[] }): VNode {
  const { state, words } = useDesk();
  const { name, email, role, seenAt, passkeys, signInPending, sessions } = person;
  const title = `person-${person.id}`;
  const open = writeDigits(state.language, sessions.length);
  return (
    <tr>
      <th scope="row" id={title}>
        <bdi class="name">{name}</bdi>
        <bdi class="small email">{email}</bdi>
      </th>
      <td data-label={words('people.role')}>
        {words(`role.${role}`)}
        {person.sections.length > 0 && <bdi class="small">{person.sections.join(' · ')}</bdi>}
      </td>
      <td data-label={words('people.lastSeen')}>
        {seenAt === null ? words('people.never') : <time dateTime={seenAt}>{tellTime(seenAt)}</time>}
      </td>
      <td data-label={words('people.waysIn')}>
        {words('people.passkeys', { n: passkeys })}
        {signInPending && <span class="small">{words('people.signInPending')}</span>}
      </td>
      <td data-label={words('people.sessions')}>
        {sessions.length === 0 ? (
          '–'
        ) : (
          <details>
            <summary aria-label={`${words('people.sessions')}: ${open}, ${name}`}>{open}</summary>
            <SessionLines sessions={sessions} person={person} />
          </details>
        )}
      </td>
      <td data-label={words('people.acts')}>
        <PersonActs person={person} sections={sections} title={title} />
      </td>
    </tr>
  );
}

type ActsProps = { person: PersonRow; sections: readonly string[]; title: string };

function PersonActs({ person, sections, title }: ActsProps): VNode {
  const { desk, state, words } = useDesk();
  const [open, setOpen] = useState<'change' | 'remove' | undefined>();
  const close = (): void => setOpen(undefined);
  const { busy } = state.people;
  return (
    <div class="rule-acts">
      <button type="button" aria-describedby={title} disabled={busy} onClick={() => setOpen('change')}>
        {words('people.change')}
      </button>
      <button type="button" aria-describedby={title} disabled={busy} onClick={() => void renewSignIn(desk, person)}>
        {words('people.newSignIn')}
      </button>
      <button type="button" aria-describedby={title} disabled={busy} onClick={() => setOpen('remove')}>
        {words('people.remove')}
      </button>
      {open === 'change' && <ChangeDialog person={person} sections={sections} onClose={close} />}
      {open === 'remove' && <RemoveDialog person={person} onClose={close} />}
    </div>
  );
}

type DialogProps = { person: PersonRow; onClose: () => void };

function ChangeDialog({ person, sections, onClose }: DialogProps & { sections: readonly string[] }): VNode {
  const { desk, words } = useDesk();
  const [rights, setRights] = useState<Rights>({ role: person.role, sections: person.sections });
  const [name, setName] = useState(person.name);
  // A section that no story has any more stays to be taken away.
  const offered = [...new Set([...sections, ...person.sections])];
  return (
    <Dialog title={words('people.changeOf', { who: person.name })} onClose={onClose}>
      <form
        class="person-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void changePerson(desk, person, { ...rights, name });
        }}
      >
        <label>
          {words('people.name')}
          <input required maxLength={80} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <RightsFields rights={rights} sections={offered} onChange={setRights} />
        <p class="small">{words('people.changeEnds')}</p>
        <p class="dialog-acts">
          <button type="submit" class="primary">
            {words('people.save')}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {words('prove.cancel')}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ person, onClose }: DialogProps): VNode {
  const { desk, words } = useDesk();
  const remove = async (): Promise<void> => {
    onClose();
    // Their line is gone, and the focus with it.
    if (await removePerson(desk, person)) document.querySelector<HTMLElement>('#people-title')?.focus();
  };
  return (
    <Dialog title={words('people.removeOf', { who: person.name })} onClose={onClose}>
      <p>{words('people.removeMore')}</p>
      <p class="dialog-acts">
        <button type="button" class="danger" onClick={() => void remove()}>
          {words('people.remove')}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {words('prove.cancel')}
        </button>
      </p>
    </Dialog>
  );
}
