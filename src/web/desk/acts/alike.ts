import type { QueueRow } from '../shapes.ts';
import type { Desk } from '../state.ts';
import { ask } from './ask.ts';
import { tellFailure } from './refusal.ts';

/** Opens what says nearly the same as a held comment. */
export async function openAlike(desk: Desk, { id }: QueueRow): Promise<void> {
  const answer = await ask<{ comments: readonly QueueRow[] }>(desk, 'getAlike', { params: { id } });
  if (answer.outcome !== 'answered') {
    tellFailure(desk, answer);
    return;
  }
  const comments = answer.body.comments.toSorted((a, b) => Number(b.id === id) - Number(a.id === id));
  desk.change({ deciding: { ...desk.read().deciding, dialog: 'alike', alike: comments } });
}
