import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figures, type Statistics } from '../../contract/statistics.ts';
import { writeCsv } from './csv.ts';

const empty: Statistics = {
  ...{
    site: 'harbour',
    at: '2026-11-22T12:00:00.000Z',
    timeZone: 'UTC',
    days: 7,
    from: '2026-11-16',
    to: '2026-11-22',
  },
  totals: {
    ...{ received: 0, decided: 0, approved: 0, rejected: 0, automated: 0, held: 0 },
    ...{ medianSeconds: null, p95Seconds: null, oldestHeld: null },
  },
  ...{ waiting: [], flow: [], hours: [], guidelines: [], languages: [], sections: [], workload: [], agreement: [] },
  ...{ appeals: [], screening: [], stories: [], sanctions: [], newsroom: [] },
};

/** A story's line of the CSV file, with this headline. */
function lineOf(headline: string, section: string | null = null): string {
  const story = { story: 'bridge', headline, section, received: 1, approved: 0, rejected: 0, held: -1 };
  return writeCsv('stories', { ...empty, stories: [story] })
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');
}

test('a figure of nothing is its line of names, after a mark for spreadsheets', () => {
  for (const figure of figures) assert.match(writeCsv(figure, empty), /^\uFEFF[a-z0-9]+(,[a-zA-Z0-9]+)+\r\n$/, figure);
});

test('what a publisher wrote is never a formula, and a number stays a number', () => {
  for (const begun of ['=', '+', '-', '@', '\t=', '\r=', '\n=', ' =', '＝', '＋', '－', '＠']) {
    const [, headline = ''] = /^bridge,"?('?)/.exec(lineOf(`${begun}cmd|' /C calc'!A0`)) ?? [];
    assert.equal(headline, "'", JSON.stringify(begun));
  }
  assert.equal(lineOf('1 = 1'), 'bridge,1 = 1,,1,0,0,-1');
});

test('commas, quotes and lines stay within their cell (RFC 4180), and nothing is an empty one', () => {
  assert.equal(lineOf('One, two'), 'bridge,"One, two",,1,0,0,-1');
  assert.equal(lineOf('The "new" bridge', 'sport'), 'bridge,"The ""new"" bridge",sport,1,0,0,-1');
  assert.equal(lineOf('Two\r\nlines'), 'bridge,"Two\r\nlines",,1,0,0,-1');
  assert.equal(lineOf('=1,2"'), `bridge,"'=1,2""",,1,0,0,-1`);
  assert.equal(lineOf('پردەکە'), 'bridge,پردەکە,,1,0,0,-1');
});

test('whoever decided has a line for each day on which they did', () => {
  const day = { received: 0, approved: 0, rejected: 0, left: 0, held: 0 };
  const ada = { id: 'a', name: 'Ada', kind: 'person', decided: 3, approved: 3, rejected: 0, later: 0 } as const;
  const written = writeCsv('workload', {
    ...empty,
    flow: [
      { day: '2026-11-21', ...day },
      { day: '2026-11-22', ...day },
    ],
    workload: [
      { ...ada, byDay: [0, 3] },
      { ...ada, ...{ id: null, name: null, kind: 'rule' }, byDay: [1, 2] },
    ],
  });
  assert.deepEqual(written.split('\r\n').slice(1, -1), [
    '2026-11-21,,,rule,1',
    '2026-11-22,a,Ada,person,3',
    '2026-11-22,,,rule,2',
  ]);
});

test('an interval is two cells', () => {
  const told = { pairs: 40, agreed: 30, named: 20, kappa: -0.25, interval: [-0.5, 0.01] as const };
  const agreement = [
    { guideline: null, ...told },
    { guideline: 'attack', ...told, kappa: null, interval: null },
  ];
  const [, ...lines] = writeCsv('agreement', { ...empty, agreement }).split('\r\n');
  assert.deepEqual(lines.slice(0, -1), [',40,30,20,-0.25,-0.5,0.01', 'attack,40,30,20,,,']);
});
