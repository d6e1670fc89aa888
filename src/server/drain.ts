/** Something that ends: in the order in which the steps stand, each even when one before it failed. */
export type Step = { name: string; end: () => Promise<void> | void };

/** Runs every step once, in order. Returns the names of those that failed; the caller says so in the log. A second call
 *  waits for the first: a second SIGTERM does not cut the drain short. */
export function makeDrain(steps: readonly Step[]): () => Promise<readonly string[]> {
  let running: Promise<readonly string[]> | undefined;
  return () => (running ??= runAll(steps));
}

async function runAll(steps: readonly Step[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, end } of steps) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the order is the point: doors first, the database last
      await end();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}
