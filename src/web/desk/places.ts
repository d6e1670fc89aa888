import type { Role } from '../../contract/desk.ts';
import { accountHere, type DeskState } from './state.ts';
import type { WordKey } from './wordKeys.ts';

/** The parts of the desk. Beside a case of `queue` and `appeals` keys decide; every other place is a page of its own. */
export type Place =
  | 'queue'
  | 'appeals'
  | 'recheck'
  | 'readers'
  | 'automation'
  | 'guidelines'
  | 'people'
  | 'agreement'
  | 'happened'
  | 'settings'
  | 'preferences';

/** The places of the desk in the order of the masthead: who sees each, and how many wait there. The server refuses by
 *  itself whoever may not act; here only what would be refused is left out. */
export const places: readonly {
  place: Place;
  title: WordKey;
  roles: readonly Role[];
  waiting?: (state: DeskState) => number;
  /** Shown while something waits there: most sites ask for none. */
  isForWaiting?: true;
  /** For accounts that reach the whole site, not sections of it alone. */
  isWhole?: true;
  /** Found in the menu under one's own name. */
  isPersonal?: true;
}[] = [
  { place: 'queue', title: 'queue.title', roles: ['moderator', 'editor', 'admin'] },
  {
    place: 'appeals',
    title: 'appeals.title',
    roles: ['moderator', 'editor', 'admin'],
    waiting: ({ appeals }) => appeals.total,
  },
  {
    place: 'recheck',
    title: 'recheck.title',
    roles: ['moderator', 'editor', 'admin'],
    waiting: ({ recheck }) => recheck.waiting,
    isForWaiting: true,
  },
  {
    place: 'readers',
    title: 'readers.title',
    roles: ['moderator', 'editor', 'admin'],
    waiting: ({ sanctionAppeals }) => sanctionAppeals,
    isWhole: true,
  },
  { place: 'automation', title: 'automation.title', roles: ['editor', 'admin'] },
  { place: 'guidelines', title: 'guidelines.title', roles: ['moderator', 'editor', 'admin'] },
  { place: 'people', title: 'people.title', roles: ['moderator', 'editor', 'admin'] },
  { place: 'agreement', title: 'agreement.title', roles: ['editor', 'admin'] },
  { place: 'happened', title: 'happened.title', roles: ['editor', 'admin'], isWhole: true },
  { place: 'settings', title: 'settings.title', roles: ['moderator', 'editor', 'admin'] },
  { place: 'preferences', title: 'mine.title', roles: ['moderator', 'editor', 'admin'], isPersonal: true },
];

/** Whether the place shows what belongs to one site. The queue may be that of all of one's sites. */
export function isOfOneSite(place: Place): boolean {
  return place !== 'queue' && place !== 'preferences';
}

/** Whether somebody with this account sees a place on the site. */
export function maySee(state: DeskState, wanted: Place): boolean {
  const { role, sections = [] } = accountHere(state) ?? {};
  const { roles = [], isWhole } = places.find(({ place }) => place === wanted) ?? {};
  return role !== undefined && roles.includes(role) && !(isWhole && sections.length > 0);
}
