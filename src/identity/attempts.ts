import { refused, type Refused } from '../contract/refusals.ts';
import { networkPrefix, type PrefixBits } from '../record/networkPrefix.ts';

/** How often one network may do a thing within a time. */
export type AttemptLimit = { most: number; minutes: number };

/** Counts attempts by network, in memory only: no address is written anywhere, and a process counts for itself. */
export type Attempts = {
  /** The refusal for a network that has used up its attempts, or undefined. */
  refuse(address: string, now: Date): Refused | undefined;
  /** Counts one attempt. */
  count(address: string, now: Date): void;
};

// So many networks at once are an attack from many places; the oldest are forgotten and memory stays bounded.
const mostNetworks = 10_000;

/** A fresh count. The time of a network begins with its first attempt. */
export function countAttempts({ most, minutes }: AttemptLimit): Attempts {
  const networks = new Map<string, { count: number; until: number }>();
  const find = (network: string, now: Date): { count: number; until: number } | undefined => {
    const found = networks.get(network);
    if (!found || found.until > now.getTime()) return found;
    networks.delete(network);
    return undefined;
  };
  return {
    refuse(address, now) {
      const found = find(networkOf(address), now);
      if (!found || found.count < most) return undefined;
      const retryAfterSeconds = Math.ceil((found.until - now.getTime()) / 1000);
      return refused('too_many_attempts', { retryAfterSeconds });
    },
    count(address, now) {
      const network = networkOf(address);
      const found = find(network, now);
      if (found) {
        found.count += 1;
        return;
      }
      const oldest = networks.size >= mostNetworks ? networks.keys().next().value : undefined;
      if (oldest !== undefined) networks.delete(oldest);
      networks.set(network, { count: 1, until: now.getTime() + minutes * 60_000 });
    },
  };
}

// Narrower than intake's networks, since here whoever shares one with an attacker is kept out of the desk: an IPv4 address by
// itself, an IPv6 address by its /64, which is one household's to vary.
const ownBits: PrefixBits = { four: 32, six: 64 };

function networkOf(address: string): string {
  return networkPrefix(address, ownBits) ?? address;
}
