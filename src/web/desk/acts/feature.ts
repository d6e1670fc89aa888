import type { FeaturedView } from '../../../contract/desk.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { tellRefusal } from './refusal.ts';
import { patchRow } from './rows.ts';

/** Features the comment on the table for the newsroom, or features it no longer; says why not where that cannot be. */
export async function turnFeatured(desk: Desk): Promise<void> {
  const { shown, busy } = desk.read();
  const words = wordsFor(desk);
  if (busy || !shown) return;
  const may = shown.state === 'approved' && (shown.mayFeature || shown.featured !== null);
  if (!may) return tell(desk, words('said.cannotDecide'));
  desk.change({ busy: true });
  const route = shown.featured === null ? 'putFeatured' : 'deleteFeatured';
  const answer = await ask<{ featured: FeaturedView | null }>(desk, route, { params: { id: shown.id } });
  desk.change({ busy: false });
  if (answer.outcome === 'unreachable') return tell(desk, words('said.unreachable'), 'bad');
  if (answer.outcome === 'refused') return tellRefusal(desk, shown, answer);
  const { featured } = answer.body;
  patchRow(desk, shown.id, { featured });
  const name = shown.name ?? words('case.nameless');
  tell(desk, words(featured === null ? 'feature.undone' : 'feature.done', { name }), 'good');
}
