import type { PeopleView, SessionLine } from '../../contract/people.ts';

/** What an admin is told once and nowhere again: a one-time address or a token, and for whom. `value` is null where a mail
 *  brings it. */
export type ToldOnce = { kind: 'signIn' | 'token'; who: string; value: string | null };

/** The page of people: one's own sessions, and for admins the accounts and programs of the site. */
export type PeopleState = {
  phase: 'loading' | 'ready' | 'unreachable';
  own: readonly SessionLine[];
  view: PeopleView | null;
  told: ToldOnce | null;
  busy: boolean;
};

/** The page before anything was read. */
export const freshPeople: PeopleState = { phase: 'loading', own: [], view: null, told: null, busy: false };
