import { handOverHours, isEditor, noteCodePoints, type QueueRow } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { parseProse } from '../contract/prose.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import type { Standing } from '../record/decisions.ts';
import { listColleagues, listHandedTo, recordHandOver } from '../record/handOvers.ts';
import { describeInOrder, findQueueRow, findSitesOf } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSites, allowOnComment, allowOnSiteOfPath, type Allowed } from './authorise.ts';
import { refuseClaimed, viewPending } from './verdict.ts';

/** Hands a held comment to a colleague (`to`, an account's id) or to any editor (`to` is `"editor"`), with a note: 201 with
 *  its row. For a day it is offered to nobody else; then to everybody. Not for oneself. */
export async function handOver(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const { site, id, account } = allowed;
  const note = parseProse(call.body['note'], { field: 'note', most: noteCodePoints });
  if (note.outcome === 'refused') return note;
  const to = await readAddressee(store, { site, id }, call.body['to']);
  if (to === undefined || to === account.id) return refused('addressee_unknown', { field: 'to' });
  const { now } = call;
  const lapsesAt = addMinutes(now, handOverHours * 60);
  const handed = await recordHandOver(
    store,
    { site, id, by: account.id, to, note: note.value ?? null, now, lapsesAt },
    (standing) => refuseHandOver(standing, account.id),
  );
  if (handed.outcome === 'refused') return handed;
  const row = await findQueueRow(store, { site, id }, { accounts: [account.id], now });
  return row ? answerJson(201, row) : refused('comment_unknown');
}

// Somebody who could not read the comment is no addressee of it.
async function readAddressee(
  store: Store,
  { site, id }: { site: string; id: string },
  to: unknown,
): Promise<string | null | undefined> {
  if (to === 'editor') return null;
  const colleague = isPublicId(to) && (await listColleagues(store, site)).find((one) => one.id === to);
  if (!colleague) return undefined;
  const found = await findSitesOf(store, [{ site, sections: colleague.sections }], [id]);
  return found.length > 0 ? colleague.id : undefined;
}

function refuseHandOver({ state, version, decision, claim, pending }: Standing, account: string): Refused | undefined {
  if (state !== 'held')
    return refused(decision ? 'already_decided' : 'state_moved_on', { beside: { decision, state, version } });
  if (pending) return refused('decision_pending', { beside: { pending: viewPending(pending, account) } });
  return refuseClaimed(claim, account);
}

/** 200 with the held comments that were handed to one, on one site or on all of one's own (`site=*`): `{comments}`, on each
 *  site the longest waiting first. */
export async function showHandOvers(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSites(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const rows = await Promise.all(allowed.all.map((one) => listHanded(store, call, one)));
  return answerJson(200, { comments: rows.flat() });
}

async function listHanded(store: Store, { now }: Call, { site, account, reach }: Allowed): Promise<QueueRow[]> {
  const ids = await listHandedTo(store, { reach, account: account.id, isEditor: isEditor(account.role), now });
  return describeInOrder(store, { site, ids }, { accounts: [account.id], now });
}

/** 200 with the people to whom a comment of the site can be handed: `{colleagues: [{id, name, role, mine}]}`. */
export async function showColleagues(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnSiteOfPath(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const { site, account } = allowed;
  const colleagues = await listColleagues(store, site);
  return answerJson(200, {
    colleagues: colleagues.map(({ id, name, role }) => ({ id, name, role, mine: id === account.id })),
  });
}
