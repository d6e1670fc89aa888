import type { VNode } from 'preact';
import { leastCounted, type Statistics } from '../../../contract/statistics.ts';
import { leastPairs } from '../../../contract/agreement.ts';
import type { WordKey } from '../wordKeys.ts';
import { GuidelineTitle } from '../view/GuidelineTitle.tsx';
import { useDesk } from '../view/useDesk.ts';
import { DayLines } from './DayLines.tsx';
import { Figure } from './Figure.tsx';
import { Ranges } from './Ranges.tsx';
import { shareScale } from './scale.ts';
import { useWriter } from './useWriter.ts';
import { weighNewsroom } from './weighNewsroom.ts';

type View = { view: Statistics };

const verdictWords = {
  few: 'happened.newsroomFew',
  less: 'happened.newsroomLess',
  more: 'happened.newsroomMore',
  alike: 'happened.newsroomAlike',
} as const satisfies Record<ReturnType<typeof weighNewsroom>, WordKey>;

/** How often comments that criticise the newsroom are approved, beside all others. */
export function Newsroom({ view: { newsroom } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const nameOf = (about: 'newsroom' | 'other'): string => words(`happened.about.${about}`);
  const share = (value: number | null): string => (value === null ? '–' : write.percent(value));
  const tell = ({ approved, decided, share: told, low, high }: Statistics['newsroom'][number]): string => {
    const counts = words('happened.ofDecided', { approved: write.number(approved), decided: write.number(decided) });
    return told === null ? counts : `${share(told)} (${share(low)}–${share(high)}) · ${counts}`;
  };
  return (
    <Figure
      name="newsroom"
      title={words('happened.newsroom')}
      caption={
        <>
          {words('happened.newsroomShows')}{' '}
          <strong>{words(verdictWords[weighNewsroom(newsroom)], { least: write.number(leastCounted) })}</strong>
        </>
      }
      none={newsroom.every(({ decided }) => decided === 0) && words('happened.noDecision')}
      columns={[
        words('happened.comments'),
        words('happened.decided'),
        words('state.approved'),
        words('happened.share'),
        words('agreement.interval'),
      ]}
      rows={newsroom.map((one) => ({
        head: nameOf(one.about),
        cells: [
          write.number(one.decided),
          write.number(one.approved),
          share(one.share),
          one.low === null ? '–' : `${share(one.low)}–${share(one.high)}`,
        ],
      }))}
    >
      <Ranges
        ends={[write.percent(0), write.percent(1)]}
        ranges={newsroom.map((one) => ({
          key: one.about,
          name: nameOf(one.about),
          value: one.share,
          interval: one.low === null || one.high === null ? null : [one.low, one.high],
          told: tell(one),
        }))}
      />
    </Figure>
  );
}

/** How far screening was right, week by week, as people decided. */
export function Screening({ view: { screening } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const share = (value: number | null): string => (value === null ? '–' : write.percent(value));
  const [precision, recall] = [words('happened.precision'), words('happened.recall')];
  return (
    <Figure
      name="screening"
      title={words('happened.screening')}
      caption={words('happened.screeningShows')}
      none={screening.every(({ decided }) => decided === 0) && words('happened.noDecision')}
      few={
        screening.every((week) => week.precision === null && week.recall === null) &&
        words('happened.screeningFew', { least: write.number(leastCounted) })
      }
      columns={[
        words('happened.week'),
        words('happened.decided'),
        words('happened.suspected'),
        words('happened.right'),
        words('state.rejected'),
        precision,
        recall,
      ]}
      rows={screening.map((week) => ({
        head: write.day(week.week),
        cells: [
          ...[week.decided, week.suspected, week.right, week.rejected].map((n) => write.number(n)),
          share(week.precision),
          share(week.recall),
        ],
      }))}
    >
      <DayLines
        figure="newsroom"
        label={words('happened.week')}
        columns={screening.map(({ week }) => ({ name: write.day(week), short: write.shortDay(week) }))}
        lines={[
          { mark: 'first', name: precision, values: screening.map((week) => week.precision) },
          { mark: 'second', name: recall, values: screening.map((week) => week.recall) },
        ]}
        scale={shareScale}
        write={write.percent}
      />
    </Figure>
  );
}

/** How far moderators agree beyond chance, on what was judged again in these days. */
export function Agreement({ view: { agreement } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const shown = agreement.filter(({ pairs }) => pairs > 0);
  const nameOf = (guideline: string | null): VNode | string =>
    guideline === null ? words('agreement.overall') : <GuidelineTitle guideline={guideline} />;
  const kappa = (value: number | null): string => (value === null ? '–' : write.number(value, 2));
  return (
    <Figure
      name="agreement"
      title={words('agreement.title')}
      caption={words('happened.agreementShows', { least: write.number(leastPairs) })}
      none={shown.length === 0 && words('happened.noPair')}
      columns={[
        words('agreement.question'),
        words('agreement.pairs'),
        words('agreement.agreed'),
        words('agreement.kappa'),
        words('agreement.interval'),
      ]}
      rows={shown.map((one) => ({
        head: nameOf(one.guideline),
        cells: [
          write.number(one.pairs),
          write.number(one.agreed),
          kappa(one.kappa),
          one.interval ? one.interval.map(kappa).join(' – ') : '–',
        ],
      }))}
    >
      <Ranges
        ends={[write.number(0), write.number(1)]}
        ranges={shown.map(({ guideline, kappa: value, interval, agreed, pairs }) => ({
          key: guideline ?? '',
          name: nameOf(guideline),
          value: value === null ? null : Math.max(0, value),
          interval: interval && [Math.max(0, interval[0]), Math.max(0, interval[1])],
          told: `${value === null ? '' : `${kappa(value)} · `}${write.number(agreed)}/${write.number(pairs)}`,
        }))}
      />
    </Figure>
  );
}
