/** Lets a few pieces of work through at a time and keeps a few waiting; 'overloaded' for any more. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result | 'overloaded'>;

/** A gate of `open` at a time, with `waiting` behind them. */
export function createGate({ open, waiting }: { open: number; waiting: number }): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= open) {
      if (queue.length >= waiting) return 'overloaded';
      // Whoever leaves hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
