import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePushTarget, weighEndpoint } from './push.ts';

const keys = { p256dh: `B${'a'.repeat(86)}`, auth: 'b'.repeat(22) };

test('only the push services of browsers are called, and what the operator names', () => {
  for (const endpoint of [
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.attacker.example/x',
    'https://attacker.example/fcm.googleapis.com',
    'https://user@fcm.googleapis.com/x',
    'https://notfcm.googleapis.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest',
    'https://push.internal.example/x',
    'file:///etc/passwd',
    'no address',
  ]) {
    assert.equal(weighEndpoint(endpoint, []), 'refused', endpoint);
  }
  for (const endpoint of [
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
  ]) {
    assert.equal(weighEndpoint(endpoint, []), 'public', endpoint);
  }
  const more = ['push.internal.example', 'http://127.0.0.1:9000'];
  assert.equal(weighEndpoint('https://push.internal.example/x', more), 'public');
  assert.equal(weighEndpoint('http://push.internal.example/x', more), 'refused');
  assert.equal(weighEndpoint('http://127.0.0.1:9000/x', more), 'private');
  assert.equal(weighEndpoint('http://127.0.0.1:9001/x', more), 'refused');
});

test('a target has an address and the two keys of RFC 8291, or is none', () => {
  const target = { endpoint: 'https://fcm.googleapis.com/x', keys };
  assert.deepEqual(parsePushTarget({ ...target, expirationTime: null }), target);
  for (const wrong of [
    null,
    'x',
    {},
    { ...target, endpoint: 'x' },
    { ...target, endpoint: `https://fcm.googleapis.com/${'x'.repeat(1000)}` },
    { ...target, keys: {} },
    { ...target, keys: { ...keys, auth: 'short' } },
    { ...target, keys: { ...keys, p256dh: `A${'a'.repeat(86)}` } },
  ]) {
    assert.equal(parsePushTarget(wrong), undefined);
  }
});
