import { isIPv4, isIPv6 } from 'node:net';

/** How many bits of an address name its network. */
export type PrefixBits = { four: 24 | 32; six: 48 | 64 };

/** The network that one office or small provider holds, beyond which nobody moves easily. */
const wideBits: PrefixBits = { four: 24, six: 48 };

/** The network that an address belongs to: unless told otherwise the /24 of IPv4 (`203.0.113.0/24`) and the /48 of IPv6
 *  (`2001:db8:1::/48`). IPv4 inside IPv6 (`::ffff:203.0.113.9`, also in hexadecimal) counts as IPv4; ports, brackets and
 *  zone ids are passed over. Undefined for what is no address. Pure. */
export function networkPrefix(address: string, { four, six }: PrefixBits = wideBits): string | undefined {
  const bare = bareAddress(address.trim());
  if (isIPv4(bare)) return prefixOfFour(bare, four);
  if (!isIPv6(bare)) return undefined;
  const groups = expandSix(bare);
  const mapped = mappedFour(groups);
  if (mapped !== undefined) return prefixOfFour(mapped, four);
  const kept = groups.slice(0, six / 16).map((group) => group.toString(16));
  return `${kept.join(':')}::/${six}`;
}

// `[2001:db8::1]:443`, `203.0.113.9:443`, `fe80::1%eth0`: a port after a bare IPv6 address would be part of it.
function bareAddress(address: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(address);
  if (bracketed?.[1] !== undefined) return dropZone(bracketed[1]);
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(address);
  return withPort?.[1] ?? dropZone(address);
}

function dropZone(address: string): string {
  const at = address.indexOf('%');
  return at < 0 ? address : address.slice(0, at);
}

function prefixOfFour(address: string, bits: PrefixBits['four']): string {
  return bits === 32 ? `${address}/32` : `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
}

/** The eight groups of a valid IPv6 address. */
function expandSix(address: string): number[] {
  const [front = '', back] = embedFour(address).split('::');
  const first = readGroups(front);
  if (back === undefined) return first;
  const last = readGroups(back);
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

// The dotted tail of `64:ff9b::192.0.2.1` as two groups.
function embedFour(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a: string, b: string, c: string, d: string) => {
    const high = (Number(a) * 256 + Number(b)).toString(16);
    const low = (Number(c) * 256 + Number(d)).toString(16);
    return `${high}:${low}`;
  });
}

function readGroups(part: string): number[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
}

// ::ffff:0:0/96 (RFC 4291 §2.5.5.2); 64:ff9b::/96 is how a NAT64 shows an IPv4 client (RFC 6052).
function mappedFour(groups: readonly number[]): string | undefined {
  const front = groups.slice(0, 6).join(':');
  if (front !== '0:0:0:0:0:65535' && front !== '100:65435:0:0:0:0') return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
