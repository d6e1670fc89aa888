import type { DeskEventName, DeskEvents } from '../../../contract/deskEvents.ts';
import { addressOf, callApi } from '../../api.ts';
import { askedSite, isKept, isMine, silence, tell, wordsFor, type Desk } from '../state.ts';
import { loadAppeals } from './appeals.ts';
import { forgetClaim } from './cases.ts';
import { refreshCase, refreshQueue } from './queue.ts';
import { dropRow, isRunning, patchRow } from './rows.ts';
import { countSanctionAppeals } from './sanctions.ts';

/** After how long a desk that was refused a stream asks again. Until then it reads the list by the clock. */
const retryMilliseconds = 30_000;

/** Several notices of one moment make one look at the list. */
const gatherMilliseconds = 400;

/** What was told last of each site that is listened to. */
const heldOn = new Map<string, DeskEvents['held']>();

let source: EventSource | undefined;
let listensTo = '';
let refreshing: ReturnType<typeof setTimeout> | undefined;

/** Listens to the desk of the site that is open, or of all of one's sites in one stream (a browser has six connections to a
 *  server over HTTP/1.1, for all of its tabs), for as long as the session stands. Where the stream fails, the list is
 *  read by the clock as without it. */
export function listenLive(desk: Desk): void {
  const follow = (): void => {
    const { phase, sessionEnded } = desk.read();
    const site = askedSite(desk.read());
    const wanted = phase === 'open' && !sessionEnded ? site : '';
    if (wanted !== listensTo) listenTo(desk, wanted);
    sayLook(desk);
  };
  desk.watch(follow);
  follow();
}

function listenTo(desk: Desk, site: string): void {
  source?.close();
  listensTo = site;
  heldOn.clear();
  if (desk.read().live !== silence) desk.change({ live: silence });
  if (site === '') return;
  const opened = new EventSource(addressOf('getDeskEvents', { params: { site } }));
  source = opened;
  for (const name of Object.keys(hearers) as DeskEventName[]) {
    opened.addEventListener(name, (event: MessageEvent<string>) => {
      if (source === opened) hear(desk, name, JSON.parse(event.data));
    });
  }
  opened.addEventListener('error', () => {
    if (source !== opened) return;
    desk.change({ live: silence });
    if (opened.readyState !== EventSource.CLOSED) return;
    // Refused: the session may have ended, which the next look at the list finds out.
    refreshSoon(desk);
    setTimeout(() => {
      if (source === opened) listenTo(desk, site);
    }, retryMilliseconds);
  });
}

type Hearers = { [Name in DeskEventName]: (desk: Desk, data: DeskEvents[Name]) => void };

const hearers: Hearers = {
  // Nothing is replayed: what happened before is in the list.
  begun: (desk, { tab }) => {
    const { live } = desk.read();
    if (live.tab !== tab) desk.change({ live: { tab, people: {} } });
    refreshSoon(desk);
  },
  presence: (desk, { site, people }) => {
    const { live } = desk.read();
    desk.change({ live: { ...live, people: { ...live.people, [site]: people } } });
  },
  held: (desk, held) => {
    heldOn.set(held.site, held);
    const { filter, queue } = desk.read();
    const isNarrowed = Object.keys(filter.asked).length > 0;
    const all = [...heldOn.values()];
    const isLeast = all.some((one) => one.isLeast);
    const count = all.reduce((sum, one) => sum + one.count, 0);
    if (filter.state === 'held' && (isLeast || isNarrowed || count !== queue.total)) refreshSoon(desk);
  },
  appealed: (desk) => {
    void loadAppeals(desk);
    void countSanctionAppeals(desk);
  },
  claimed: hearClaim,
  released: (desk, { id }) => patchRow(desk, id, { claim: null }),
  decided: hearDecision,
};

function hear<Name extends DeskEventName>(desk: Desk, name: Name, data: DeskEvents[Name]): void {
  hearers[name](desk, data);
}

function hearClaim(desk: Desk, { id, account, by, expiresAt }: DeskEvents['claimed']): void {
  const state = desk.read();
  const mine = isMine(state, account);
  const { shown, ready } = state;
  const wasMine = shown?.id === id && shown.claim?.mine === true && isRunning(shown.claim, Date.now());
  patchRow(desk, id, { claim: { by, mine, expiresAt } });
  if (mine) return;
  forgetClaim(id);
  if (ready?.id === id) desk.change({ ready: null });
  if (wasMine) tell(desk, wordsFor(desk)('said.takenOver', { by }), 'bad');
}

function hearDecision(desk: Desk, { id, state }: DeskEvents['decided']): void {
  const now = desk.read();
  // A colleague answered its author: the appeal is nobody's any more.
  if (now.appeals.rows.some(({ comment }) => comment.id === id)) void loadAppeals(desk);
  // One's own verdict on its way is answered by itself.
  if (isKept(now, id)) return;
  if (now.filter.state === 'held' && state !== 'held') dropRow(desk, id);
  else refreshSoon(desk);
  if (now.ready?.id === id) desk.change({ ready: null });
  if (now.shown?.id === id) void refreshCase(desk, now.shown);
}

function refreshSoon(desk: Desk): void {
  if (refreshing !== undefined) return;
  refreshing = setTimeout(() => {
    refreshing = undefined;
    const { phase, sessionEnded, place, busy } = desk.read();
    if (phase !== 'open' || sessionEnded || document.visibilityState === 'hidden') return;
    if (busy) refreshSoon(desk);
    else if (place === 'queue') void refreshQueue(desk);
  }, gatherMilliseconds);
}

let said: { tab: string; site: string; comment: string | null } | undefined;

/** Tells the server which comment lies on the table, whenever that changed, and that the one before no longer does where it
 *  is another site's. Nobody waits for it, and nothing depends on it. */
function sayLook(desk: Desk): void {
  const { live, shown, place, site: chosen } = desk.read();
  const { tab } = live;
  if (tab === null) return;
  const before = said?.tab === tab ? said : undefined;
  const { id: comment, site } = place === 'queue' && shown ? shown : { id: null, site: before?.site ?? chosen };
  if (before && before.comment === comment) return;
  said = { tab, site, comment };
  if (before && before.site !== site) put(before.site, tab, null);
  put(site, tab, comment);
}

function put(site: string, tab: string, comment: string | null): void {
  void callApi('putPresence', { params: { site }, body: { tab, comment } });
}
