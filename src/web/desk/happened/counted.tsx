import type { VNode } from 'preact';
import type { Passed, Statistics } from '../../../contract/statistics.ts';
import { toldWords } from '../sanctionWords.ts';
import { GuidelineTitle } from '../view/GuidelineTitle.tsx';
import { useDesk } from '../view/useDesk.ts';
import { nameLanguage } from '../words.ts';
import { type Bar, Bars, type Legend } from './Bars.tsx';
import { Figure } from './Figure.tsx';
import { useWriter } from './useWriter.ts';

type View = { view: Statistics };

/** Under which guideline comments were rejected or taken down. */
export function Guidelines({ view: { guidelines } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const names = {
    rejected: words('happened.byPeople'),
    automated: words('happened.byRule'),
    removed: words('state.removed'),
  };
  return (
    <Figure
      name="guidelines"
      title={words('happened.guidelines')}
      caption={words('happened.guidelinesShow')}
      none={guidelines.length === 0 && words('happened.noRejection')}
      columns={[words('filters.guideline'), names.rejected, names.automated, names.removed]}
      rows={guidelines.map(({ guideline, rejected, automated, removed }) => ({
        head: <GuidelineTitle guideline={guideline} />,
        cells: [write.number(rejected - automated), write.number(automated), write.number(removed)],
      }))}
    >
      <Bars
        legend={[
          { mark: 'bad', name: names.rejected },
          { mark: 'other', name: names.automated },
          { mark: 'plain', name: names.removed },
        ]}
        bars={guidelines.map(({ guideline, rejected, automated, removed }) => ({
          key: guideline,
          name: <GuidelineTitle guideline={guideline} />,
          parts: [
            { mark: 'bad', value: rejected - automated },
            { mark: 'other', value: automated },
            { mark: 'plain', value: removed },
          ],
          told: write.number(rejected + removed),
        }))}
      />
    </Figure>
  );
}

/** What came in in each language, and what was decided. */
export function Languages({ view: { languages } }: View): VNode {
  const { words } = useDesk();
  const name = (language: string): string =>
    language === 'und' ? words('case.languageUnknown') : nameLanguage(language);
  const rows = languages.map((row) => ({ ...row, key: row.language, name: <bdi>{name(row.language)}</bdi> }));
  return <PassedFigure name="languages" head={words('happened.language')} rows={rows} />;
}

/** The same by section, where the site has sections. */
export function Sections({ view: { sections } }: View): VNode | null {
  const { words } = useDesk();
  if (sections.every(({ section }) => section === null)) return null;
  const rows = sections.map((row) => ({
    ...row,
    key: row.section ?? '',
    name: row.section === null ? words('happened.noSection') : <bdi>{row.section}</bdi>,
  }));
  return <PassedFigure name="sections" head={words('filters.section')} rows={rows} />;
}

type PassedRow = Passed & { key: string; name: VNode | string };

function PassedFigure(props: { name: 'languages' | 'sections'; head: string; rows: readonly PassedRow[] }): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const { name, head, rows } = props;
  const legend = useVerdicts();
  return (
    <Figure
      name={name}
      title={words(`happened.${name}`)}
      caption={words(`happened.${name}Show`)}
      none={rows.length === 0 && words('happened.nothing')}
      columns={[head, words('happened.received'), ...legend.slice(0, 2).map((one) => one.name), words('happened.half')]}
      rows={rows.map((row) => ({
        head: row.name,
        cells: [
          write.number(row.received),
          write.number(row.approved),
          write.number(row.rejected),
          row.medianSeconds === null ? '–' : write.duration(row.medianSeconds),
        ],
      }))}
    >
      <Bars
        legend={legend.slice(0, 2)}
        bars={rows.map((row) => ({
          key: row.key,
          name: row.name,
          parts: [
            { mark: 'good', value: row.approved },
            { mark: 'bad', value: row.rejected },
          ],
          told: `${write.number(row.approved)} · ${write.number(row.rejected)}`,
        }))}
      />
    </Figure>
  );
}

