import type { VNode } from 'preact';
import type { Statistics } from '../../../contract/statistics.ts';
import type { WordKey } from '../wordKeys.ts';
import { useDesk } from '../view/useDesk.ts';
import { DayLines } from './DayLines.tsx';
import { Figure } from './Figure.tsx';
import { HourMap } from './HourMap.tsx';
import { countScale, waitScale } from './scale.ts';
import { useWriter } from './useWriter.ts';

/** How long comments wait for their first decision, day by day. */
export function Waiting({ view: { waiting, totals } }: { view: Statistics }): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const duration = (seconds: number | null): string => (seconds === null ? '–' : write.duration(seconds));
  const longest = Math.max(0, ...waiting.map(({ p95Seconds }) => p95Seconds ?? 0));
  const [half, most] = [words('happened.half'), words('happened.most')];
  return (
    <Figure
      name="waiting"
      title={words('happened.waiting')}
      caption={words('happened.waitingShows', {
        median: duration(totals.medianSeconds),
        p95: duration(totals.p95Seconds),
      })}
      none={totals.decided === 0 && words('happened.noDecision')}
      columns={[words('happened.day'), words('happened.decided'), half, most]}
      rows={waiting.map(({ day, decided, medianSeconds, p95Seconds }) => ({
        head: write.day(day),
        cells: [write.number(decided), duration(medianSeconds), duration(p95Seconds)],
      }))}
    >
      <DayLines
        figure="waiting"
        label={words('happened.day')}
        columns={waiting.map(({ day }) => ({ name: write.day(day), short: write.shortDay(day) }))}
        lines={[
          { mark: 'first', name: half, values: waiting.map(({ medianSeconds }) => medianSeconds) },
          { mark: 'second', name: most, values: waiting.map(({ p95Seconds }) => p95Seconds) },
        ]}
        scale={waitScale(longest)}
        write={write.duration}
      />
    </Figure>
  );
}

/** What came in, what was decided, and what was left waiting, day by day. */
export function Flow({ view: { flow } }: { view: Statistics }): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const days = flow.map((day) => ({ ...day, decided: day.approved + day.rejected }));
  const busiest = days.reduce((most, day) => (day.received > most.received ? day : most), days[0] ?? noDay);
  const isEmpty = days.every(({ received, decided, held }) => received + decided + held === 0);
  const names = {
    received: words('happened.received'),
    decided: words('happened.decided'),
    held: words('happened.heldAtEnd'),
  };
  return (
    <Figure
      name="flow"
      title={words('happened.flow')}
      caption={
        words('happened.flowShows') +
        (busiest.received > 0
          ? ` ${words('happened.busiestDay', { day: write.day(busiest.day), n: write.number(busiest.received) })}`
          : '')
      }
      none={isEmpty && words('happened.nothing')}
      columns={[
        words('happened.day'),
        names.received,
        words('state.approved'),
        words('state.rejected'),
        words('happened.left'),
        names.held,
      ]}
      rows={days.map(({ day, ...counts }) => ({
        head: write.day(day),
        cells: [counts.received, counts.approved, counts.rejected, counts.left, counts.held].map((n) =>
          write.number(n),
        ),
      }))}
    >
      <DayLines
        figure="flow"
        label={words('happened.day')}
        columns={days.map(({ day }) => ({ name: write.day(day), short: write.shortDay(day) }))}
        lines={[
          { mark: 'first', name: names.received, values: days.map(({ received }) => received) },
          { mark: 'second', name: names.decided, values: days.map(({ decided }) => decided) },
          { mark: 'third', name: names.held, values: days.map(({ held }) => held) },
        ]}
        scale={countScale(Math.max(...days.flatMap(({ received, decided, held }) => [received, decided, held])))}
        write={(value) => write.number(value)}
      />
    </Figure>
  );
}

const noDay = { day: '', received: 0 };

const dayWords: readonly WordKey[] = [
  'hours.Mo',
  'hours.Tu',
  'hours.We',
  'hours.Th',
  'hours.Fr',
  'hours.Sa',
  'hours.Su',
];
// Where the week begins on Saturday, as CLDR has it for most of those who read these languages.
const fromSaturday: ReadonlySet<string> = new Set(['ar', 'ckb', 'fa']);

/** When in the week comments come in, and when they are decided: two fields on one scale. */
export function Hours({ view: { hours } }: { view: Statistics }): VNode {
  const { state, words } = useDesk();
  const write = useWriter();
  const order = fromSaturday.has(state.language) ? [6, 7, 1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6, 7];
  const nameDay = (weekday: number): string => words(dayWords[weekday - 1] ?? 'hours.Mo');
  const most = Math.max(...hours.map(({ received, decided }) => Math.max(received, decided)));
  const busiest = hours.reduce((found, one) => (one.received > found.received ? one : found), hours[0] ?? noHour);
  const maps = [
    { title: words('happened.received'), count: 'received' },
    { title: words('happened.decided'), count: 'decided' },
  ] as const;
  return (
    <Figure
      name="hours"
      title={words('happened.hours')}
      caption={
        words('happened.hoursShow') +
        (busiest.received > 0
          ? ` ${words('happened.busiestHour', {
              day: nameDay(busiest.weekday),
              hour: write.hour(busiest.hour),
              n: write.number(busiest.received),
            })}`
          : '')
      }
      none={most === 0 && words('happened.nothing')}
      columns={[words('happened.hour'), words('happened.received'), words('happened.decided')]}
      rows={hours
        .filter(({ received, decided }) => received + decided > 0)
        .map(({ weekday, hour, received, decided }) => ({
          head: `${nameDay(weekday)} ${write.hour(hour)}`,
          cells: [write.number(received), write.number(decided)],
        }))}
    >
      <div class="hour-maps">
        {maps.map(({ title, count }) => (
          <HourMap
            key={count}
            title={title}
            days={order.map(nameDay)}
            hours={[0, 6, 12, 18].map(write.hour)}
            counts={order.map((weekday) => hours.filter((one) => one.weekday === weekday).map((one) => one[count]))}
            most={most}
          />
        ))}
      </div>
    </Figure>
  );
}

const noHour = { weekday: 1, hour: 0, received: 0 };
