/** Work that is done again and again, one round at a time. */
export type Rounds = {
  /** Resolves after a round that began after this call. */
  settled(): Promise<void>;
  /** Ends the rounds; resolves when the one under way is done. */
  close(): Promise<void>;
};

/** Begins with a round at once and pauses after each. A round that throws is handed to `onError`, once until a round
 *  succeeds again: a database that is away for an hour is one line of the log. The next round comes all the same. The
 *  pauses keep no process alive. */
export function startRounds(
  work: () => Promise<void>,
  { pauseMilliseconds, onError }: { pauseMilliseconds: number; onError: (error: unknown) => void },
): Rounds {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;
  let last = Promise.resolve();
  const attempt = async (): Promise<void> => {
    if (closed) return;
    try {
      await work();
      isFailing = false;
    } catch (error) {
      if (!isFailing) onError(error);
      isFailing = true;
    }
  };
  const round = (): Promise<void> => (last = last.then(attempt));
  const repeat = (): void => {
    if (closed) return;
    timer = setTimeout(() => void round().then(repeat), pauseMilliseconds);
    timer.unref();
  };
  void round().then(repeat);
  return {
    settled: round,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await last;
    },
  };
}

/** Runs `work` at most once in so many minutes of the clock that `now` shows; a clock that was set back runs it at once. */
export function atMostEvery(minutes: number, work: (now: Date) => Promise<void>): (now: Date) => Promise<void> {
  let doneAt: number | undefined;
  return async (now) => {
    const since = doneAt === undefined ? Infinity : now.getTime() - doneAt;
    if (since >= 0 && since < minutes * 60_000) return;
    await work(now);
    doneAt = now.getTime();
  };
}
