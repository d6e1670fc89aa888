/** Who is let in. A client gives up after 800 ms and asks nobody again, so that waiting serves no one: beyond the bound
 *  the answer is no, at once. */
export type Door = {
  /** What gives the place back, once; undefined for whoever is not let in. */
  enter(): (() => void) | undefined;
};

type Bounds = { most: number; turnMilliseconds: number; least: number; clock: () => number };

/** `most` requests at a time whose key is looked up or whose body still comes, and as many of one turn of the event loop
 *  as begin within `turnMilliseconds` of it, `least` in any case: the rest of a crowd that came in together is refused
 *  without being read, which costs a fifth of reading it. `clock` gives milliseconds of work that was done. */
export function createDoor(bounds: Bounds): Door {
  const { most, turnMilliseconds, least, clock } = bounds;
  let inside = 0;
  let turnBegan: number | undefined;
  let inTurn = 0;
  return {
    enter() {
      const now = clock();
      if (turnBegan === undefined) {
        turnBegan = now;
        // Runs when everything that could be read in this turn has been.
        setImmediate(() => (turnBegan = undefined));
        inTurn = 0;
      }
      if (inside >= most || (inTurn >= least && now - turnBegan > turnMilliseconds)) return undefined;
      inside += 1;
      inTurn += 1;
      let left = false;
      return () => {
        if (!left) inside -= 1;
        left = true;
      };
    },
  };
}
