/** Something that ends. */
export type Step = { name: string; end: () => Promise<void> | void };

/** Runs every stage once, in order, and the steps of one stage at the same time; each even when one before it failed.
 *  Returns the names of the steps that failed; the caller says so in the log. A second call waits for the first: a second
 *  SIGTERM does not cut the drain short. */
export function makeDrain(stages: readonly (readonly Step[])[]): () => Promise<readonly string[]> {
  let running: Promise<readonly string[]> | undefined;
  return () => (running ??= runAll(stages));
}

async function runAll(stages: readonly (readonly Step[])[]): Promise<readonly string[]> {
  const failed: string[] = [];
  const run = async ({ name, end }: Step): Promise<void> => {
    try {
      await end();
    } catch {
      failed.push(name);
    }
  };
  for (const stage of stages) {
    // oxlint-disable-next-line no-await-in-loop -- the order is the point: doors first, the database last
    await Promise.all(stage.map(run));
  }
  return failed;
}
