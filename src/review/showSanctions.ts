import { answerJson, readNumber, readParameter, type Answer, type Call } from '../contract/http.ts';
import { accountFor, actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { sanctionLists } from '../contract/sanction.ts';
import { readReader } from '../record/readerView.ts';
import { listSanctions } from '../record/sanctionRows.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSite, allowOnComment } from './authorise.ts';

const limits = { least: 1, most: 200, standard: 100 };

/** 200 with what a moderator is shown of a comment's reader before choosing a measure (`ReaderView`). */
export async function showReader(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'reader.warn');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id: comment, account } = allowed;
  const view = await readReader(store, { site, comment }, { actor: actorOf(account), now: call.now });
  if (!view || !call.principal) return refused('comment_unknown');
  return answerJson(200, { ...view, maySuspend: accountFor(call.principal, 'reader.suspend', site) !== undefined });
}

/** 200 with sanctions of a site, `{total, sanctions}`: `list` is `in_force` unless it says `appealed` or `ended`. */
export async function showSanctions(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSite(call, 'reader.warn');
  if (allowed.outcome === 'refused') return allowed;
  const asked = readParameter(call, 'list');
  if (asked.outcome === 'refused') return asked;
  const list = sanctionLists.find((known) => known === (asked.value ?? 'in_force'));
  if (!list) return refused('parameter_malformed', { field: 'list' });
  const limit = readNumber(call, 'limit', limits);
  if (limit.outcome === 'refused') return limit;
  const viewer = { actor: actorOf(allowed.account), now: call.now };
  return answerJson(200, await listSanctions(store, allowed.site, { list, limit: limit.value, viewer }));
}
