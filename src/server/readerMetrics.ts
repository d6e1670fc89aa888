import { Counter, Gauge, type Registry } from 'prom-client';
import type { ReaderFigures } from '../readers/readers.ts';

/** Adds the figures of the second readers of this process to a registry; nothing of an installation that has none. They are
 *  read when somebody looks. */
export function addReaderMetrics(registry: Registry, read: () => readonly ReaderFigures[]): void {
  const registers = [registry];
  const turns: Counter<'reader' | 'outcome'> = new Counter({
    name: 'stet_second_readings_total',
    help: 'Comments put before a second reader, by what became of it',
    labelNames: ['reader', 'outcome'],
    registers,
    collect: () => {
      // The sums are kept by the readers.
      turns.reset();
      for (const { reader, counts } of read()) {
        for (const [outcome, count] of Object.entries(counts)) turns.inc({ reader, outcome }, count);
      }
    },
  });
  const open: Gauge<'reader'> = new Gauge({
    name: 'stet_second_reader_open',
    help: '1 while a second reader that fails is not asked',
    labelNames: ['reader'],
    registers,
    collect: () => {
      for (const { reader, isOpen } of read()) open.set({ reader }, isOpen ? 1 : 0);
    },
  });
}
