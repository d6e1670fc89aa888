import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { sanctionDays, type SanctionDraft } from '../contract/sanction.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { appealDays } from '../contract/site.ts';
import { addDays, networkEnd } from '../contract/time.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { findCurrentVersion, lockComment } from './decisions.ts';
import { appendEvent, moveRefused, type EventKind } from './events.ts';
import { countUnderName } from './readerView.ts';
import type { Store, Transaction } from './store.ts';
import { fromWarnings } from './warnings.ts';

export type SanctionToRecord = { site: string; comment: string; draft: SanctionDraft; actor: string; now: Date };

/** Imposes a sanction on the reader of a comment, or of a report of it. Refused: `comment_unknown` (also for the
 *  newsroom's own), `state_moved_on` for an
 *  erased comment, `guideline_unknown`, `network_forgotten` where the network can no longer be known again,
 *  `field_malformed` for an account where the comment has none, and
 *  `warning_required` for a suspension where the comment was not written under a warning in force. */
export async function recordSanction(
  store: Store,
  asked: SanctionToRecord,
): Promise<{ outcome: 'sanctioned'; id: string } | Refused> {
  return refusing(() =>
    inTransaction(store.writer, async (transaction) => {
      const { site, comment, draft, actor, now } = asked;
      const locked = await lockComment(transaction, { site, id: comment });
      if (!locked) return refused('comment_unknown');
      if (locked.state === 'erased') return refused('state_moved_on');
      const subject = await findSubject(transaction, asked);
      if (!subject)
        return draft.report === undefined
          ? refused('comment_unknown')
          : refused('field_malformed', { field: 'report' });
      const networkUntil = subject.hasNetwork ? networkEnd(subject.writtenAt) : now;
      if (draft.knownBy.includes('network') && networkUntil <= now) {
        return refused('network_forgotten', { field: 'knownBy' });
      }
      if (draft.knownBy.includes('account') && !subject.hasAccount) {
        return refused('field_malformed', { field: 'knownBy' });
      }
      const guideline = draft.guideline ?? null;
      const guidelineVersion = guideline && (await findCurrentVersion(transaction, site, guideline));
      if (guideline !== null && !guidelineVersion) return refused('guideline_unknown', { field: 'guideline' });
      const warning = draft.measure === 'suspend' ? await findWarning(transaction, asked) : null;
      if (warning === undefined) return refused('warning_required');
      const { report, about, measure, knownBy, explanation, minutes, days } = draft;
      const isByNetworkAlone = knownBy.length === 1 && knownBy[0] === 'network';
      const ends = addDays(now, Math.min(days, sanctionDays[measure].most));
      const id = randomUUID();
      const body = {
        ...{ sanction: id, about, measure, knownBy, guideline, guidelineVersion, explanation, warning },
        ...{ report: report ?? null, minutes: minutes ?? null },
        ...(await countUnderName(transaction, { site, comment })),
        endsAt: (isByNetworkAlone && networkUntil < ends ? networkUntil : ends).toISOString(),
      };
      await appendEvent(transaction, { site, kind: 'sanctioned', comment, at: now, actor, body });
      return { outcome: 'sanctioned', id };
    }),
  );
}

type Subject = { hasNetwork: boolean; hasAccount: boolean; writtenAt: Date };

async function findSubject(
  transaction: Transaction,
  { site, comment, draft }: SanctionToRecord,
): Promise<Subject | undefined> {
  const [row] = await queryRows<Subject>(
    transaction,
    draft.report === undefined
      ? sql`select network is not null as "hasNetwork", submitted_at as "writtenAt",
            exists (select from speaker v where v.site = comment.site and v.comment = comment.id and v.account is not null)
              as "hasAccount"
          from comment where site = ${site} and id = ${comment} and not by_newsroom`
      : sql`select network is not null as "hasNetwork", false as "hasAccount", reported_at as "writtenAt" from report
          where site = ${site} and id = ${draft.report} and comment = ${comment}`,
  );
  return row;
}

/** The warning under which the comment, or the report, was written. */
async function findWarning(
  transaction: Transaction,
  { site, comment, draft, now }: SanctionToRecord,
): Promise<string | undefined> {
  const written = { site: sql`${site}`, subject: sql`${draft.report ?? comment}::uuid` };
  const [row] = await queryRows<{ id: string }>(
    transaction,
    sql`select w.id ${fromWarnings(written, now)} and w.about = ${draft.about} order by w.started_at desc limit 1`,
  );
  return row?.id;
}

type Named = { site: string; comment: string; sanction: string; actor: string; now: Date };

/** Lifts a sanction that is in force. Refused as `sanction_ended` where it is not. */
export async function recordLifting(
  store: Store,
  { explanation, ...named }: Named & { explanation: string },
): Promise<Refused | undefined> {
  return append(store, named, { kind: 'sanction_lifted', body: { explanation } });
}

/** Appends the reader's appeal against a sanction. Refused as `sanction_ended` where it was lifted or appealed before. */
export async function recordSanctionAppeal(
  store: Store,
  { text, ...named }: Omit<Named, 'actor'> & { text: string },
): Promise<Refused | undefined> {
  return append(store, { ...named, actor: 'reader' }, { kind: 'sanction_appealed', body: { text } });
}

/** Decides an appeal against a sanction; overturned, it ends. Refused as `same_moderator` for whoever imposed it, and
 *  `appeal_closed` where no appeal waits. */
export async function recordSanctionAppealDecision(
  store: Store,
  { verdict, explanation, ...named }: Named & { verdict: 'uphold' | 'overturn'; explanation: string },
): Promise<Refused | undefined> {
  return append(store, named, { kind: 'sanction_appeal_decided', body: { verdict, explanation } });
}

const movedOn = {
  sanction_lifted: 'sanction_ended',
  sanction_appealed: 'sanction_ended',
  sanction_appeal_decided: 'appeal_closed',
} as const satisfies Partial<Record<EventKind, string>>;

async function append(
  store: Store,
  { site, comment, sanction, actor, now }: Named,
  { kind, body }: { kind: keyof typeof movedOn; body: object },
): Promise<Refused | undefined> {
  const event = { site, kind, comment, at: now, actor, body: { sanction, ...body } };
  const end = await refusing(async () => {
    await inTransaction(store.writer, async (transaction) => {
      await appendEvent(transaction, event);
      // The desks hear of it, and of its end, as of an appeal against a decision: by the comment that the sanction is about.
      if (kind !== 'sanction_lifted')
        await transaction.query(sql`select tell('appealed', ${site}, null, ${comment}::uuid)`);
    });
    return undefined;
  });
  return end?.refusal.reason === 'state_moved_on' ? refused(movedOn[kind]) : end;
}

async function refusing<End>(act: () => Promise<End>): Promise<End | Refused> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === 'ST004') return refused('warning_required');
    const moved = moveRefused(error);
    if (moved) return refused(moved === 'same_moderator' ? moved : 'state_moved_on');
    throw error;
  }
}

/** Until when an appeal against a sanction is taken; undefined where it was appealed before, or lifted. Pure. */
export function sanctionAppealUntil(sanction: {
  startedAt: Date;
  liftedAt: Date | null;
  appealedAt: Date | null;
}): Date | undefined {
  if (sanction.liftedAt !== null || sanction.appealedAt !== null) return undefined;
  return addDays(sanction.startedAt, appealDays);
}
