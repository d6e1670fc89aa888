import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { tokenScopes, type TokenScope } from '../../../contract/desk.ts';
import type { ProgramRow } from '../../../contract/people.ts';
import { makeToken, revokeToken } from '../acts/people.ts';
import { tellTime } from '../clock.ts';
import { useDesk } from './useDesk.ts';

/** The programs of the site, each with its token's end, and the making of another. */
export function Programs({ programs }: { programs: readonly ProgramRow[] }): VNode {
  const { desk, state, words } = useDesk();
  return (
    <section aria-labelledby="programs">
      <h3 id="programs">{words('people.programs')}</h3>
      <p class="small">{words('people.programsMore')}</p>
      <ul class="sessions">
        {programs.map((program) => (
          <li key={program.id}>
            <span id={`program-${program.id}`}>
              <bdi class="name">{program.name}</bdi> (
              {program.scopes.map((scope) => words(`scope.${scope}`)).join(' · ')}
              ), {tellTime(program.createdAt)}
            </span>
            <button
              type="button"
              aria-describedby={`program-${program.id}`}
              disabled={state.people.busy}
              onClick={() => void revokeToken(desk, program)}
            >
              {words('people.revoke')}
            </button>
          </li>
        ))}
      </ul>
      <TokenForm />
    </section>
  );
}

function TokenForm(): VNode {
  const { desk, state, words } = useDesk();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['desk']);
  const make = async (): Promise<void> => {
    if (await makeToken(desk, name, scopes)) setName('');
  };
  return (
    <form
      class="person-form"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <label>
        {words('people.programName')}
        <input
          required
          maxLength={80}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <fieldset>
        <legend>{words('people.scopes')}</legend>
        {tokenScopes.map((scope) => (
          <label key={scope} class="check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                setScopes(tokenScopes.filter((one) => (one === scope ? checked : scopes.includes(one))))
              }
            />
            {words(`scope.${scope}`)}
          </label>
        ))}
      </fieldset>
      <p>
        <button type="submit" disabled={state.people.busy || scopes.length === 0}>
          {words('people.makeToken')}
        </button>
      </p>
    </form>
  );
}
