import { tell, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

/** Frees the protected name of a comment's reader. Resolves to a sentence about what stood in the way, or undefined when it was
 *  done, or had been. */
export async function freeName(desk: Desk, comment: string): Promise<string | undefined> {
  const answer = await ask<{ freed: boolean }>(desk, 'deleteProtectedName', { params: { id: comment } });
  const words = wordsFor(desk);
  if (answer.outcome === 'unreachable') return words('said.unreachable');
  if (answer.outcome === 'refused') return explainRefusal(desk, answer);
  tell(desk, words(answer.body.freed ? 'name.freed' : 'name.wasFree'), 'good');
  return undefined;
}
