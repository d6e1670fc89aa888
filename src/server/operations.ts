import { setTimeout as pause } from 'node:timers/promises';
import { answerJson } from '../contract/http.ts';
import { refused } from '../contract/refusals.ts';
import type { Store } from '../record/store.ts';
import { isAnswering } from '../record/answering.ts';
import type { Handlers } from './mount.ts';
import type { Metrics } from './metrics.ts';
import { describeRoutes } from './openapi.ts';

/** Health, readiness, figures and the description of the API. `isDraining` turns readiness off before the doors close,
 *  so that a load balancer sends nobody any more. */
export function operationHandlers(deps: {
  store: Store;
  metrics: Metrics;
  version: string;
  isDraining: () => boolean;
}): Handlers {
  const description = describeRoutes(deps.version);
  return {
    getHealth: () => answerJson(200, { alive: true }),
    getReady: async () => {
      const ready = !deps.isDraining() && (await isAnsweringSoon(deps.store));
      return ready ? answerJson(200, { ready }) : refused('unavailable', { retryAfterSeconds: 1 });
    },
    getMetrics: async () => ({
      outcome: 'answered',
      status: 200,
      headers: { 'content-type': deps.metrics.contentType, 'cache-control': 'no-store' },
      body: await deps.metrics.render(),
    }),
    getOpenApi: () => answerJson(200, description),
  };
}

// Who balances load asks every few seconds and does not wait for a database that hangs.
const patienceMilliseconds = 2_000;

async function isAnsweringSoon(store: Store): Promise<boolean> {
  const waiting = new AbortController();
  const tooLate = pause(patienceMilliseconds, false, { signal: waiting.signal }).catch(() => false);
  return Promise.race([isAnswering(store), tooLate]).finally(() => waiting.abort());
}
