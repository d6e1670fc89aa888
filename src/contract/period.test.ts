import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePeriod } from './period.ts';

const from = (zone: string, now: string, count = 7): string =>
  makePeriod(zone, new Date(now), count).from.toISOString();

test('the last day is the one that it is in the zone, not in UTC', () => {
  const late = '2026-11-22T22:30:00Z';
  assert.equal(makePeriod('UTC', new Date(late), 7).days.at(-1), '2026-11-22');
  assert.equal(makePeriod('Asia/Baghdad', new Date(late), 7).days.at(-1), '2026-11-23');
  assert.equal(makePeriod('America/New_York', new Date('2026-11-22T03:00:00Z'), 7).days.at(-1), '2026-11-21');
});

test('as many days as were asked for, in order, from a midnight of the zone on', () => {
  const { days } = makePeriod('Asia/Kathmandu', new Date('2026-03-02T12:00:00Z'), 7);
  assert.deepEqual(days.slice(0, 4), ['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27']);
  assert.equal(days.length, 7);
  assert.equal(from('Asia/Kathmandu', '2026-03-02T12:00:00Z'), '2026-02-23T18:15:00.000Z');
});

test('clocks that change in between are told to the minute', () => {
  const { clocks, from: begun } = makePeriod('Europe/Berlin', new Date('2026-10-27T12:00:00Z'), 7);
  assert.equal(begun.toISOString(), '2026-10-20T22:00:00.000Z');
  assert.deepEqual(
    clocks.map(({ minutes }) => minutes),
    [120, 60],
  );
  assert.equal(clocks[1]?.from.toISOString(), '2026-10-25T01:00:00.000Z');
});

test('a half hour of Lord Howe is a half hour', () => {
  const { clocks } = makePeriod('Australia/Lord_Howe', new Date('2026-04-08T00:00:00Z'), 7);
  assert.deepEqual(
    clocks.map(({ minutes }) => minutes),
    [660, 630],
  );
});

test('a midnight that the clocks left out is the moment they were moved on by', () => {
  // 8 March 2026 began at one in Havana, 24 April 2026 in Cairo.
  assert.equal(from('America/Havana', '2026-03-14T12:00:00Z'), '2026-03-08T05:00:00.000Z');
  assert.equal(from('Africa/Cairo', '2026-04-30T12:00:00Z'), '2026-04-23T22:00:00.000Z');
});

test('a midnight that comes twice begins the day the first time, one that was taken back does not', () => {
  // On 1 November 2026 Havana's clocks fall back from one to midnight; Cairo's, on 30 October, from midnight to eleven.
  assert.equal(from('America/Havana', '2026-11-07T12:00:00Z'), '2026-11-01T04:00:00.000Z');
  assert.equal(from('Africa/Cairo', '2026-11-05T12:00:00Z'), '2026-10-29T22:00:00.000Z');
});

test('a zone that nobody knows is a mistake of the caller', () => {
  assert.throws(() => makePeriod('Mars/Olympus', new Date(), 7), RangeError);
});
