import type { ReaderView, SanctionList, SanctionRow } from '../../../contract/sanction.ts';
import type { RouteName } from '../../../contract/routes.ts';
import type { ApiCall } from '../../api.ts';
import { accountHere, tell, wordsFor, type Desk } from '../state.ts';
import type { WordKey } from '../wordKeys.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

/** What was read, or a sentence about what stood in the way. */
export type Found<Body> = { body: Body } | { problem: string };

/** What is known of a comment's reader. */
export function readReader(desk: Desk, comment: string): Promise<Found<ReaderView>> {
  return read(desk, 'getReader', { params: { id: comment } });
}

/** Sanctions of the site. */
export function readSanctions(
  desk: Desk,
  list: SanctionList,
): Promise<Found<{ total: number; sanctions: readonly SanctionRow[] }>> {
  return read(desk, 'getSanctions', { query: { site: desk.read().site, list } });
}

/** Counts the appeals against sanctions that wait. Whoever reaches sections of the site alone decides none. */
export async function countSanctionAppeals(desk: Desk): Promise<void> {
  const state = desk.read();
  if (accountHere(state)?.sections.length !== 0) return;
  const { site } = state;
  const query = { site, list: 'appealed', limit: '1' };
  const answer = await ask<{ total: number }>(desk, 'getSanctions', { query });
  if (answer.outcome === 'answered' && desk.read().site === site) desk.change({ sanctionAppeals: answer.body.total });
}

async function read<Body>(desk: Desk, name: RouteName, call: ApiCall): Promise<Found<Body>> {
  const answer = await ask<Body>(desk, name, call);
  if (answer.outcome === 'answered') return { body: answer.body };
  return {
    problem: answer.outcome === 'refused' ? explainRefusal(desk, answer) : wordsFor(desk)('readers.unreachable'),
  };
}

/** Imposes a sanction on the reader of a comment. Resolves to a sentence about what stood in the way, or undefined when it
 *  was done, as every act here: what was written stays in its form until then. */
export function imposeSanction(desk: Desk, comment: string, body: object): Promise<string | undefined> {
  return act(desk, 'postSanction', { call: { params: { id: comment }, body }, said: 'sanction.said' });
}

/** Lifts a sanction before its time. */
export function liftSanction(desk: Desk, id: string, explanation: string): Promise<string | undefined> {
  return act(desk, 'postSanctionLifting', {
    call: { params: { id }, body: { explanation } },
    said: 'sanction.saidLifted',
  });
}

/** Decides a reader's appeal against a sanction. */
export function decideSanctionAppeal(
  desk: Desk,
  id: string,
  body: { verdict: 'uphold' | 'overturn'; explanation: string },
): Promise<string | undefined> {
  const said = body.verdict === 'uphold' ? 'sanction.saidUpheld' : 'sanction.saidOverturned';
  return act(desk, 'postSanctionAppealDecision', { call: { params: { id }, body }, said });
}

async function act(
  desk: Desk,
  name: RouteName,
  { call, said }: { call: ApiCall; said: WordKey },
): Promise<string | undefined> {
  const answer = await ask(desk, name, call);
  const words = wordsFor(desk);
  if (answer.outcome === 'unreachable') return words('said.unreachable');
  if (answer.outcome === 'refused') return explainRefusal(desk, answer);
  tell(desk, words(said), 'good');
  return undefined;
}
