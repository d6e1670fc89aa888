import { refusedDays } from '../contract/authorMail.ts';
import { appealDays, type Site } from '../contract/site.ts';
import { addDays, addMinutes } from '../contract/time.ts';
import {
  deleteContacts,
  deleteContactsOfErased,
  deleteEnded,
  deletePushes,
  deleteQuestionDays,
  deleteSettled,
  deleteTurns,
  eraseEnded,
  forgetFingerprints,
  forgetMailAddresses,
  forgetMarks,
  forgetNetworks,
  forgetReportNetworks,
  forgetReporters,
  freeUnusedNames,
  type RetentionStep,
} from '../record/retention.ts';
import type { Store } from '../record/store.ts';

/** Hours for which the digest of a submission's network is kept (threats.md §5: its key is gone by then). */
const networkHours = 72;
/** Days for which the digest of a submission's body is kept. */
const fingerprintDays = 30;
/** Days for which the outbox keeps what it delivered, and what it gave up. */
const deliveredDays = 30;
const failedDays = 90;
/** Days for which one-time sign-ins and sessions are kept after their end, for whoever looks into a break-in. */
const signInDays = 30;
const sessionDays = 30;
/** Days for which it is kept how many questions second readers were asked. */
const questionDays = 30;

// Small enough that no lock is held for long, large enough that a day's load is done in a minute.
const batch = 200;

/** Everything that is to be forgotten by now, in the order of what a reader was promised first. */
export function listRetention(sites: readonly Site[], now: Date): RetentionStep[] {
  const daysAgo = (days: number): Date => addDays(now, -days);
  return [
    forgetNetworks(addMinutes(now, -60 * networkHours)),
    forgetReportNetworks(addMinutes(now, -60 * networkHours)),
    deleteContacts(now),
    deleteContactsOfErased(),
    deletePushes(now),
    forgetMailAddresses(daysAgo(1), daysAgo(refusedDays)),
    ...sites.flatMap((site) => listForSite(site, now)),
    forgetFingerprints(daysAgo(fingerprintDays)),
    forgetMarks(daysAgo(appealDays)),
    deleteEnded.challenges(daysAgo(1)),
    deleteEnded.readerTokens(now),
    deleteEnded.claims(daysAgo(1)),
    deleteEnded.signIns(daysAgo(signInDays)),
    deleteEnded.sessions(daysAgo(sessionDays)),
    deleteSettled(daysAgo(deliveredDays), daysAgo(failedDays)),
    deleteTurns(),
    deleteQuestionDays(daysAgo(questionDays)),
  ];
}

function listForSite({ site, settings }: Site, now: Date): RetentionStep[] {
  const days = settings['retention.rejectedDays'];
  const reporters = forgetReporters(site, addDays(now, -(appealDays + settings['retention.contactDays'])));
  const names = freeUnusedNames(site, addDays(now, -settings['names.unusedDays']));
  const always = [reporters, names];
  return days === 0 ? always : [eraseEnded(site, addDays(now, -days), now), ...always];
}

/** Does every step until nothing is left of it, in bounded transactions, and returns how many rows were dealt with. Ends
 *  early where another process is at it, and when `stopping` says so. */
export async function retain(store: Store, steps: readonly RetentionStep[], stopping: AbortSignal): Promise<number> {
  let total = 0;
  for (const step of steps) {
    for (let done: number | undefined = batch; done === batch; total += done ?? 0) {
      if (stopping.aborted) return total;
      done = await step(store, batch);
      if (done === undefined) return total;
    }
  }
  return total;
}
