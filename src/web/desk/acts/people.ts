import type { PeopleView, PersonRow, SessionLine } from '../../../contract/people.ts';
import type { Role, TokenScope } from '../../../contract/desk.ts';
import type { RouteName } from '../../../contract/routes.ts';
import type { ApiCall } from '../../api.ts';
import type { PeopleState } from '../peopleState.ts';
import { accountHere, tell, wordsFor, type Desk } from '../state.ts';
import type { WordKey } from '../wordKeys.ts';
import { ask } from './ask.ts';
import { tellFailure } from './refusal.ts';

/** Reads one's own sessions, and for an admin the people and programs of the site. */
export async function loadPeople(desk: Desk): Promise<void> {
  const { site } = desk.read();
  change(desk, { phase: 'loading', told: null });
  await readPeople(desk, site);
}

async function readPeople(desk: Desk, site: string): Promise<void> {
  const isAdmin = accountHere(desk.read())?.role === 'admin';
  const [own, view] = await Promise.all([
    ask<{ sessions: readonly SessionLine[] }>(desk, 'getSessions'),
    isAdmin ? ask<PeopleView>(desk, 'getPeople', { params: { site } }) : undefined,
  ]);
  if (desk.read().site !== site) return;
  if (own.outcome !== 'answered' || (view && view.outcome !== 'answered')) {
    change(desk, { phase: 'unreachable' });
    return;
  }
  change(desk, { phase: 'ready', own: own.body.sessions, view: view?.body ?? null });
}

export type NewPerson = { email: string; name: string; role: Role; sections: readonly string[] };

/** Adds a person; what brings them in is told once. Resolves to whether it was done, as every act of this page. */
export async function addPerson(desk: Desk, person: NewPerson): Promise<boolean> {
  return act<{ signIn: string | null }>(desk, 'postPerson', {
    call: { body: person },
    done: ({ signIn }) => change(desk, { told: { kind: 'signIn', who: person.email, value: signIn } }),
    say: ['people.saidAdded', { who: person.email }],
  });
}

/** Changes role, sections and name. */
export async function changePerson(
  desk: Desk,
  { id, name }: PersonRow,
  to: Omit<NewPerson, 'email'>,
): Promise<boolean> {
  return act(desk, 'putPerson', {
    call: { params: { person: id }, body: to },
    say: ['people.saidChanged', { who: to.name || name }],
  });
}

/** Removes a person from the site. */
export async function removePerson(desk: Desk, { id, name }: PersonRow): Promise<boolean> {
  return act(desk, 'deletePerson', { call: { params: { person: id } }, say: ['people.saidRemoved', { who: name }] });
}

/** Makes a new one-time sign-in for a person. */
export async function renewSignIn(desk: Desk, { id, name }: PersonRow): Promise<boolean> {
  return act<{ signIn: string | null }>(desk, 'postPersonSignIn', {
    call: { params: { person: id }, body: {} },
    done: ({ signIn }) => change(desk, { told: { kind: 'signIn', who: name, value: signIn } }),
    say: ['people.saidSignIn', { who: name }],
  });
}

/** Ends a session: one's own, or that of a person of the site. */
export async function endSession(desk: Desk, session: SessionLine, person?: PersonRow): Promise<boolean> {
  const call = { params: { session: session.id, ...(person && { person: person.id }) } };
  return act(desk, person ? 'deletePersonSession' : 'deleteOwnSession', { call, say: ['people.saidEnded', {}] });
}

/** Makes a token for a program, told once. */
export async function makeToken(desk: Desk, name: string, scopes: readonly TokenScope[]): Promise<boolean> {
  return act<{ token: string }>(desk, 'postToken', {
    call: { body: { name, scopes } },
    done: ({ token }) => change(desk, { told: { kind: 'token', who: name, value: token } }),
    say: ['people.saidToken', { who: name }],
  });
}

/** Revokes a program's token. */
export async function revokeToken(desk: Desk, program: { id: string; name: string }): Promise<boolean> {
  const call = { params: { program: program.id } };
  return act(desk, 'deleteToken', { call, say: ['people.saidRevoked', { who: program.name }] });
}

/** Puts away what was told once. */
export function forgetTold(desk: Desk): void {
  change(desk, { told: null });
}

type Act<Body> = { call: ApiCall; done?: (body: Body) => void; say: [WordKey, Record<string, string>] };

async function act<Body>(desk: Desk, route: RouteName, { call, done, say }: Act<Body>): Promise<boolean> {
  const { site, people } = desk.read();
  if (people.busy) return false;
  change(desk, { busy: true, told: null });
  const answer = await ask<Body>(desk, route, { ...call, params: { site, ...call.params } });
  change(desk, { busy: false });
  if (answer.outcome !== 'answered') {
    tellFailure(desk, answer);
    return false;
  }
  done?.(answer.body);
  tell(desk, wordsFor(desk)(...say), 'good');
  await readPeople(desk, site);
  return true;
}

function change(desk: Desk, patch: Partial<PeopleState>): void {
  desk.change({ people: { ...desk.read().people, ...patch } });
}
