import type { VNode } from 'preact';
import { roles, type Role } from '../../../contract/desk.ts';
import { useDesk } from './useDesk.ts';

export type Rights = { role: Role; sections: readonly string[] };

type FieldsProps = { rights: Rights; sections: readonly string[]; onChange: (rights: Rights) => void };

/** A role, and for all but admins the sections that it is limited to. */
export function RightsFields({ rights, sections, onChange }: FieldsProps): VNode {
  const { words } = useDesk();
  const turn = (section: string, isOn: boolean): void => {
    const others = rights.sections.filter((one) => one !== section);
    onChange({ ...rights, sections: isOn ? [...others, section] : others });
  };
  return (
    <>
      <label>
        {words('people.role')}
        <select
          value={rights.role}
          onChange={(event) => {
            const role = roles.find((known) => known === event.currentTarget.value) ?? 'moderator';
            onChange({ role, sections: role === 'admin' ? [] : rights.sections });
          }}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {words(`role.${role}`)}
            </option>
          ))}
        </select>
      </label>
      {rights.role !== 'admin' && sections.length > 0 && (
        <fieldset>
          <legend>{words('people.sections')}</legend>
          <p class="small">{words('people.sectionsMore')}</p>
          {sections.map((section) => (
            <label key={section} class="check">
              <input
                type="checkbox"
                checked={rights.sections.includes(section)}
                onChange={(event) => turn(section, event.currentTarget.checked)}
              />
              <bdi>{section}</bdi>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
