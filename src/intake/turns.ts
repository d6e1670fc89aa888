/** Runs work of one name one after the other; work of different names does not wait. */
export type Turns = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/** Turns within this process: a plain form has no key, so its copies are told apart by looking for the first one, which
 *  has to be stored by then. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name);
    const mine = (before ?? Promise.resolve()).catch(() => {}).then(work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
