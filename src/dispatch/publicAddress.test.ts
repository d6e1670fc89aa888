import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress } from './publicAddress.ts';

test('this machine, its neighbours and addresses in disguise are not public', () => {
  for (const address of [
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.8',
    '198.18.0.1',
    '203.0.113.5',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '5f00::1',
  ]) {
    assert.equal(isPublicAddress(address), false, address);
  }
});

test('a name and a number are no addresses', () => {
  for (const value of ['', 'localhost', '2130706433', '0177.0.0.1', '127.1', '8.8.8'])
    assert.equal(isPublicAddress(value), false, value);
});

test('addresses of the Internet are public', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '192.167.255.255', '2606:4700::1111', '2a00:1450:4001:81b::200e']) {
    assert.equal(isPublicAddress(address), true, address);
  }
});
