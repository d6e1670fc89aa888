import { BlockList, isIP } from 'node:net';

// IANA's special-purpose registries (RFC 6890 and its updates): what is not the public Internet.
const notPublic4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

// Inside 2000::/3, the only range given out to the public: protocol assignments with Teredo, documentation, 6to4.
const notPublic6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [net, width] of notPublic4) refused.addSubnet(net, width, 'ipv4');
for (const [net, width] of notPublic6) refused.addSubnet(net, width, 'ipv6');

const unicast6 = new BlockList();
unicast6.addSubnet('2000::', 3, 'ipv6');

/** Whether the value is the address of a machine on the public Internet. Everything that reaches this machine or its
 *  neighbours is not: loopback, private, link-local (169.254.169.254, where clouds keep their passwords), unique-local,
 *  multicast, and IPv4 in the clothes of IPv6 (mapped, 6to4, NAT64, Teredo). A name is not an address: false. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  if (family === 6 && !address.includes('%')) return unicast6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
  return false;
}
