import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { addPerson } from '../acts/people.ts';
import { RightsFields, type Rights } from './RightsFields.tsx';
import { useDesk } from './useDesk.ts';

const nobody = { email: '', name: '' };
const standard: Rights = { role: 'moderator', sections: [] };

/** Adds a person to the site. */
export function PersonForm({ sections, mails }: { sections: readonly string[]; mails: boolean }): VNode {
  const { desk, state, words } = useDesk();
  const [person, setPerson] = useState(nobody);
  const [rights, setRights] = useState<Rights>(standard);
  const add = async (): Promise<void> => {
    if (!(await addPerson(desk, { ...person, ...rights }))) return;
    setPerson(nobody);
    setRights(standard);
  };
  return (
    <section aria-labelledby="add-person">
      <h3 id="add-person">{words('people.add')}</h3>
      <form
        class="person-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label>
          {words('people.email')}
          <input
            type="email"
            required
            maxLength={254}
            dir="ltr"
            autocomplete="off"
            value={person.email}
            onInput={(event) => setPerson({ ...person, email: event.currentTarget.value })}
          />
        </label>
        <label>
          {words('people.nameOptional')}
          <input
            maxLength={80}
            autocomplete="off"
            value={person.name}
            onInput={(event) => setPerson({ ...person, name: event.currentTarget.value })}
          />
        </label>
        <RightsFields rights={rights} sections={sections} onChange={setRights} />
        <p class="small">{words(mails ? 'people.addMails' : 'people.addShows')}</p>
        <p>
          <button type="submit" class="primary" disabled={state.people.busy}>
            {words('people.add')}
          </button>
        </p>
      </form>
    </section>
  );
}
