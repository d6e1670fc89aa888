import { RateLimiterMemory } from 'rate-limiter-flexible';
import { refused, type RefusalReason, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';

/** A count that was taken and is given back when nothing came of it. */
export type Counted = { outcome: 'counted'; giveBack(): void };

/** Counts in memory, per server process, over windows of ten minutes. Names of networks are those of the day's key, so
 *  that not even the counters hold an address. */
export type Limits = {
  countSubmission(from: { site: Site; story: string; network: string }): Promise<Counted | Refused>;
  countReport(from: { site: Site; network: string }): Promise<Counted | Refused>;
  /** Whether the network has shown too many receipts that are none. */
  checkReceipts(network: string): Promise<Refused | undefined>;
  countWrongReceipt(network: string): Promise<void>;
};

const windowSeconds = 600;
/** Reports and wrong receipts of one network within the window. A receipt cannot be guessed; this saves the work. */
const reportsPerNetwork = 20;
const wrongReceiptsPerNetwork = 100;

/** The counters of one server process. */
export function createLimits(): Limits {
  const submissions = new Counter('submission');
  const stories = new Counter('story');
  const reports = new Counter('report');
  const receipts = new Counter('receipt');
  return {
    countSubmission: async ({ site, story, network }) => {
      if (site.settings['intake.limits'] === 'off') return uncounted;
      const ofNetwork = `${site.site}/${network}`;
      const byNetwork = await submissions.count(ofNetwork, site.settings['intake.perNetwork'], 'too_many_from_network');
      if (byNetwork.outcome === 'refused') return byNetwork;
      const byStory = await stories.count(
        `${site.site}/${story}`,
        site.settings['intake.perStory'],
        'too_many_for_story',
      );
      if (byStory.outcome === 'refused') {
        byNetwork.giveBack();
        return byStory;
      }
      return { outcome: 'counted', giveBack: () => [byNetwork, byStory].forEach((count) => count.giveBack()) };
    },
    countReport: async ({ site, network }) => {
      if (site.settings['intake.limits'] === 'off') return uncounted;
      return reports.count(`${site.site}/${network}`, reportsPerNetwork, 'too_many_attempts');
    },
    checkReceipts: (network) => receipts.check(network, wrongReceiptsPerNetwork, 'too_many_attempts'),
    countWrongReceipt: async (network) => {
      await receipts.count(network, wrongReceiptsPerNetwork, 'too_many_attempts');
    },
  };
}

const uncounted: Counted = { outcome: 'counted', giveBack: () => {} };

// One counter for every limit: limits are settings of the site and change while the server runs, so the library only
// counts (its own points are never reached) and the comparison stands here.
class Counter {
  readonly #memory: RateLimiterMemory;

  constructor(name: string) {
    this.#memory = new RateLimiterMemory({ keyPrefix: name, points: Number.MAX_SAFE_INTEGER, duration: windowSeconds });
  }

  async count(key: string, most: number, reason: RefusalReason): Promise<Counted | Refused> {
    const { consumedPoints, msBeforeNext } = await this.#memory.consume(key);
    const giveBack = (): void => void this.#memory.reward(key);
    if (consumedPoints <= most) return { outcome: 'counted', giveBack };
    giveBack();
    return refuseUntil(reason, msBeforeNext);
  }

  async check(key: string, most: number, reason: RefusalReason): Promise<Refused | undefined> {
    const found = await this.#memory.get(key);
    return found && found.consumedPoints >= most ? refuseUntil(reason, found.msBeforeNext) : undefined;
  }
}

function refuseUntil(reason: RefusalReason, milliseconds: number): Refused {
  return refused(reason, { retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
