import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { weightsOf } from '../contract/need.ts';
import type { Site } from '../contract/site.ts';
import { atMostEvery, startRounds } from '../dispatch/rounds.ts';
import type { Kept } from '../record/kept.ts';
import { newestSeq, sortSome, unfoldLost } from '../record/sorting.ts';
import type { Store } from '../record/store.ts';
import { noteStories, noteWeights, weighSome } from '../record/weighing.ts';
import { sortComments } from './sortComments.ts';

export type SortingDeps = { store: Store; kept: Kept; now: () => Date; log: (line: string) => void };

export type Sorting = {
  /** Resolves after a whole round that began after this call: everything there is sorted and weighed. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const pauseMilliseconds = 1000;
const storiesEveryMinutes = 0.5;
/** Comments of one transaction: a few tenths of a second on a small machine. */
const mostAtOnce = 500;
/** How long the pass rests after a full batch, in times of what that took. While a flood comes in or readers crowd this
 *  server, they come first: without a rest the pass took a core of two, and with one of twice its time still a third of
 *  what the database had for each submission. When they are served it catches up. */
const restShare = { busy: 10, quiet: 0.5 };
/** From so many comments in a second on it is a flood, whichever server takes them. */
const floodPerSecond = 100;
/** From this share of its time on the server is busy; a tenth of it is the pass's own work. */
const busyShare = 0.5;
/** Held comments whose near copies are looked for: the newest, since a campaign comes within hours. */
const mostKnown = 20_000;

/** Starts to sort, in the background, what intake has stored: the words that the desk's search finds, near copies, and what
 *  reports and traffic add to the queue's order, what finds fault with the newsroom. A submission does not wait for it, and the
 *  queue shows a comment before it is sorted. Every server does so; the database lets one at a time at each site. */
export function startSorting(deps: SortingDeps): Sorting {
  const { kept, now, log } = deps;
  const stopping = new AbortController();
  const watchStories = atMostEvery(storiesEveryMinutes, async (at) => {
    for (const { site } of await kept.listSites()) {
      await noteStories(deps.store, site, at);
      await unfoldLost(deps.store, site);
    }
  });
  const round = async (): Promise<void> => {
    const sites = await kept.listSites();
    // What was noted in the round before: by now no server weighs what comes in by older settings.
    for (const site of sites) await weigh(deps, site, stopping.signal);
    for (const site of sites) await sort(deps, site, stopping.signal);
    await watchStories(now());
    for (const { site, settings } of sites) await noteWeights(deps.store, site, weightsOf(settings));
  };
  const rounds = startRounds(round, {
    pauseMilliseconds,
    onError: (error) => log(`sorting: ${error instanceof Error ? error.name : 'failed'}`),
  });
  return {
    settled: async () => {
      // What the first notes the second weighs.
      await rounds.settled();
      await rounds.settled();
    },
    close: async () => {
      stopping.abort();
      await rounds.close();
    },
  };
}

async function weigh({ store }: SortingDeps, { site }: Site, stopping: AbortSignal): Promise<void> {
  for (;;) {
    const batch = beginBatch();
    if (!(await weighSome(store, site)) || stopping.aborted) return;
    await restAfter(batch, { isFlood: false, stopping });
  }
}

async function sort({ store, now }: SortingDeps, { site, name }: Site, stopping: AbortSignal): Promise<void> {
  let last: Measured | undefined;
  for (;;) {
    const batch = beginBatch();
    const sorted = await sortSome(store, { site, most: mostAtOnce, mostKnown, now: now() }, (unsorted, known) =>
      sortComments(unsorted, known, name),
    );
    if (sorted !== mostAtOnce || stopping.aborted) return;
    const measured = { at: performance.now(), seq: await newestSeq(store, site) };
    // Of the first full batch nothing is known yet but that there was much.
    const rest = { isFlood: last === undefined || isFlood(last, measured), stopping };
    last = measured;
    await restAfter(batch, rest);
  }
}

type Batch = { began: number; loop: EventLoopUtilization };

function beginBatch(): Batch {
  return { began: performance.now(), loop: performance.eventLoopUtilization() };
}

type Measured = { at: number; seq: number };

function isFlood(before: Measured, after: Measured): boolean {
  return (after.seq - before.seq) / ((after.at - before.at) / 1000) >= floodPerSecond;
}

function restAfter(
  { began, loop }: Batch,
  { isFlood, stopping }: { isFlood: boolean; stopping: AbortSignal },
): Promise<void> {
  const isBusy = isFlood || performance.eventLoopUtilization(loop).utilization >= busyShare;
  const milliseconds = (performance.now() - began) * (isBusy ? restShare.busy : restShare.quiet);
  // Woken by the end, which is no failure.
  return pause(milliseconds, undefined, { signal: stopping }).catch(() => {});
}
