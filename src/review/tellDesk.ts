import type { DeskEventName, DeskEvents } from '../contract/deskEvents.ts';
import type { Reach } from '../contract/principal.ts';
import { addMinutes } from '../contract/time.ts';
import { countHeld, findClaimNews, findStandingNews } from '../record/deskNews.ts';
import { listColleagues } from '../record/presence.ts';
import { findSitesOf } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { writeEvent, type OpenStream, type Streams } from '../record/streams.ts';
import type { Change } from '../record/watch.ts';

/** After how long without a sign of life a tab counts as closed. */
export const presenceMinutes = 0.75;

export type DeskTeller = {
  /** Tells the streams of the site that a change is about; ends all where changes may have been missed. */
  hear(change: Change | undefined): void;
  /** Sends one stream what it begins with: what waits, and who is there. */
  greet(reach: Reach, stream: Pick<OpenStream, 'send'>): Promise<void>;
};

/** The streams of accounts that reach the same comments share a group. */
export function groupOf({ site, sections }: Reach): string {
  return [site, ...sections.toSorted()].join('\n');
}

type Deps = {
  store: Store;
  streams: Streams;
  /** What those reach who listen to a site now, each reach once. */
  reachesOf: (site: string) => Reach[];
  now: () => Date;
};

/** Turns changes into the events of a site's desk, one after the other in the order of their commits. Nobody is told of a
 *  comment that their account does not reach. */
export function createDeskTeller({ store, streams, reachesOf, now }: Deps): DeskTeller {
  const waiting = new Map<string, Change[]>();
  const describe = describeChanges(store, now);
  const tellAll = async (site: string, changes: Change[]): Promise<void> => {
    try {
      for (let change = changes.shift(); change; change = changes.shift()) {
        for (const reach of reachesOf(site)) {
          const text = await describe(change, reach);
          if (text !== '') streams.send(groupOf(reach), text);
        }
      }
    } catch {
      // The database did not answer. The streams end rather than say less than happened.
      for (const reach of reachesOf(site)) streams.end(groupOf(reach));
    } finally {
      waiting.delete(site);
    }
  };
  return {
    hear: (change) => {
      if (!change) return streams.end();
      const { kind, site, id } = change;
      if (!deskKinds.has(kind) || reachesOf(site).length === 0) return;
      const before = waiting.get(site);
      // What waits is read from the database when its turn comes: the same twice would be told twice alike.
      if (before?.some((known) => known.kind === kind && known.id === id)) return;
      if (before) return void before.push(change);
      const changes = [change];
      waiting.set(site, changes);
      void tellAll(site, changes);
    },
    greet: async (reach, stream) => {
      const { site } = reach;
      const plain = { site, story: null, id: null };
      const presence = await describe({ ...plain, kind: 'presence' }, reach);
      stream.send(presence + (await describe({ ...plain, kind: 'held' }, reach)));
    },
  };
}

/** The text of the events that a change makes for whoever reaches so much; '' for none. */
function describeChanges(store: Store, now: () => Date): (change: Change, reach: Reach) => Promise<string> {
  const held = async (reach: Reach): Promise<string> => write('held', await countHeld(store, reach));
  return async ({ kind, site, id }, reach) => {
    if (kind === 'presence') {
      const people = await listColleagues(store, reach, addMinutes(now(), -presenceMinutes));
      return write('presence', { site, people });
    }
    if (kind === 'held') return held(reach);
    if (id === null || (reach.sections.length > 0 && (await findSitesOf(store, [reach], [id])).length === 0)) return '';
    if (kind === 'appealed') return write('appealed', { id });
    if (kind === 'decided') {
      const standing = await findStandingNews(store, { site, id });
      return standing ? write('decided', standing) + (await held(reach)) : '';
    }
    const claim = await findClaimNews(store, { site, id }, now());
    return claim ? write('claimed', claim) : write('released', { id });
  };
}

const deskKinds: ReadonlySet<Change['kind']> = new Set([
  'held',
  'claimed',
  'released',
  'decided',
  'appealed',
  'presence',
]);

function write<Name extends DeskEventName>(name: Name, data: DeskEvents[Name]): string {
  return writeEvent(name, data);
}
