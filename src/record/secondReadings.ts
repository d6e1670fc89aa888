import type { ReaderName, SecondReading } from '../contract/secondReading.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { appendEvent, moveRefused } from './events.ts';
import type { Store } from './store.ts';

/** A held comment that one process may put before one second reader until its lease ends. `attempts` counts this one. */
export type Turn = {
  site: string;
  id: string;
  reader: ReaderName;
  story: string;
  text: string;
  lang: string;
  attempts: number;
};

/** Which comments are for a second reader: those that screening suggests to review, with a score inside the band. */
export type TurnFilter = {
  site: string;
  reader: ReaderName;
  /** Comments of these languages only; undefined: of all. */
  languages: readonly string[] | undefined;
  band: { from: number; to: number };
  mostAttempts: number;
};

// What stands further down is looked at when the queue has moved; a round reads so many rows and no more.
const lookedAt = 2000;

/** Takes the uncertain held comment with the most need that this reader has not read. Of processes at once no two get
 *  the same: the turn's key lets one in, and keeps the others out until `leasedUntil`, whatever becomes of the first.
 *  Undefined where none is left among the first 2,000 of the queue. */
export async function takeTurn(
  store: Store,
  { site, reader, languages, band, mostAttempts }: TurnFilter,
  { now, leasedUntil }: { now: Date; leasedUntil: Date },
): Promise<Turn | undefined> {
  for (;;) {
    const [row] = await queryRows<{ candidate: string | null } & { [Field in keyof Turn]: Turn[Field] | null }>(
      store.writer,
      sql`with held as (
          select c.site, c.id, c.seq, c.urgency, c.lang, c.screening from comment c
          where c.site = ${site} and c.state = 'held' order by c.urgency desc, c.seq limit ${lookedAt}
        ), uncertain as (
          select h.site, h.id from held h
          where h.screening ->> 'suggestion' = 'review' and (${languages ?? null}::text[] is null or h.lang = any(${languages ?? null}))
            and exists (select from jsonb_each_text(h.screening -> 'scores') s
              where s.value::float8 between ${band.from} and ${band.to})
            and not exists (select from second_reading r where r.site = h.site and r.comment = h.id and r.reader = ${reader})
            and not exists (select from second_reading_turn t where t.site = h.site and t.comment = h.id
              and t.reader = ${reader} and (t.due_at > ${now} or t.attempts >= ${mostAttempts}))
          order by h.urgency desc, h.seq limit 1
        ), taken as (
          insert into second_reading_turn (site, comment, reader, attempts, due_at)
          select site, id, ${reader}, 1, ${leasedUntil}::timestamptz from uncertain
          on conflict (site, comment, reader) do update
            set attempts = second_reading_turn.attempts + 1, due_at = excluded.due_at
            where second_reading_turn.due_at <= ${now}
          returning comment, attempts
        )
        select u.id as candidate, c.site, c.id, c.story, c.text, c.lang, t.attempts, ${reader} as reader
        from uncertain u left join taken t on t.comment = u.id
        left join comment c on c.site = u.site and c.id = t.comment and c.state = 'held'`,
    );
    if (!row?.candidate) return undefined;
    const { id, story, text, lang, attempts } = row;
    if (id === null || story === null || text === null || lang === null || attempts === null) continue;
    return { site, id, reader, story, text, lang, attempts };
  }
}

/** Stores what a reader said, with its event, and ends the turn. `shift` moves the comment in the queue's order, at most
 *  by a fifth (the database holds it). `moved_on`, and nothing stored, where the comment is no longer held or was read
 *  by this reader meanwhile. */
export async function recordSecondReading(
  store: Store,
  turn: Pick<Turn, 'site' | 'id' | 'reader'>,
  said: Omit<SecondReading, 'reader' | 'readAt'> & { shift: number; now: Date },
): Promise<'recorded' | 'moved_on'> {
  const { site, id, reader } = turn;
  const { now: at, ...body } = said;
  try {
    return await inTransaction<'recorded'>(store.writer, async (transaction) => {
      const actor = `second-reader:${reader}`;
      await appendEvent(transaction, { site, kind: 'read_again', comment: id, at, actor, body: { reader, ...body } });
      await transaction.query(
        sql`delete from second_reading_turn where site = ${site} and comment = ${id} and reader = ${reader}`,
      );
      return 'recorded';
    });
  } catch (error) {
    if (moveRefused(error) === 'moved_on') return 'moved_on';
    throw error;
  }
}

/** Ends a turn without a reading: the comment comes up again at `dueAt`. Where the attempt does not count, nothing was
 *  asked. A turn that another process has taken since, because this one's lease ran out, stays as it is. */
export async function endTurn(
  store: Store,
  { site, id, reader, attempts }: Turn,
  end: { dueAt: Date; failure: string | null; counts: boolean },
): Promise<void> {
  await store.writer.query(
    sql`update second_reading_turn
      set due_at = ${end.dueAt}, last_failure = ${end.failure}, attempts = attempts - ${end.counts ? 0 : 1}
      where site = ${site} and comment = ${id} and reader = ${reader} and attempts = ${attempts}`,
  );
}

/** Counts one question of a day (`yyyy-mm-dd`, UTC) against the most that a site may ask. False, and nothing counted, when
 *  the day's questions are spent. */
export async function spendQuestion(
  store: Store,
  question: { site: string; reader: ReaderName; day: string; most: number },
): Promise<boolean> {
  const { site, reader, day, most } = question;
  const rows = await queryRows(
    store.writer,
    sql`insert into second_reading_day (site, reader, day, asked)
      select ${site}, ${reader}, ${day}::date, 1 where ${most} > 0
      on conflict (site, reader, day) do update set asked = second_reading_day.asked + 1
        where second_reading_day.asked < ${most}
      returning asked`,
  );
  return rows.length > 0;
}

/** How many questions each site has asked on a day, and how many held comments each reader gave up (`most` attempts). */
export async function countQuestions(
  store: Store,
  { day, mostAttempts }: { day: string; mostAttempts: number },
): Promise<{ asked: { site: string; reader: ReaderName; asked: number }[]; givenUp: number }> {
  const asked = await queryRows<{ site: string; reader: ReaderName; asked: number }>(
    store.writer,
    sql`select site, reader, asked from second_reading_day where day = ${day}::date order by site, reader`,
  );
  const [row] = await queryRows<{ givenUp: number }>(
    store.writer,
    sql`select count(*) as "givenUp" from second_reading_turn t join comment c on c.site = t.site and c.id = t.comment
      where c.state = 'held' and t.attempts >= ${mostAttempts} and t.last_failure is not null`,
  );
  return { asked, givenUp: row?.givenUp ?? 0 };
}
