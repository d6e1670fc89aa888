import { accountFor, type Account } from '../contract/principal.ts';
import { carryOutNext, findNextDue, type Judge } from '../record/pendingDecisions.ts';
import type { Store } from '../record/store.ts';
import type { Watch } from '../record/watch.ts';
import { weigh } from './verdict.ts';

/** The carrying out of pending verdicts by this process. */
export type CarryingOut = {
  /** Resolves after a whole round that began after this call: everything due was carried out. */
  settled(): Promise<void>;
  /** Begins nothing more; resolves when the round under way is done. What is pending waits for the next process. */
  close(): Promise<void>;
};

export type CarryingOutDeps = { store: Store; watch: Watch; now: () => Date; log: (line: string) => void };

/** Looked at least so often, for a process that does not hear what others were given (a PgBouncer without LISTEN). */
const pollMilliseconds = 2_000;
/** For what is due and another process has in its hands. */
const leastMilliseconds = 50;

/** Carries out verdicts when their time has come: at the next due time, which a new one may bring forward, and at the start
 *  whatever is overdue. Every server does so over the same rows. A failing database is said once in the log; the verdicts
 *  then wait, and their comments with them. */
export function startCarryingOut({ store, watch, now, log }: CarryingOutDeps): CarryingOut {
  let closed = false;
  let isFailing = false;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      let more = true;
      while (more && !closed) more = (await carryOutNext(store, now(), judge)) !== undefined;
      const next = closed ? undefined : await findNextDue(store);
      isFailing = false;
      plan(next === undefined ? pollMilliseconds : next.getTime() - now().getTime());
    } catch (error) {
      if (!isFailing) log(`pending decisions wait: ${error instanceof Error ? error.name : 'failed'}`);
      isFailing = true;
      plan(pollMilliseconds);
    }
  };
  const begin = (): Promise<void> => (last = last.then(round));
  const plan = (milliseconds: number): void => {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(() => void begin(), Math.max(leastMilliseconds, Math.min(milliseconds, pollMilliseconds)));
    timer.unref();
  };
  const unsubscribe = watch.subscribe((change) => {
    if (!change || change.kind === 'pending') void begin();
  });
  void begin();
  return {
    settled: begin,
    close: async () => {
      closed = true;
      unsubscribe();
      clearTimeout(timer);
      await last;
    },
  };
}

/** A verdict takes effect as if it were given now: for an account that may still decide, on a comment that still stands as
 *  it did. A claim that was taken meanwhile (after a server was away) does not undo what was decided before it. */
const judge: Judge = {
  may: (account: Account) =>
    accountFor({ kind: 'person', accounts: [account] }, 'comment.decide', account.site) !== undefined,
  weigh:
    ({ account, verdict, guideline, explanation, version }) =>
    (standing) =>
      weigh(
        { verdict, version, guideline: guideline ?? undefined, explanation: explanation ?? undefined },
        { ...standing, claim: undefined },
        account,
      ),
};
