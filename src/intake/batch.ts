/** Rows that wait for one commit. */
export type Batch<Row> = {
  /** Whether the row was stored; false where one with its key was there before. 'overloaded' when too many wait. Throws
   *  what storing this row throws, never what another row throws. */
  add(row: Row): Promise<boolean | 'overloaded'>;
  /** Resolves when everything that was added has an answer; what is added afterwards is refused. */
  close(): Promise<void>;
};

export type BatchLimits = {
  /** Most rows of one commit. */
  rows: number;
  /** Most rows that wait; past it, submissions are refused rather than kept waiting for ever. */
  waiting: number;
  /** Most commits under way. With two, rows are stored while those of the other are flushed. */
  inFlight: number;
  /** Fewest rows for which a commit begins beside another. */
  worth: number;
};

// 4,096 rows wait half a second at the 8,000 rows a second that two shared cores store.
export const batchLimits: BatchLimits = { rows: 256, waiting: 4096, inFlight: 2, worth: 16 };

type Waiting<Row> = { row: Row; settle: (stored: boolean) => void; fail: (error: unknown) => void };

/** Gathers rows that come in one by one, so that many share a commit: what arrived while the commits under way were
 *  flushed makes the next one. `write` stores rows in one transaction and returns those that were stored. A transaction
 *  that fails for `isOneRowsFault` is tried again row by row, so that one reader's row cannot fail the others. */
export function createBatch<Row>(
  write: (rows: readonly Row[]) => Promise<ReadonlySet<Row>>,
  isOneRowsFault: (error: unknown) => boolean,
  limits: BatchLimits = batchLimits,
): Batch<Row> {
  const waiting: Waiting<Row>[] = [];
  let inFlight = 0;
  let isScheduled = false;
  let closed = false;
  const idle: (() => void)[] = [];

  const store = async (rows: readonly Waiting<Row>[]): Promise<void> => {
    try {
      const stored = await write(rows.map(({ row }) => row));
      for (const { row, settle } of rows) settle(stored.has(row));
    } catch (error) {
      if (rows.length === 1 || !isOneRowsFault(error)) return rows.forEach(({ fail }) => fail(error));
      for (const one of rows) await store([one]);
    }
  };
  // A commit costs as much as ten rows, so the few that just came in wait for more while another is under way.
  const isWorthIt = (): boolean =>
    waiting.length > 0 && inFlight < limits.inFlight && (inFlight === 0 || waiting.length >= limits.worth);
  // A burst is shared out over the commits that may begin. In one commit all its readers would be answered at once and
  // come back at once: then the database and this process take turns instead of working side by side (on 64 connections
  // and a disk that costs nothing 14,400 submissions a second against 16,100).
  const takeShare = (): Waiting<Row>[] => {
    const share = Math.ceil(waiting.length / (limits.inFlight - inFlight));
    return waiting.splice(0, Math.min(limits.rows, Math.max(limits.worth, share)));
  };
  const flush = (): void => {
    isScheduled = false;
    while (isWorthIt()) {
      const rows = takeShare();
      inFlight += 1;
      void store(rows).finally(() => {
        inFlight -= 1;
        schedule();
      });
    }
    if (inFlight === 0) for (const done of idle.splice(0)) done();
  };
  // After this turn of the event loop: the requests that arrived together share the commit.
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  };
  return {
    add: (row) => {
      if (closed || waiting.length >= limits.waiting) return Promise.resolve('overloaded');
      return new Promise((settle, fail) => {
        waiting.push({ row, settle, fail });
        schedule();
      });
    },
    close: () => {
      closed = true;
      return new Promise((resolve) => {
        idle.push(resolve);
        flush();
      });
    },
  };
}
