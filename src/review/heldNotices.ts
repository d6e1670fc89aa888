import { announceHeld } from '../record/deskNews.ts';
import type { Store } from '../record/store.ts';

export type HeldNotices = { note(site: string): void; close(): void };

/** Between two notices of one site. */
const quietMilliseconds = 1_000;

/** Announces held comments: the first of a site at once, those of the next second together. A notice that fails is not
 *  repeated: every desk reads its queue anew by the minute. */
export function createHeldNotices(store: Store): HeldNotices {
  const quiet = new Map<string, { timer: NodeJS.Timeout; more: boolean }>();
  const announce = (site: string): void => {
    void announceHeld(store, site).catch(() => {});
    const timer = setTimeout(() => {
      const more = quiet.get(site)?.more;
      quiet.delete(site);
      if (more) announce(site);
    }, quietMilliseconds);
    timer.unref();
    quiet.set(site, { timer, more: false });
  };
  return {
    note: (site) => {
      const now = quiet.get(site);
      if (now) now.more = true;
      else announce(site);
    },
    close: () => {
      for (const { timer } of quiet.values()) clearTimeout(timer);
      quiet.clear();
    },
  };
}
