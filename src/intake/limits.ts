import { RateLimiterMemory } from 'rate-limiter-flexible';
import { refused, type RefusalReason, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { createPauses } from './pauses.ts';

/** A count that was taken and is given back when nothing came of it. */
export type Counted = { outcome: 'counted'; giveBack(): void };

/** Counts in memory, per server process, over windows of ten minutes. Names of networks are those of the day's key, so
 *  that not even the counters hold an address. */
export type Limits = {
  /** `hasAddress`: whether it brings an address that a mail will go to. */
  countSubmission(from: {
    site: Site;
    story: SlowStory;
    network: string;
    hasAddress: boolean;
    now: Date;
  }): Promise<Counted | Refused>;
  countReport(from: { site: Site; network: string }): Promise<Counted | Refused>;
  /** Reactions of the network, and those to one comment: changes of mind count, so that nobody writes without end. */
  countReaction(from: { site: Site; network: string; comment: string }): Promise<Counted | Refused>;
  /** A text that is looked at before it is sent. */
  countCheck(from: { site: Site; network: string }): Promise<Counted | Refused>;
  /** Whether the network has shown too many receipts that are none. */
  checkReceipts(network: string): Promise<Refused | undefined>;
  countWrongReceipt(network: string): Promise<void>;
};

type SlowStory = Pick<Story, 'story' | 'slowSeconds'>;

const windowSeconds = 600;
/** Reports and wrong receipts of one network within the window. A receipt cannot be guessed; this saves the work. */
const reportsPerNetwork = 20;
/** Addresses that one network may leave within the window: each of them is sent a mail, whosever it is. */
const addressesPerNetwork = 20;
/** Texts that are looked at before they are sent, for one network within the window. Over it nobody is told, and sending goes on. */
const checksPerNetwork = 20;
const wrongReceiptsPerNetwork = 100;
/** A whole office may read one story; a browser that forgets its number each time is one network all the same. */
const reactionsPerNetwork = 120;
const reactionsPerComment = 12;

/** The counters of one server process. */
export function createLimits(): Limits {
  const pauses = createPauses();
  const submissions = new Counter('submission');
  const stories = new Counter('story');
  const addresses = new Counter('address');
  const checks = new Counter('check');
  const reports = new Counter('report');
  const receipts = new Counter('receipt');
  const reactions = new Counter('reaction');
  const toComments = new Counter('reaction to');
  return {
    countSubmission: async ({ site, story, network, hasAddress, now }) => {
      if (site.settings['intake.limits'] === 'off') return uncounted;
      const pause = pauses.take({ site, story, network, now });
      if (pause.outcome === 'refused') return pause;
      const ofNetwork = `${site.site}/${network}`;
      const counts: [Counter, string, number, RefusalReason][] = [
        [submissions, ofNetwork, site.settings['intake.perNetwork'], 'too_many_from_network'],
        [stories, `${site.site}/${story.story}`, site.settings['intake.perStory'], 'too_many_for_story'],
      ];
      if (hasAddress) counts.push([addresses, ofNetwork, addressesPerNetwork, 'too_many_from_network']);
      const taken: { giveBack(): void }[] = [pause];
      const giveBack = (): void => taken.forEach((one) => one.giveBack());
      for (const [counter, key, most, reason] of counts) {
        const counted = await counter.count(key, most, reason);
        if (counted.outcome === 'refused') {
          giveBack();
          return counted;
        }
        taken.push(counted);
      }
      return { outcome: 'counted', giveBack };
    },
    countReport: async ({ site, network }) => {
      if (site.settings['intake.limits'] === 'off') return uncounted;
      return reports.count(`${site.site}/${network}`, reportsPerNetwork, 'too_many_attempts');
    },
    countReaction: async ({ site, network, comment }) => {
      if (site.settings['intake.limits'] === 'off') return uncounted;
      const ofNetwork = `${site.site}/${network}`;
      const all = await reactions.count(ofNetwork, reactionsPerNetwork, 'too_many_attempts');
      if (all.outcome === 'refused') return all;
      return toComments.count(`${ofNetwork}/${comment}`, reactionsPerComment, 'too_many_attempts');
    },
    countCheck: async ({ site, network }) => {
      if (site.settings['intake.limits'] === 'off') return uncounted;
      return checks.count(`${site.site}/${network}`, checksPerNetwork, 'too_many_attempts');
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
