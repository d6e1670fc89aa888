import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { writeDigits } from '../../../contract/numbers.ts';
import { viewNameCodeUnits, type Counted } from '../../../contract/queueFilter.ts';
import { plainFilter } from '../acts/filter.ts';
import { openView } from '../acts/site.ts';
import { filterOf, forgetView, keepView, turnViews } from '../acts/views.ts';
import type { QueueFilter } from '../shapes.ts';
import { accountHere, askedSite, everySite, keyFor } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** The button that opens the views, and the views: some to begin with, one's own, and a field to keep another. */
export function QueueViews(): VNode {
  const { desk, state, words } = useDesk();
  const { viewsShown } = state.lists;
  return (
    <>
      <button
        type="button"
        aria-expanded={viewsShown}
        aria-controls="queue-views"
        aria-keyshortcuts={keyFor(state, 'views')}
        onClick={() => turnViews(desk)}
      >
        {words('views.title')} <Key act="views" />
      </button>
      <div id="queue-views" class="views" hidden={!viewsShown}>
        {viewsShown && <ViewLists />}
      </div>
    </>
  );
}

function ViewLists(): VNode {
  const { desk, state, words } = useDesk();
  const { views, counts } = state.lists;
  const ref = useWishedFocus<HTMLHeadingElement>('views');
  const starting: readonly [string, QueueFilter][] = [
    [words('views.longest'), { ...plainFilter, order: 'oldest' }],
    [words('views.reported'), { state: 'approved', order: 'newest', asked: { reported: true } }],
    [words('views.inMyLanguage'), { ...plainFilter, asked: { lang: state.language } }],
  ];
  return (
    <>
      <h3 ref={ref} tabIndex={-1}>
        {words('views.mine')}
      </h3>
      {views.length === 0 && <p class="faint">{words('views.none')}</p>}
      <ul>
        {views.map((view) => (
          <li key={view.id}>
            <ViewButton name={view.name} filter={filterOf(view)} site={view.site} counted={counts?.views[view.id]} />{' '}
            <button
              type="button"
              class="quiet"
              aria-label={words('views.forget', { name: view.name })}
              onClick={() => void forgetView(desk, view)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <KeepView />
      <h3>{words('views.start')}</h3>
      <ul>
        {starting.map(([name, filter]) => (
          <li key={name}>
            <ViewButton name={name} filter={filter} />
          </li>
        ))}
      </ul>
    </>
  );
}

type ViewProps = { name: string; filter: QueueFilter | undefined; site?: string; counted?: Counted | undefined };

function ViewButton({ name, filter, site, counted }: ViewProps): VNode {
  const { desk, state } = useDesk();
  const count = useCount(counted);
  // Among the views of all of one's sites, whose it is.
  const isOfOne = site !== undefined && filter?.everywhere !== true && askedSite(state) === everySite;
  const ofSite = isOfOne ? (accountHere(state, site)?.siteName ?? site) : undefined;
  return (
    <button type="button" class="view" disabled={!filter} onClick={() => filter && void openView(desk, filter, site)}>
      <bdi>{name}</bdi> {ofSite !== undefined && <span class="faint">{ofSite}</span>}{' '}
      {count !== '' && <span class="count">{count}</span>}
    </button>
  );
}

function KeepView(): VNode {
  const { desk, words } = useDesk();
  const ref = useRef<HTMLInputElement>(null);
  return (
    <form
      class="keep-view"
      onSubmit={(event) => {
        event.preventDefault();
        const field = ref.current;
        if (field) void keepView(desk, field.value).then((isKept) => isKept && (field.value = ''));
      }}
    >
      <input
        ref={ref}
        type="text"
        dir="auto"
        required
        maxLength={viewNameCodeUnits}
        aria-label={words('views.name')}
        placeholder={words('views.name')}
      />
      <button type="submit">{words('views.keep')}</button>
    </form>
  );
}

/** A number of comments as it is shown: "12", or "10000+" where there are at least so many; '' where nobody counted. */
export function useCount(counted: Counted | undefined): string {
  const { state, words } = useDesk();
  if (!counted) return '';
  return counted.isLeast ? words('queue.atLeast', { n: counted.count }) : writeDigits(state.language, counted.count);
}
