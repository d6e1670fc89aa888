import { once } from 'node:events';
import { spawnStet, type StetOptions, type StetProcess } from './stet.ts';
import { findFreePort } from './ports.ts';
import { waitUntil } from './folders.ts';

/** `stet serve --score-only` in a process of its own. */
export type ScoreProcess = StetProcess & { url: string; port: string; stop(): Promise<number | null> };

/** Starts it, on a free port unless told, and resolves when it answers on /readyz. Rejects with what it said when it ends
 *  before. */
export async function startScoreProcess(
  environment: Record<string, string>,
  { port, ...options }: StetOptions & { port?: string } = {},
): Promise<ScoreProcess> {
  const chosen = port ?? String(await findFreePort());
  const run = spawnStet(['serve', '--score-only'], { ...options, environment: { ...environment, PORT: chosen } });
  const url = `http://127.0.0.1:${chosen}`;
  let code: number | null | undefined;
  void run.ended.then((ended) => (code = ended));
  await waitUntil(async () => {
    if (code !== undefined) throw new Error(`ended with ${code} before it served:\n${run.stdout()}${run.stderr()}`);
    return fetch(`${url}/readyz`).then(
      async (answer) => (await answer.text()) !== '' && answer.status === 200,
      () => false,
    );
  }, 'the scoring endpoint answers');
  const stop = (): Promise<number | null> => {
    run.child.kill('SIGTERM');
    return run.ended;
  };
  return { ...run, url, port: chosen, stop };
}

/** Ends a process at once, as a machine that loses its power does. */
export async function killAtOnce({ child }: StetProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
