import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { WaitingFigures } from '../dispatch/dispatch.ts';
import type { Answer } from '../contract/http.ts';
import { refusalStatuses } from '../contract/refusals.ts';
import type { RouteName } from '../contract/routes.ts';
import type { ReaderFigures } from '../readers/readers.ts';
import { addReaderMetrics } from './readerMetrics.ts';
import { createScoringMetrics, type ScoringMetrics } from './scoringMetrics.ts';

export type Metrics = {
  count(route: RouteName, answer: Answer): void;
  /** The figures in the text form that Prometheus reads. */
  render(): Promise<string>;
  readonly contentType: string;
  readonly scoring: ScoringMetrics;
  /** Adds the figures of second readers, read when somebody looks. */
  addReaders(read: () => readonly ReaderFigures[]): void;
};

/** Figures of one server process. `readWaiting` and `countUnscreened` are asked when somebody looks,
 *  not on a timer. */
export function createMetrics(readWaiting: () => Promise<WaitingFigures>, countUnscreened: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const answers = new Counter({
    name: 'stet_answers_total',
    help: 'Answers by route and status',
    labelNames: ['route', 'status'],
    registers,
  });
  const held = new Gauge({ name: 'stet_held_comments', help: 'Comments that wait', labelNames: ['site'], registers });
  const oldest = new Gauge({
    name: 'stet_oldest_held_seconds',
    help: 'Age of the comment that waits longest',
    labelNames: ['site'],
    registers,
  });
  const owed = new Gauge({ name: 'stet_outbox', help: 'Mails and webhooks owed', labelNames: ['state'], registers });
  const unscreened = new Gauge({
    name: 'stet_unscreened_comments',
    help: 'Comments since the start that could not be screened and wait unread',
    registers,
  });
  // Each counter is looked up once: the library puts the name of its labels together anew for each call, which costs as
  // much as routing the request.
  const counters = new Map<RouteName, Map<number, { inc(): void }>>();
  const counterOf = (route: RouteName, status: number): { inc(): void } => {
    const ofRoute = counters.get(route) ?? new Map<number, { inc(): void }>();
    const counter = ofRoute.get(status) ?? answers.labels(route, String(status));
    counters.set(route, ofRoute.set(status, counter));
    return counter;
  };
  return {
    contentType: registry.contentType,
    scoring: createScoringMetrics(registry),
    addReaders: (read) => addReaderMetrics(registry, read),
    count: (route, answer) => {
      const status = answer.outcome === 'answered' ? answer.status : refusalStatuses[answer.refusal.reason];
      (counters.get(route)?.get(status) ?? counterOf(route, status)).inc();
    },
    render: async () => {
      const figures = await readWaiting();
      for (const { site, held: waiting, oldestSeconds } of figures.sites) {
        held.set({ site }, waiting);
        oldest.set({ site }, oldestSeconds);
      }
      unscreened.set(countUnscreened());
      owed.set({ state: 'due' }, figures.outboxDue);
      owed.set({ state: 'without_smtp' }, figures.outboxWithoutSmtp);
      owed.set({ state: 'failed' }, figures.outboxFailed);
      return registry.metrics();
    },
  };
}
