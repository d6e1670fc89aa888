import type { QueueView } from '../../../contract/queueFilter.ts';
import { listedStates, type QueueFilter } from '../shapes.ts';
import { askedSite, everySite, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { loadCounts } from './counts.ts';
import { tellFailure } from './refusal.ts';

/** Reads the views that one keeps on what is listed, and how many comments each list has. */
export async function loadViews(desk: Desk): Promise<void> {
  const site = askedSite(desk.read());
  const answer = await ask<{ views: readonly QueueView[] }>(desk, 'getViews', { query: { site } });
  if (answer.outcome === 'answered' && askedSite(desk.read()) === site)
    desk.change({ lists: { ...desk.read().lists, views: answer.body.views } });
  await loadCounts(desk);
}

/** Shows or hides the views, and brings the focus there. */
export function turnViews(desk: Desk): void {
  const { lists } = desk.read();
  desk.change({ face: 'list', lists: { ...lists, viewsShown: !lists.viewsShown, filtersShown: false } });
  if (!lists.viewsShown) wishFocus(desk, 'views');
}

/** The filter of a view that was kept; undefined where this desk cannot list its state. */
export function filterOf({ filter: { state: kept, ...asked }, order, everywhere }: QueueView): QueueFilter | undefined {
  const state = listedStates.find((listed) => listed === kept);
  return state && { state, order, asked, everywhere };
}

/** Keeps what is listed as a view of one's own. Resolves to whether it was done. */
export async function keepView(desk: Desk, name: string): Promise<boolean> {
  const { site, filter } = desk.read();
  const everywhere = askedSite(desk.read()) === everySite;
  const body = { site, name, filter: { state: filter.state, ...filter.asked }, order: filter.order, everywhere };
  const answer = await ask<QueueView>(desk, 'postView', { body });
  const words = wordsFor(desk);
  if (answer.outcome !== 'answered') {
    tellFailure(desk, answer);
    return false;
  }
  const { lists } = desk.read();
  desk.change({ lists: { ...lists, views: [...lists.views, answer.body] } });
  tell(desk, words('views.kept', { name: answer.body.name }), 'good');
  void loadCounts(desk);
  return true;
}

/** Deletes a view of one's own. */
export async function forgetView(desk: Desk, { id, site, name }: QueueView): Promise<void> {
  const answer = await ask(desk, 'deleteView', { params: { id }, query: { site } });
  const words = wordsFor(desk);
  if (answer.outcome !== 'answered') return tellFailure(desk, answer);
  const { lists } = desk.read();
  desk.change({ lists: { ...lists, views: lists.views.filter((view) => view.id !== id) } });
  tell(desk, words('views.forgotten', { name }), 'good');
  wishFocus(desk, 'views');
}
