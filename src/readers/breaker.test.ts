import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBreaker } from './breaker.ts';

const limits = { failures: 3, firstPauseSeconds: 60, longestPauseSeconds: 200 };
const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 22) + seconds * 1000);

function openBreaker() {
  const breaker = createBreaker(limits);
  for (const second of [0, 1, 2]) {
    assert.ok(breaker.enter(at(second)));
    breaker.fail(at(second));
  }
  return breaker;
}

test('failures that are not in a row leave it closed', () => {
  const breaker = createBreaker(limits);
  for (let second = 0; second < 12; second += 1) {
    assert.ok(breaker.enter(at(second)));
    if (second % 3 === 2) breaker.succeed();
    else assert.equal(breaker.fail(at(second)), undefined);
  }
});

test('failures in a row open it, and nobody is let in before the pause is over', () => {
  const breaker = openBreaker();
  for (const second of [2, 30, 61]) {
    assert.ok(breaker.isOpen(at(second)));
    assert.equal(breaker.enter(at(second)), false);
  }
});

test('after the pause one is let in, and the others only when that one came back well', () => {
  const breaker = openBreaker();
  assert.ok(breaker.enter(at(62)));
  assert.equal(breaker.enter(at(62)), false);
  breaker.succeed();
  assert.ok(breaker.enter(at(63)));
  assert.ok(breaker.enter(at(63)));
});

test('a probe that fails opens it for twice as long, up to the longest pause', () => {
  const breaker = openBreaker();
  let now = 62;
  for (const pause of [120, 200, 200]) {
    assert.ok(breaker.enter(at(now)));
    assert.deepEqual(breaker.fail(at(now)), at(now + pause));
    assert.equal(breaker.enter(at(now + pause - 1)), false);
    now += pause;
  }
});

test('questions that were under way when it opened do not make the pause longer', () => {
  const breaker = openBreaker();
  assert.equal(breaker.fail(at(3)), undefined);
  assert.ok(breaker.enter(at(62)));
});

test('a probe that asked nothing after all leaves the place to the next', () => {
  const breaker = openBreaker();
  assert.ok(breaker.enter(at(62)));
  breaker.leave();
  assert.ok(breaker.enter(at(62)));
});
