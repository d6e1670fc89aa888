import { freshDeciding } from '../decidingState.ts';
import { freshHappened } from '../happenedState.ts';
import { rememberEverywhere, rememberSite } from '../memory.ts';
import { freshPeople } from '../peopleState.ts';
import type { Place } from '../places.ts';
import { freshRulebook } from '../rulebookState.ts';
import { freshSettings } from '../settingsState.ts';
import type { QueueFilter } from '../shapes.ts';
import { accountHere, askedSite, everySite, noQueue, silence, tell, wishFocus, wordsFor } from '../state.ts';
import type { Desk, DeskState } from '../state.ts';
import { loadAppeals } from './appeals.ts';
import { loadAside } from './aside.ts';
import { leaveCase } from './cases.ts';
import { chooseLanguage } from './language.ts';
import { goTo } from './places.ts';
import { loadQueue, turnTo } from './queue.ts';
import { loadRecheck } from './recheck.ts';
import { readRules } from './rules.ts';
import { countSanctionAppeals } from './sanctions.ts';
import { loadViews } from './views.ts';

/** Turns to another site of the same moderator, or to the queue of all their sites (`everySite`). Whatever belongs to one
 *  site stays that of the one chosen last. */
export async function switchSite(desk: Desk, wanted: string): Promise<void> {
  leaveCase(desk);
  const { site: siteNow, filter, lists, deciding } = desk.read();
  const everywhere = wanted === everySite;
  const site = everywhere ? siteNow : wanted;
  turnPlaces(desk, site);
  rememberEverywhere(everywhere);
  desk.change({
    shown: null,
    ready: null,
    nothingLeft: false,
    filter: { ...filter, asked: {}, everywhere },
    lists: { ...lists, views: [], counts: null },
    queue: noQueue,
    live: silence,
    // Among all of one's sites a verdict that was given before on one of them can still be undone.
    deciding: { ...freshDeciding, undo: everywhere ? deciding.undo : [] },
    place: 'queue',
  });
  await chooseLanguage(desk);
  await readSite(desk);
  saySite(desk);
}

/** What the places of the desk show belongs to one site: nothing of another's stays. */
function turnPlaces(desk: Desk, site: string): void {
  rememberSite(site);
  const state = desk.read();
  if (site !== state.site) desk.change({ site, ...freshPlaces(state) });
}

function freshPlaces({ happened }: DeskState): Partial<DeskState> {
  return {
    agreement: { view: null, phase: 'loading' },
    recheck: { comment: null, waiting: 0, phase: 'loading' },
    appeals: { rows: [], total: 0, shown: null, phase: 'loading' },
    sanctionAppeals: 0,
    automation: { rows: [], chosen: {}, busy: false, phase: 'loading' },
    happened: { ...freshHappened, days: happened.days },
    settings: freshSettings,
    rulebook: freshRulebook,
    people: freshPeople,
  };
}

function saySite(desk: Desk): void {
  const state = desk.read();
  const words = wordsFor(desk);
  const isEverywhere = askedSite(state) === everySite;
  const site = isEverywhere ? words('filters.everywhere') : (accountHere(state)?.siteName ?? state.site);
  tell(desk, isEverywhere ? site : words('said.site', { site }));
}

/** Lists what a view or an address asks for, which may be of `site` or of all of one's sites. */
export async function turnToAsked(desk: Desk, filter: QueueFilter, site = desk.read().site): Promise<void> {
  const before = askedSite(desk.read());
  turnPlaces(desk, site);
  if (filter.everywhere !== undefined) rememberEverywhere(filter.everywhere);
  await turnTo(desk, filter);
  if (askedSite(desk.read()) === before) return;
  saySite(desk);
  await readBeside(desk);
}

/** Lists what a view says, of the site that it was kept on, and puts the views away. */
export async function openView(desk: Desk, filter: QueueFilter, site?: string): Promise<void> {
  desk.change({ lists: { ...desk.read().lists, viewsShown: false } });
  await turnToAsked(desk, filter, filter.everywhere === true ? undefined : site);
  wishFocus(desk, 'row');
}

/** Turns to a place of a comment's own site. */
export async function goToOf(desk: Desk, place: Place, site: string): Promise<void> {
  if (site !== desk.read().site) {
    turnPlaces(desk, site);
    void readBeside(desk);
  }
  await goTo(desk, place);
}

/** Reads what the desk shows of the site, or of all of one's sites: the queue and whatever stands beside it. */
export async function readSite(desk: Desk): Promise<void> {
  await Promise.all([readRules(desk), loadQueue(desk), readBeside(desk)]);
}

async function readBeside(desk: Desk): Promise<void> {
  await Promise.all([
    loadViews(desk),
    loadAppeals(desk),
    loadAside(desk),
    loadRecheck(desk),
    countSanctionAppeals(desk),
  ]);
}
