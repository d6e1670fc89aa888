import { isIPv4, isIPv6 } from 'node:net';
import { refused, type Refused } from '../contract/refusals.ts';

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

/** Whom an address counts for: an IPv4 address by itself, an IPv6 address by its /64, which is one household's to vary. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const missing = plain.includes('::') ? 8 - before.length - after.length : 0;
  const groups = [...before, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
