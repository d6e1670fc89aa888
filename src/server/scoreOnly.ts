import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ScoreOnlySettings } from '../config/settings.ts';
import { holdKeys } from '../identity/scoreKeys.ts';
import { addressUnknown, unavailable } from '../scoring/faults.ts';
import type { Screen } from '../scoring/read.ts';
import { createScoring, type Scoring } from '../scoring/scoring.ts';
import { listen, settleAddress } from './address.ts';
import { createApp } from './app.ts';
import { watchDoors } from './doors.ts';
import { makeDrain } from './drain.ts';
import { findProblem } from './errors.ts';
import { mountScoring } from './mountScoring.ts';
import { createScoringMetrics } from './scoringMetrics.ts';
import { refuseScoring } from './scoringReply.ts';

export type ScoreOnlyDeps = {
  settings: ScoreOnlySettings;
  /** What clients send; only their hashes are kept. */
  keys: readonly string[];
  version: string;
  /** Given in by tests. */
  screenWith?: Screen;
};

/** The scoring endpoint by itself: no database, no site, no desk. Rejects with the operating system's error when the port
 *  is taken. While the engine does not work every text is answered 503, and so is `/readyz`;
 *  the log says why. */
export async function startScoreOnly(
  deps: ScoreOnlyDeps,
): Promise<{ publicUrl: string; close: () => Promise<readonly string[]> }> {
  const { settings, keys, version, screenWith } = deps;
  const app = createApp(settings);
  const address = await settleAddress(settings);
  const { publicUrl } = address;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = createScoringMetrics(registry);
  const { countUnknownFields } = metrics;
  const findHolder = holdKeys(keys);
  const scoring = createScoring({
    ...settings.scoring,
    publicUrl,
    version,
    findHolder,
    countUnknownFields,
    screenWith,
  });
  let draining = false;
  mountScoring(app, { scoring, origins: settings.scoring.origins, metrics });
  mountOperations(app, { scoring, registry, isDraining: () => draining });
  const problem = findProblem(() => scoring.warmUp());
  if (problem !== undefined) app.log.error(`texts cannot be scored: ${problem}`);
  const doors = watchDoors(app.server);
  const close = makeDrain([
    [{ name: 'readiness', end: () => void (draining = true) }],
    [{ name: 'http', end: () => doors.close(() => app.close()) }],
  ]);
  await listen(app, address);
  return { publicUrl, close };
}

type Operations = { scoring: Scoring; registry: Registry; isDraining: () => boolean };

/** Health, readiness and figures; everything else is no address. */
function mountOperations(app: FastifyInstance, { scoring, registry, isDraining }: Operations): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }));
  let known: string | undefined;
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (isDraining()) return refuseScoring(request, reply, unavailable(1));
    const problem = findProblem(() => scoring.probe());
    // Once, and not each time that a supervisor asks; not in the answer, since it names a folder of this machine.
    if (problem !== undefined && problem !== known) app.log.error(`texts cannot be scored: ${problem}`);
    known = problem;
    if (problem === undefined) return reply.send({ ready: true });
    return refuseScoring(request, reply, { ...unavailable(5), message: 'Texts cannot be scored; the log says why.' });
  });
  app.get('/metrics', async (_request, reply) => {
    reply.headers({ 'content-type': registry.contentType, 'cache-control': 'no-store' });
    return reply.send(await registry.metrics());
  });
  app.setNotFoundHandler((request, reply) => refuseScoring(request, reply, addressUnknown()));
}
