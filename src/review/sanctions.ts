import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { actorOf, type Account, type Act } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { parseReason, parseSanctionDraft, type Measure, type SanctionRow } from '../contract/sanction.ts';
import type { Store } from '../record/store.ts';
import { recordLifting, recordSanction, recordSanctionAppealDecision } from '../record/sanctionActs.ts';
import { findSanction } from '../record/sanctionRows.ts';
import { allowOnComment, allowOnFound, findReaches } from './authorise.ts';

/** The act that a measure is, imposed or lifted. */
export function actOf(measure: Measure): Act {
  return measure === 'suspend' ? 'reader.suspend' : 'reader.warn';
}

/** Warns, slows, notes or suspends the reader of a comment, or of a report of it: 201 with the sanction. 403 where the
 *  role may not; 409 `warning_required`, `network_forgotten`, `state_moved_on`. */
export async function sanctionReader(store: Store, call: Call): Promise<Answer> {
  const may = await allowOnComment(store, call, 'reader.warn');
  if (may.outcome === 'refused') return may;
  const draft = parseSanctionDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const allowed = await allowOnComment(store, call, actOf(draft.value.measure));
  if (allowed.outcome === 'refused') return allowed;
  const { site, id: comment, account } = allowed;
  const actor = actorOf(account);
  const recorded = await recordSanction(store, { site, comment, draft: draft.value, actor, now: call.now });
  if (recorded.outcome === 'refused') return recorded;
  return answerSanction(store, { site, id: recorded.id, actor, now: call.now }, 201);
}

/** Lifts a sanction, with words for the record: 200 with it; 409 `sanction_ended` for one that is over. */
export async function liftSanction(store: Store, call: Call): Promise<Answer> {
  const found = await findAllowed(store, call, ({ measure }) => actOf(measure));
  if (found.outcome === 'refused') return found;
  const reason = parseReason(call.body);
  if (reason.outcome === 'refused') return reason;
  const { site, sanction, account } = found;
  const actor = actorOf(account);
  const named = { site, comment: sanction.comment, sanction: sanction.id, actor, now: call.now };
  const against = await recordLifting(store, { ...named, explanation: reason.value });
  return against ?? answerSanction(store, { site, id: sanction.id, actor, now: call.now }, 200);
}

/** Decides an appeal against a sanction: 201 with it; 403 `same_moderator` for whoever imposed it; 409 `appeal_closed`
 *  where none waits. Overturned, the sanction ends. */
export async function decideSanctionAppeal(store: Store, call: Call): Promise<Answer> {
  const found = await findAllowed(store, call, () => 'appeal.decide');
  if (found.outcome === 'refused') return found;
  if (!isObject(call.body)) return refused('body_malformed');
  const { verdict } = call.body;
  if (verdict !== 'uphold' && verdict !== 'overturn') return refused('verdict_unknown', { field: 'verdict' });
  const reason = parseReason(call.body);
  if (reason.outcome === 'refused') return reason;
  const { site, sanction, account } = found;
  if (sanction.appeal?.state !== 'open') return refused('appeal_closed');
  if (sanction.mine) return refused('same_moderator');
  const actor = actorOf(account);
  const named = { site, comment: sanction.comment, sanction: sanction.id, actor, now: call.now };
  const against = await recordSanctionAppealDecision(store, { ...named, verdict, explanation: reason.value });
  return against ?? answerSanction(store, { site, id: sanction.id, actor, now: call.now }, 201);
}

type Found = { outcome: 'found'; site: string; sanction: SanctionRow; account: Account };

/** The sanction of the address, and the account with which the act is allowed on its comment. */
async function findAllowed(store: Store, call: Call, actFor: (row: SanctionRow) => Act): Promise<Found | Refused> {
  const reaches = findReaches(call, 'reader.warn');
  if (reaches.outcome === 'refused') return reaches;
  const { id } = call.params;
  const viewer = { actor: '', now: call.now };
  // A sanction holds on the whole site: an account that reaches a part of it finds none.
  const sites = reaches.value.filter(({ sections }) => sections.length === 0).map(({ site }) => site);
  const sanction = isPublicId(id) ? await findSanction(store, sites, id, viewer) : undefined;
  if (!sanction) return refused('not_found');
  const allowed = allowOnFound(call, actFor(sanction), [sanction.site]);
  if (allowed.outcome === 'refused') return allowed;
  const { site, account } = allowed;
  return { outcome: 'found', site, account, sanction: { ...sanction, mine: sanction.actor === actorOf(account) } };
}

async function answerSanction(
  store: Store,
  { site, id, ...viewer }: { site: string; id: string; actor: string; now: Date },
  status: number,
): Promise<Answer> {
  const found = await findSanction(store, [site], id, viewer);
  if (!found) throw new Error('a sanction was not folded');
  const { actor: _, ...row } = found;
  return answerJson(status, row);
}
