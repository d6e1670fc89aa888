/** A circuit breaker: after some failures in a row nobody asks for a while, then one question is let through, and what
 *  becomes of it decides. Of one process; times are those of the caller's clock. */
export type Breaker = {
  /** Whether nobody is to ask now. Lets nothing through by itself. */
  isOpen(now: Date): boolean;
  /** Whether this question may be asked; while the breaker is half open, one at a time. Whoever is let in says what came
   *  of it by one of the three below. */
  enter(now: Date): boolean;
  succeed(): void;
  /** The time at which one is let through again, where this failure opened the breaker. */
  fail(now: Date): Date | undefined;
  /** Nothing was asked after all. */
  leave(): void;
};

/** How many failures in a row open it, and how long it stays open: twice as long each time, up to half an hour. */
export const breakerLimits = { failures: 5, firstPauseSeconds: 60, longestPauseSeconds: 1800 };

/** A breaker that is closed. */
export function createBreaker(limits: typeof breakerLimits = breakerLimits): Breaker {
  let failures = 0;
  let pauseSeconds = limits.firstPauseSeconds;
  let openUntil: number | undefined;
  let isProbing = false;
  const isOpen = (now: Date): boolean => openUntil !== undefined && (now.getTime() < openUntil || isProbing);
  return {
    isOpen,
    enter: (now) => {
      if (isOpen(now)) return false;
      isProbing = openUntil !== undefined;
      return true;
    },
    succeed: () => {
      failures = 0;
      pauseSeconds = limits.firstPauseSeconds;
      openUntil = undefined;
      isProbing = false;
    },
    fail: (now) => {
      failures += 1;
      const isReopened = isProbing;
      isProbing = false;
      if (!isReopened && failures < limits.failures) return undefined;
      // Questions that were under way when it opened fail after it: they do not make the pause longer.
      if (openUntil !== undefined && !isReopened) return undefined;
      openUntil = now.getTime() + pauseSeconds * 1000;
      pauseSeconds = Math.min(pauseSeconds * 2, limits.longestPauseSeconds);
      return new Date(openUntil);
    },
    leave: () => void (isProbing = false),
  };
}
