import type { Site } from '../contract/site.ts';
import { mostShift } from '../contract/secondReading.ts';
import { addMinutes } from '../contract/time.ts';
import type { Kept } from '../record/kept.ts';
import { endTurn, recordSecondReading, spendQuestion, takeTurn, type Turn } from '../record/secondReadings.ts';
import type { Store } from '../record/store.ts';
import type { Breaker } from './breaker.ts';
import type { Asked, Reader, Said } from './reader.ts';

/** One second reader at work in one process. */
export type Lane = {
  store: Store;
  kept: Kept;
  reader: Reader;
  breaker: Breaker;
  now: () => Date;
  log: (line: string) => void;
  /** Counts what became of a turn, for /metrics. */
  count: (outcome: Outcome) => void;
  /** Sites whose questions of a day (`yyyy-mm-dd`, UTC) are spent. */
  spent: Map<string, string>;
  /** Ends the taking of turns, and the questions that are under way. */
  stopping: AbortSignal;
};

export const outcomes = ['read', 'failed', 'moved_on', 'spent'] as const;
export type Outcome = (typeof outcomes)[number];

/** Where screening is unsure: below, nothing is suspected, and above, a breach is clear (screening's own two lines). */
export const uncertainBand = { from: 0.35, to: 0.75 };

/** How often one comment is put before a reader that fails; then it waits without, as all the others do. */
export const mostAttempts = 3;
const pauseMinutes = [2, 15, 15];

/** Puts the uncertain comments of these sites before the reader, a comment of each site in turn, until none is left, the
 *  breaker is open, or the process stops. Nothing here decides: a comment stays held whatever is said of it. */
export async function readUncertain(lane: Lane, sites: readonly Site[]): Promise<void> {
  let left = sites;
  while (left.length > 0) {
    const more: Site[] = [];
    for (const site of left) if (await readOne(lane, site)) more.push(site);
    left = more;
  }
}

/** Reads one comment; whether it is worth asking for another of this site. */
async function readOne(lane: Lane, site: Site): Promise<boolean> {
  const { reader, breaker, store, kept } = lane;
  if (lane.stopping.aborted || breaker.isOpen(lane.now()) || lane.spent.get(site.site) === dayOf(lane)) return false;
  const guidelines = (await kept.listGuidelines(site.site)).filter(({ key }) => reader.speaksOf?.includes(key) ?? true);
  if (guidelines.length === 0) return false;
  const now = lane.now();
  const { name, languages, milliseconds } = reader;
  const filter = { site: site.site, reader: name, languages, band: uncertainBand, mostAttempts };
  // Longer than any reading; of a process that died the turn goes to another after it.
  const turn = await takeTurn(store, filter, { now, leasedUntil: addMinutes(now, 1 + milliseconds / 60_000) });
  if (!turn) return false;
  if (!breaker.enter(lane.now())) {
    await giveBack(lane, turn);
    return false;
  }
  const story = await kept.findStory(turn.site, turn.story);
  const asked = { text: turn.text, headline: story?.headline ?? null, language: site.language, guidelines };
  const begin = performance.now();
  const said = await ask(lane, turn, asked);
  return settle(lane, turn, { said, milliseconds: Math.round(performance.now() - begin) });
}

async function ask(lane: Lane, turn: Turn, asked: Asked): Promise<Said> {
  const { reader, breaker, store } = lane;
  const spend = async (): Promise<boolean> => {
    if (reader.daily === undefined) return true;
    const day = dayOf(lane);
    const isSpent = !(await spendQuestion(store, { site: turn.site, reader: reader.name, day, most: reader.daily }));
    if (isSpent) lane.spent.set(turn.site, day);
    return !isSpent;
  };
  try {
    return await reader.read(asked, { signal: lane.stopping, spend });
  } catch (error) {
    // The database is away: the lease runs out by itself.
    breaker.leave();
    throw error;
  }
}

async function settle(
  lane: Lane,
  turn: Turn,
  { said, milliseconds }: { said: Said; milliseconds: number },
): Promise<boolean> {
  const { breaker, reader } = lane;
  // A server that shuts down broke it off; the next one takes it up as if it had not been asked.
  const isBrokenOff = said.said === 'failed' && lane.stopping.aborted;
  if (said.said === 'unasked' || isBrokenOff) {
    breaker.leave();
    if (!isBrokenOff) lane.count('spent');
    await giveBack(lane, turn);
    return false;
  }
  if (said.said === 'failed') {
    await noteFailure(lane, turn, said.failure);
    return true;
  }
  breaker.succeed();
  const { scores, reason } = said;
  const shift = weighShift(scores);
  const recorded = await recordSecondReading(lane.store, turn, {
    model: reader.model,
    scores,
    reason,
    shift,
    milliseconds,
    now: lane.now(),
  });
  lane.count(recorded === 'recorded' ? 'read' : 'moved_on');
  return true;
}

async function noteFailure(
  { breaker, reader, store, now, log, count }: Lane,
  turn: Turn,
  failure: string,
): Promise<void> {
  count('failed');
  const again = breaker.fail(now());
  if (again) log(`second reader ${reader.name}: it fails (${failure}), asked again after ${again.toISOString()}`);
  const dueAt = addMinutes(now(), pauseMinutes[turn.attempts - 1] ?? 15);
  await endTurn(store, turn, { dueAt, failure, counts: true });
}

function dayOf({ now }: Lane): string {
  return now().toISOString().slice(0, 10);
}

function giveBack({ store, now }: Lane, turn: Turn): Promise<void> {
  return endTurn(store, turn, { dueAt: now(), failure: null, counts: false });
}

/** How far a reading moves its comment in the queue's order: a fifth up where a breach is certain, a fifth down where none
 *  is likely. So little because whoever writes a comment may talk a model into anything: an order that was bent by a
 *  fifth is the worst that comes of it. Pure; -0.2 to 0.2. */
export function weighShift(scores: Readonly<Record<string, number>>): number {
  const highest = Math.max(0, ...Object.values(scores));
  return Math.round((highest - 0.5) * 2 * mostShift * 1000) / 1000;
}
