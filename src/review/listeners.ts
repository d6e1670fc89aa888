import { accountFor, reachOf, type Principal, type Reach } from '../contract/principal.ts';
import { addMinutes } from '../contract/time.ts';
import { keepPresence, leaveDesk } from '../record/presence.ts';
import type { Store } from '../record/store.ts';
import { groupOf, presenceMinutes } from './tellDesk.ts';

/** Somebody who listens to a desk in a tab. */
export type Listener = { end(): void; site: string; tab: string; principal: Principal; reach: Reach };

export type Listeners = {
  add(listener: Listener): void;
  leave(listener: Listener): void;
  /** What those reach who listen to a site, each reach once. */
  reachesOf(site: string): Reach[];
  /** Ends whoever may no longer listen, or reaches other comments than before. */
  lookAnew(): Promise<void>;
  /** Speaks for the tabs that are open. */
  keepTabs(): Promise<void>;
  /** Resolves when everybody who left is forgotten. */
  settle(): Promise<void>;
};

type Deps = {
  store: Store;
  renew: (principal: Principal, now: Date) => Promise<Principal | undefined>;
  now: () => Date;
};

/** Who listens to the desks of this process. */
export function createListeners({ store, renew, now }: Deps): Listeners {
  const listening = new Set<Listener>();
  const leaving = new Set<Promise<void>>();
  return {
    add: (listener) => void listening.add(listener),
    leave: (listener) => {
      listening.delete(listener);
      // A row that cannot be deleted now is forgotten within a minute, as after the death of a process.
      const gone = leaveDesk(store, listener).catch(() => {});
      leaving.add(gone);
      void gone.finally(() => leaving.delete(gone));
    },
    reachesOf: (site) => {
      const here = [...listening].filter((one) => one.site === site);
      return [...new Map(here.map(({ reach }) => [groupOf(reach), reach])).values()];
    },
    lookAnew: async () => {
      for (const one of listening) {
        // Whether somebody may still listen cannot be known without the database: then they do not.
        const renewed = await renew(one.principal, now()).catch(() => undefined);
        const account = renewed && accountFor(renewed, 'queue.read', one.site);
        if (account && groupOf(reachOf(account)) === groupOf(one.reach)) one.principal = renewed;
        else one.end();
      }
    },
    keepTabs: async () => {
      const at = now();
      if (listening.size > 0)
        await keepPresence(store, [...listening], { at, goneBefore: addMinutes(at, -presenceMinutes) });
    },
    settle: async () => void (await Promise.all(leaving)),
  };
}
