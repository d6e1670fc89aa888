import type { QueueCounts } from '../../../contract/queueFilter.ts';
import { askedSite, type Desk } from '../state.ts';
import { ask } from './ask.ts';

/** Five counts at once: not at every change that a busy evening brings. */
const pauseMilliseconds = 10_000;

let countedAt = -Infinity;

/** Counts the lists anew where they were not counted just before. */
export async function loadCounts(desk: Desk, { again = true } = {}): Promise<void> {
  const site = askedSite(desk.read());
  if (!again && performance.now() - countedAt < pauseMilliseconds) return;
  countedAt = performance.now();
  const answer = await ask<QueueCounts>(desk, 'getQueueCounts', { query: { site } });
  if (answer.outcome === 'answered' && askedSite(desk.read()) === site)
    desk.change({ lists: { ...desk.read().lists, counts: answer.body } });
}
