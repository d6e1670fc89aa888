import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Statistics } from '../../src/contract/statistics.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { noon, openDesk, type Desk } from '../support/desk.ts';

let desk: Desk;

before(async () => {
  desk = await openDesk('valley');
});
after(() => desk.remove());

test('on the day on which the clocks fall back an hour comes twice, and every day still ends at its midnight', async () => {
  const settings = { 'page.timeZone': 'Europe/Berlin' };
  await changeSettings(desk.database, 'valley', { settings, at: noon, actor: 'operator' });
  const october = (written: string): Date => new Date(`2026-10-${written}:00Z`);
  // Half past: eleven on Saturday, midnight, two, two again, eleven on Sunday, midnight.
  for (const at of ['24T21:30', '24T22:30', '25T00:30', '25T01:30', '25T22:30', '25T23:30'])
    await desk.hold('valley', { submittedAt: october(at) });
  const principal = await desk.person('Vera', 'editor', 'valley');
  const asked = { params: { site: 'valley' }, query: { days: '7' }, principal, now: october('27T12:00') };
  const { flow, hours } = (await desk.ask('getStatistics', asked)).body as unknown as Statistics;
  assert.deepEqual(
    flow.slice(3).map(({ day, received }) => [day, received]),
    [
      ['2026-10-24', 1],
      ['2026-10-25', 4],
      ['2026-10-26', 1],
      ['2026-10-27', 0],
    ],
  );
  assert.deepEqual(
    hours.filter(({ received }) => received > 0).map(({ weekday, hour, received }) => [weekday, hour, received]),
    [
      [1, 0, 1],
      [6, 23, 1],
      [7, 0, 1],
      [7, 2, 2],
      [7, 23, 1],
    ],
  );
});
