import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkPrefix } from './networkPrefix.ts';

test('what is no address has no network', () => {
  for (const address of [
    '',
    ' ',
    'unknown',
    'localhost',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.9.9',
    '0x7f.1',
    '127.1',
    ':::1',
    '[::1',
    '2001:db8::g',
    '::1::',
    '1:2:3:4:5:6:7:8:9',
    '203.0.113.9, 198.51.100.1',
    '203.0.113.9:port',
  ]) {
    assert.equal(networkPrefix(address), undefined, address);
  }
});

test('IPv4 is named by its /24, with and without a port', () => {
  for (const address of ['203.0.113.9', ' 203.0.113.255 ', '203.0.113.0:8080', '203.0.113.9:1']) {
    assert.equal(networkPrefix(address), '203.0.113.0/24', address);
  }
});

test('IPv6 is named by its /48, however it is written', () => {
  for (const address of [
    '2001:db8:1::',
    '2001:DB8:1:ffff::1',
    '2001:0db8:0001:2:3:4:5:6',
    '[2001:db8:1::1]',
    '[2001:db8:1::1]:443',
    '2001:db8:1::192.0.2.1',
    '2001:db8:1::1%eth0',
  ]) {
    assert.equal(networkPrefix(address), '2001:db8:1::/48', address);
  }
  assert.equal(networkPrefix('::1'), '0:0:0::/48');
  assert.equal(networkPrefix('fe80::1%25eth0'), 'fe80:0:0::/48');
  assert.notEqual(networkPrefix('2001:db8:1::1'), networkPrefix('2001:db8:2::1'));
});

test('IPv4 inside IPv6 is IPv4, so that nobody has two networks', () => {
  for (const address of [
    '::ffff:203.0.113.9',
    '::FFFF:cb00:7109',
    '0:0:0:0:0:ffff:203.0.113.1',
    '[::ffff:203.0.113.9]:443',
    '::ffff:203.0.113.9%1',
    '64:ff9b::203.0.113.9',
    '64:ff9b::cb00:7101',
  ]) {
    assert.equal(networkPrefix(address), '203.0.113.0/24', address);
  }
});

test('where a household counts by itself, IPv4 is named whole and IPv6 by its /64, IPv4 inside IPv6 as IPv4', () => {
  const networks: [string, string | undefined][] = [
    ['unknown', undefined],
    ['192.0.2.7', '192.0.2.7/32'],
    ['192.0.2.7:443', '192.0.2.7/32'],
    ['::ffff:192.0.2.7', '192.0.2.7/32'],
    ['::ffff:c000:207', '192.0.2.7/32'],
    ['0:0:0:0:0:FFFF:C000:0207', '192.0.2.7/32'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ];
  for (const [address, network] of networks) {
    assert.equal(networkPrefix(address, { four: 32, six: 64 }), network, address);
  }
});
