import { readPeriod, writePeriod } from '../happenedState.ts';
import { maySee } from '../places.ts';
import type { Desk, DeskState } from '../state.ts';
import { readAddress, writeAddress } from './filter.ts';
import { goTo } from './places.ts';
import { turnToAsked } from './site.ts';

/** Keeps the page's address at what is shown, so that a list or a picture survives a reload and can be sent to a colleague. */
export function followAddress(desk: Desk): void {
  // The days that the page was opened with; they can be read only once it is known who looks.
  let asked = readPeriod(location.hash);
  desk.watch(() => {
    if (desk.read().phase !== 'open') return;
    const days = asked;
    asked = undefined;
    if (days !== undefined && maySee(desk.read(), 'happened')) void lookBack(desk, days);
    const wanted = writeShown(desk.read());
    if (wanted !== location.hash) history.replaceState(null, '', location.pathname + location.search + wanted);
  });
  // An address that was pasted into this very tab, or a link to other days: nothing else would load.
  addEventListener('hashchange', () => {
    const days = readPeriod(location.hash);
    if (days === undefined) void turnToAsked(desk, readAddress(location.hash));
    else if (maySee(desk.read(), 'happened')) void lookBack(desk, days);
  });
}

function writeShown({ place, filter, happened }: DeskState): string {
  if (place === 'happened') return writePeriod(happened.days);
  return place === 'queue' ? writeAddress(filter) : '';
}

async function lookBack(desk: Desk, days: number): Promise<void> {
  desk.change({ happened: { ...desk.read().happened, days } });
  await goTo(desk, 'happened');
}
