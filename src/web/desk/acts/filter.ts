import { queueOrders } from '../../../contract/desk.ts';
import { parseQueueAsked, queueFlags } from '../../../contract/queueFilter.ts';
import { listedStates, type Narrowing, type QueueFilter, type QueueRow } from '../shapes.ts';
import { askedSite, everySite, wishFocus, type Desk } from '../state.ts';
import { turnTo } from './queue.ts';
import { turnToAsked } from './site.ts';

/** The queue as it is until somebody asks for another. */
export const plainFilter: QueueFilter = { state: 'held', order: 'need', asked: {} };

/** Narrows the queue, or no longer where a field is undefined, '' or false. */
export async function narrow(
  desk: Desk,
  patch: { readonly [Field in keyof Narrowing]?: Narrowing[Field] | '' | false | undefined },
): Promise<void> {
  const fields = Object.entries({ ...desk.read().filter.asked, ...patch });
  const asked = Object.fromEntries(
    fields.filter(([, value]) => value !== undefined && value !== '' && value !== false),
  );
  await turnTo(desk, { asked: asked as Narrowing });
}

/** Lists the story of a comment alone, which is one site's: on another its key may be another story's. */
export async function narrowToStory(desk: Desk, { site, story }: QueueRow): Promise<void> {
  const { filter } = desk.read();
  const asked = { ...filter.asked, story: story.key };
  if (askedSite(desk.read()) === everySite) await turnToAsked(desk, { ...filter, asked, everywhere: false }, site);
  else await turnTo(desk, { asked });
}

/** Shows or hides the form of the filters, and brings the focus there. */
export function turnFilters(desk: Desk): void {
  const { lists } = desk.read();
  desk.change({ face: 'list', lists: { ...lists, filtersShown: !lists.filtersShown, viewsShown: false } });
  if (!lists.filtersShown) wishFocus(desk, 'filters');
}

/** Brings the focus to the search. */
export function beginSearch(desk: Desk): void {
  desk.change({ face: 'list' });
  // At once where it is in sight: the next key already belongs to the search.
  const field = document.querySelector<HTMLInputElement>('#queue-search');
  field?.focus();
  field?.select();
  if (document.activeElement !== field) wishFocus(desk, 'search');
}

/** The fields that narrow now, in the order in which they are shown. */
export function fieldsInForce({ asked }: QueueFilter): readonly (keyof Narrowing)[] {
  const fields = ['q', 'guideline', 'lang', 'story', 'section', 'author', ...queueFlags] as const;
  return fields.filter((field) => asked[field] !== undefined);
}

/** The filter as the fragment of an address, '' for the plain queue. A fragment is sent to no server. */
export function writeAddress({ state, order, asked, everywhere }: QueueFilter): string {
  const fields = new URLSearchParams();
  if (everywhere === true) fields.set('site', everySite);
  if (state !== plainFilter.state) fields.set('state', state);
  if (order !== plainFilter.order) fields.set('order', order);
  for (const [field, value] of Object.entries(asked)) fields.set(field, value === true ? '1' : value);
  return fields.size === 0 ? '' : `#${fields}`;
}

/** The filter that an address's fragment asks for, which is of one site where it does not say all; the plain queue where it is
 *  none that `writeAddress` writes. */
export function readAddress(fragment: string): QueueFilter {
  const fields = Object.fromEntries(new URLSearchParams(fragment.replace(/^#/, '')));
  const parsed = parseQueueAsked(fields, 'parameter_malformed');
  if (parsed.outcome === 'refused') return plainFilter;
  const { state: wanted, ...asked } = parsed.value;
  const state = listedStates.find((listed) => listed === wanted);
  const order = queueOrders.find((known) => known === (fields['order'] ?? plainFilter.order));
  if (!state || !order) return plainFilter;
  const everywhere = fields['site'] === everySite;
  const isPlain = state === plainFilter.state && order === plainFilter.order && Object.keys(asked).length === 0;
  return { state, order, asked, ...(everywhere || !isPlain ? { everywhere } : {}) };
}