/** The stories with the most comments. */
export function Stories({ view: { stories } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const legend = useVerdicts();
  return (
    <Figure
      name="stories"
      title={words('happened.stories')}
      caption={words('happened.storiesShow')}
      none={stories.length === 0 && words('happened.nothing')}
      columns={[words('filters.story'), words('happened.received'), ...legend.map(({ name }) => name)]}
      rows={stories.map(({ headline, received, approved, rejected, held }) => ({
        head: <bdi>{headline}</bdi>,
        cells: [received, approved, rejected, held].map((n) => write.number(n)),
      }))}
    >
      <Bars
        legend={legend}
        bars={stories.map(({ story, headline, received, approved, rejected, held }) => ({
          key: story,
          name: <bdi>{headline}</bdi>,
          parts: [
            { mark: 'good', value: approved },
            { mark: 'bad', value: rejected },
            { mark: 'plain', value: held },
          ],
          told: write.number(received),
        }))}
      />
    </Figure>
  );
}

/** Who decided how much; a workload, not a measure of anybody. */
export function Workload({ view: { workload } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const legend = useVerdicts().slice(0, 2);
  const nameOf = ({ kind, name, id }: Statistics['workload'][number]): VNode | string =>
    kind === 'rule' ? words('happened.rules') : <bdi>{name ?? id}</bdi>;
  return (
    <Figure
      name="workload"
      title={words('happened.workload')}
      caption={words('happened.workloadShows')}
      none={workload.length === 0 && words('happened.noDecision')}
      columns={[words('happened.who'), ...legend.map(({ name }) => name), words('happened.later')]}
      rows={workload.map((one) => ({
        head: nameOf(one),
        cells: [one.approved, one.rejected, one.later].map((n) => write.number(n)),
      }))}
    >
      <Bars
        legend={legend}
        bars={workload.map((one) => ({
          key: one.id ?? one.kind,
          name: nameOf(one),
          parts: [
            { mark: 'good', value: one.approved },
            { mark: 'bad', value: one.rejected },
          ],
          told: write.number(one.decided),
        }))}
      />
    </Figure>
  );
}

/** Appeals by the guideline of the decision, and what became of them. */
export function Appeals({ view: { appeals } }: View): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const legend: Legend = [
    { mark: 'bad', name: words('happened.upheld') },
    { mark: 'other', name: words('happened.overturned') },
    { mark: 'plain', name: words('happened.open') },
  ];
  const told = (counts: Statistics['appeals'][number]): string[] =>
    [counts.upheld, counts.overturned, counts.open].map((n) => write.number(n));
  return (
    <Figure
      name="appeals"
      title={words('appeals.title')}
      caption={words('happened.appealsShow')}
      none={appeals.length === 0 && words('happened.noAppeal')}
      columns={[
        words('filters.guideline'),
        words('happened.received'),
        ...legend.map(({ name }) => name),
        words('happened.half'),
      ]}
      rows={appeals.map((one) => ({
        head: <GuidelineTitle guideline={one.guideline} />,
        cells: [
          write.number(one.received),
          ...told(one),
          one.medianSeconds === null ? '–' : write.duration(one.medianSeconds),
        ],
      }))}
    >
      <Bars
        legend={legend}
        bars={appeals.map((one): Bar => ({
          key: one.guideline,
          name: <GuidelineTitle guideline={one.guideline} />,
          parts: [
            { mark: 'bad', value: one.upheld },
            { mark: 'other', value: one.overturned },
            { mark: 'plain', value: one.open },
          ],
          told: told(one).join(' · '),
        }))}
      />
    </Figure>
  );
}

/** Warnings and what else was imposed on readers. */
export function Sanctions({ view: { sanctions } }: View): VNode | null {
  const { words } = useDesk();
  const write = useWriter();
  const shown = sanctions.filter(({ imposed }) => imposed > 0);
  return (
    <Figure
      name="sanctions"
      title={words('happened.sanctions')}
      caption={words('happened.sanctionsShow')}
      none={shown.length === 0 && words('happened.noSanction')}
      columns={[
        words('sanction.measure'),
        words('happened.imposed'),
        words('happened.inForce'),
        words('happened.lifted'),
        words('happened.appealed'),
        words('happened.overturned'),
      ]}
      rows={shown.map(({ measure, imposed, inForce, lifted, appealed, overturned }) => ({
        head: words(toldWords[measure]),
        cells: [imposed, inForce, lifted, appealed, overturned].map((n) => write.number(n)),
      }))}
    >
      <Bars
        bars={shown.map(({ measure, imposed }) => ({
          key: measure,
          name: words(toldWords[measure]),
          parts: [{ mark: 'other', value: imposed }],
          told: write.number(imposed),
        }))}
      />
    </Figure>
  );
}

function useVerdicts(): Legend {
  const { words } = useDesk();
  return [
    { mark: 'good', name: words('state.approved') },
    { mark: 'bad', name: words('state.rejected') },
    { mark: 'plain', name: words('state.held') },
  ];
}
