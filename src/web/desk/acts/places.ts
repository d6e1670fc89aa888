import { isOfOneSite, type Place } from '../places.ts';
import { accountHere, askedSite, everySite, tell, wordsFor, type Desk } from '../state.ts';
import { loadAutomation } from './automation.ts';
import { loadRecheck } from './recheck.ts';
import { countSanctionAppeals } from './sanctions.ts';

// What a place reads anew whenever somebody turns to it.
const loaders: Partial<Record<Place, (desk: Desk) => Promise<void>>> = {
  automation: loadAutomation,
  guidelines: async (desk) => (await import('./rulebook.ts')).loadRulebook(desk),
  readers: countSanctionAppeals,
  people: async (desk) => (await import('./people.ts')).loadPeople(desk),
  agreement: async (desk) => (await import('./agreement.ts')).loadAgreement(desk),
  happened: async (desk) => (await import('./happened.ts')).loadHappened(desk),
  recheck: loadRecheck,
  settings: async (desk) => (await import('./settings.ts')).loadSettings(desk),
};

/** Turns to a place of the desk, and reads what it shows. */
export async function goTo(desk: Desk, place: Place): Promise<void> {
  desk.change({ place, face: 'list' });
  const state = desk.read();
  // Of which of one's sites: nobody has chosen it just now.
  if (askedSite(state) === everySite && isOfOneSite(place))
    tell(desk, wordsFor(desk)('said.site', { site: accountHere(state)?.siteName ?? state.site }));
  await loaders[place]?.(desk);
}
