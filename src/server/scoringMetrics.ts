import { Counter, Histogram, type Registry } from 'prom-client';

/** Figures of the scoring endpoint. No label holds anything that a client chose. */
export type ScoringMetrics = {
  count(call: string, status: number, seconds: number): void;
  countUnknownFields(fields: number): void;
};

// 0.8 is where Coral gives up; most answers take less than the first.
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.8, 3];

/** Adds the figures to a registry. */
export function createScoringMetrics(registry: Registry): ScoringMetrics {
  const registers = [registry];
  const answers = new Counter({
    name: 'stet_scoring_answers_total',
    help: 'Answers of the scoring endpoint by call and status',
    labelNames: ['call', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'stet_scoring_seconds',
    help: 'From the head of a scoring request to its answer',
    labelNames: ['call'],
    buckets,
    registers,
  });
  const unknown = new Counter({
    name: 'stet_scoring_unknown_fields_total',
    help: 'Fields of scoring requests that were passed over',
    registers,
  });
  return {
    count: (call, status, seconds) => {
      answers.inc({ call, status: String(status) });
      duration.observe({ call }, seconds);
    },
    countUnknownFields: (fields) => {
      if (fields > 0) unknown.inc(fields);
    },
  };
}
