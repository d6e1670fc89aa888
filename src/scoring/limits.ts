import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Counts requests by the holder of a key, in this process, over a minute that begins with the first. */
export type Limits = {
  /** The seconds after which to come back, for a holder whose minute is used up; a refused request is not counted. */
  count(holder: string): Promise<number | undefined>;
};

const windowSeconds = 60;

/** `perMinute` requests for each holder; 0 is no limit. */
export function createLimits(perMinute: number): Limits {
  if (perMinute === 0) return { count: () => unlimited };
  // The library only counts, as in intake: a limit that it enforces itself it tells by throwing.
  const memory = new RateLimiterMemory({
    keyPrefix: 'score',
    points: Number.MAX_SAFE_INTEGER,
    duration: windowSeconds,
  });
  return {
    count: async (holder) => {
      const { consumedPoints, msBeforeNext } = await memory.consume(holder);
      if (consumedPoints <= perMinute) return undefined;
      await memory.reward(holder);
      return Math.max(1, Math.ceil(msBeforeNext / 1000));
    },
  };
}

const unlimited = Promise.resolve(undefined);
