import type { VNode } from 'preact';
import type { Statistics } from '../../../contract/statistics.ts';
import { useDesk } from '../view/useDesk.ts';
import { useWriter } from './useWriter.ts';

/** The figures that one asks for first, in large. */
export function Totals({ view }: { view: Statistics }): VNode {
  const { words } = useDesk();
  const write = useWriter();
  const { received, decided, approved, rejected, automated, medianSeconds, p95Seconds, held, oldestHeld } = view.totals;
  const duration = (seconds: number | null): string => (seconds === null ? '–' : write.duration(seconds));
  const lines: readonly [name: string, figure: string, beside?: string][] = [
    [words('happened.received'), write.number(received)],
    [
      words('happened.decided'),
      write.number(decided),
      words('happened.decidedHow', {
        approved: write.number(approved),
        rejected: write.number(rejected),
        automated: write.number(automated),
      }),
    ],
    [words('happened.median'), duration(medianSeconds), words('happened.p95', { time: duration(p95Seconds) })],
    [
      words('happened.held'),
      write.number(held),
      oldestHeld === null
        ? undefined
        : words('happened.oldest', { time: write.duration((Date.parse(view.at) - Date.parse(oldestHeld)) / 1000) }),
    ],
  ];
  return (
    <dl class="totals">
      {lines.map(([name, figure, beside]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong>{figure}</strong>
            {beside && <span class="small faint">{beside}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
