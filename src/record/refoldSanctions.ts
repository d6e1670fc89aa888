import type { StoredEvent } from './refold.ts';
import { canonicalJson } from './commitment.ts';

/** A sanction as it is stored; what its event's body says of it stands in `body`. */
export type StoredSanction = {
  id: string;
  body: Record<string, unknown>;
  actor: string;
  at: Date;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftedWhy: string | null;
  appealState: string | null;
  appealText: string | null;
  appealedAt: Date | null;
  appealExplanation: string | null;
  appealDecidedBy: string | null;
  appealDecidedAt: Date | null;
};

/** The first thing in which the sanctions that rest on a comment are not what its events say, by the same rules as
 *  `fold_sanction` of the database and written apart from it; undefined when nothing is. Of an erased comment the events
 *  have lost their bodies: then every sanction has ended, has no words left, and is by whoever the event is by. Pure. */
export function checkSanctions(events: readonly StoredEvent[], stored: readonly StoredSanction[]): string | undefined {
  const imposed = events.filter(({ kind }) => kind === 'sanctioned');
  if (imposed.length !== stored.length) {
    return `it has ${stored.length} sanctions, and its events imposed ${imposed.length}`;
  }
  if (events.at(-1)?.kind === 'erased') return checkForgotten(imposed, stored);
  const folded = new Map<string, StoredSanction>();
  for (const event of events) {
    const broken = applyEvent(folded, event);
    if (broken !== undefined) return `event ${event.seq} ${broken}`;
  }
  const changed = stored.find((sanction) => plain(sanction) !== plain(folded.get(sanction.id)));
  return changed && `sanction ${changed.id} is not what its events say`;
}

function checkForgotten(imposed: readonly StoredEvent[], stored: readonly StoredSanction[]): string | undefined {
  for (const sanction of stored) {
    const { id, body, liftedAt, liftedWhy, appealText, appealExplanation, actor, at } = sanction;
    const words = [body['explanation'], liftedWhy, appealText, appealExplanation];
    if (words.some((word) => word !== null)) return `it was erased, and sanction ${id} still has words about it`;
    if (liftedAt === null) return `it was erased, and sanction ${id} was not ended`;
    if (!imposed.some((event) => event.actor === actor && event.at.getTime() === at.getTime())) {
      return `sanction ${id} is not what its event says`;
    }
  }
  return undefined;
}

function applyEvent(folded: Map<string, StoredSanction>, { kind, actor, at, body }: StoredEvent): string | undefined {
  const { sanction: id, ...rest } = body ?? {};
  if (kind === 'sanctioned') {
    folded.set(String(id), { ...untouched, id: String(id), body: rest, actor, at });
    return undefined;
  }
  if (kind !== 'sanction_lifted' && kind !== 'sanction_appealed' && kind !== 'sanction_appeal_decided')
    return undefined;
  const known = folded.get(String(id));
  if (!known) return 'is about a sanction that was never imposed';
  if (kind === 'sanction_lifted') {
    if (known.liftedAt) return 'lifts a sanction a second time';
    Object.assign(known, { liftedAt: at, liftedBy: actor, liftedWhy: rest['explanation'] });
  } else if (kind === 'sanction_appealed') {
    if (known.appealedAt) return 'appeals against a sanction a second time';
    Object.assign(known, { appealState: 'open', appealText: rest['text'], appealedAt: at });
  } else {
    if (known.appealState !== 'open') return 'decides an appeal against a sanction that is not open';
    if (known.actor === actor) return 'decides an appeal by whoever imposed the sanction';
    const ended = rest['verdict'] === 'overturn';
    Object.assign(known, {
      appealState: ended ? 'overturned' : 'upheld',
      appealExplanation: rest['explanation'],
      appealDecidedBy: actor,
      appealDecidedAt: at,
      ...(ended && !known.liftedAt ? { liftedAt: at, liftedBy: actor } : {}),
    });
  }
  return undefined;
}

const untouched = {
  liftedAt: null,
  liftedBy: null,
  liftedWhy: null,
  appealState: null,
  appealText: null,
  appealedAt: null,
  appealExplanation: null,
  appealDecidedBy: null,
  appealDecidedAt: null,
};

function plain(sanction: StoredSanction | undefined): string {
  const members = Object.entries(sanction ?? {}).map(([name, value]) => {
    return [name, value instanceof Date ? value.toISOString() : value];
  });
  return canonicalJson(Object.fromEntries(members));
}
