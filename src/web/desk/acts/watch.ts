import { giveBackOnLeaving, noteWork, renewClaim } from './cases.ts';
import { followAddress } from './address.ts';
import { loadAppeals } from './appeals.ts';
import { listenLive } from './live.ts';
import { sendKept } from './outbox.ts';
import { refreshQueue } from './queue.ts';
import { checkSession } from './session.ts';
import { tickShift } from './shift.ts';
import type { Desk } from '../state.ts';

/** How often the list is read again while somebody looks at it and nothing is heard: a colleague's claim or decision should
 *  be seen before one has read the same comment to its end. */
const refreshMilliseconds = 10_000;

/** How often it is read while the desk hears: for what a notice could have missed. */
const heardMilliseconds = 60_000;

/** Keeps the desk up to date: the list while the window is seen, the network, the session, the clock. */
export function watchTheWorld(desk: Desk): void {
  addEventListener('online', () => void sendKept(desk).then(() => refresh(desk)));
  addEventListener('offline', () => desk.change({ offline: true }));
  // A person who signed in again in another tab comes back to this one.
  addEventListener('focus', () => void lookAgain(desk));
  document.addEventListener('visibilitychange', () => void lookAgain(desk));
  addEventListener('pagehide', () => giveBackOnLeaving(desk));
  for (const sign of ['keydown', 'pointerdown', 'input']) addEventListener(sign, noteWork, { passive: true });
  setInterval(() => void (isDue(desk) ? refresh(desk) : tick(desk)), refreshMilliseconds);
  listenLive(desk);
  followAddress(desk);
}

async function lookAgain(desk: Desk): Promise<void> {
  if (document.visibilityState === 'hidden') return;
  if (desk.read().sessionEnded) await checkSession(desk);
  else await refresh(desk);
}

let refreshing = false;
let refreshedAt = 0;

function isDue(desk: Desk): boolean {
  return desk.read().live.tab === null || Date.now() - refreshedAt >= heardMilliseconds;
}

/** Moves the clock on and keeps the claim, without a look at the list. */
async function tick(desk: Desk): Promise<void> {
  desk.change({ now: Date.now() });
  if (desk.read().phase === 'open' && !desk.read().sessionEnded) await renewClaim(desk);
}

async function refresh(desk: Desk): Promise<void> {
  const { phase, sessionEnded, place } = desk.read();
  desk.change({ now: Date.now() });
  tickShift(desk);
  if (refreshing || phase !== 'open' || sessionEnded || document.visibilityState === 'hidden') return;
  refreshing = true;
  refreshedAt = Date.now();
  try {
    if (place === 'appeals') await loadAppeals(desk);
    else if (place === 'queue') await refreshQueue(desk);
    await renewClaim(desk);
    if (!desk.read().offline) await sendKept(desk);
  } finally {
    refreshing = false;
  }
}
