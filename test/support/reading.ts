import { randomUUID } from 'node:crypto';
import { keepRows } from '../../src/record/kept.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { openWatch } from '../../src/record/watch.ts';
import { startReaders, type Readers, type ReadersDeps } from '../../src/readers/readers.ts';
import { openDatabase, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import type { Screening } from '../../src/screening/types.ts';
import { digest, openDesk, type Desk } from './desk.ts';
import { waitUntil } from './folders.ts';

/** A desk's rooms with second readers of as many servers as a test wants, and a clock that only the test moves. */
export type Reading = {
  desk: Desk;
  clock: { now: Date };
  /** Everything the readers wrote into the log. */
  lines: string[];
  /** One server's readers, with pools of their own. */
  start(deps: Partial<ReadersDeps>): Promise<Started>;
  /** A held comment that screening was unsure about, or found what is given. */
  hold(text: string, found?: Partial<Screening> | null, more?: { need?: number; lang?: string }): Promise<string>;
  /** The queue's row of a comment. */
  row(id: string): Promise<Row>;
  /** Withdraws every held comment, so that what one test left does not come up in the next. */
  clear(): Promise<void>;
  /** Closes the readers that a failed test left at work, so that they do not take the next one's comments. */
  end(): Promise<void>;
  remove(): Promise<void>;
};

/** The readers of one server. `heard` resolves once that server has heard how a setting stands: what one server changes
 *  reaches another a moment later. */
export type Started = Readers & { heard(secondReader: 'on' | 'off'): Promise<void> };

export type Row = {
  state: string;
  version: number;
  need: number;
  text: string;
  screening: unknown;
  published: number;
  decisions: number;
  readings: { reader: string; scores: Record<string, number>; reason: string | null; shift: number }[];
  turn: { attempts: number; failure: string | null } | null;
};

/** A site `harbour` with the guidelines `attack` and `relevance` that has switched `secondReader` on. */
export async function prepareReading(): Promise<Reading> {
  const desk = await openDesk('harbour', 'valley');
  const clock = { now: new Date('2026-11-22T12:00:00Z') };
  const lines: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(ends.splice(0).map((end) => end()));
  };
  await changeSettings(desk.database, 'harbour', {
    settings: { secondReader: 'on' },
    at: clock.now,
    actor: 'operator',
  });
  return {
    desk,
    clock,
    lines,
    start: async (deps) => {
      const store = await openDatabase(desk.settings);
      const watch = await openWatch(store);
      const kept = keepRows(store, watch);
      const log = (line: string): void => void lines.push(line);
      const standard = { store, kept, chat: undefined, onnxFolder: undefined, now: () => clock.now, log };
      const readers = startReaders({ ...standard, ...deps });
      let ended: Promise<void> | undefined;
      const end = async (): Promise<void> => {
        await readers.close();
        await watch.close();
        await store.close();
      };
      const close = (): Promise<void> => (ended ??= end());
      const heard = async (secondReader: 'on' | 'off'): Promise<void> => {
        const knows = async (): Promise<boolean> =>
          (await kept.listSites()).some((one) => one.site === 'harbour' && one.settings.secondReader === secondReader);
        await waitUntil(knows, `the second reader is heard to be ${secondReader}`);
      };
      ends.push(close);
      return { ...readers, close, heard };
    },
    hold: (text, found = {}, more = {}) => holdUncertain(desk, text, { found, ...more }),
    row: (id) => readRow(desk, id),
    clear: async () => {
      const held = await desk.rows<{ site: string; id: string }>(
        sql`select site, id from comment where state = 'held'`,
      );
      for (const { site, id } of held) await desk.append(site, id, { kind: 'withdrawn', body: {} });
    },
    end: closeAll,
    remove: async () => {
      await closeAll();
      await desk.remove();
    },
  };
}

async function holdUncertain(
  desk: Desk,
  text: string,
  { found, need = 0.5, lang = 'en' }: { found: Partial<Screening> | null; need?: number; lang?: string },
): Promise<string> {
  const uncertain: Screening = { lang, scores: { attack: 0.5 }, suggestion: 'review', findings: [], model: 'test' };
  const screening = found && { ...uncertain, ...found };
  return desk.hold('harbour', { id: randomUUID(), text, sha256: digest(text), lang, screening, need });
}

async function readRow({ database }: Desk, id: string): Promise<Row> {
  const [row] = await queryRows<Row>(
    database.writer,
    sql`select c.state, c.version, c.need, c.text, c.screening,
        (select count(*) from published p where p.id = c.id) as published,
        (select count(*) from decision d where d.comment = c.id) as decisions,
        (select coalesce(json_agg(json_build_object('reader', r.reader, 'scores', r.scores, 'reason', r.reason,
          'shift', r.shift) order by r.reader), '[]') from second_reading r where r.comment = c.id) as readings,
        (select json_build_object('attempts', t.attempts, 'failure', t.last_failure) from second_reading_turn t
          where t.comment = c.id limit 1) as turn
      from comment c where c.id = ${id}`,
  );
  if (!row) throw new Error('no such comment');
  return row;
}
