import type { VNode } from 'preact';
import { fieldsInForce, narrow, narrowToStory, turnFilters } from '../acts/filter.ts';
import { turnTo } from '../acts/queue.ts';
import type { DeskGuideline, Narrowing } from '../shapes.ts';
import { accountHere, askedSite, everySite, keyFor, rulesOf, type DeskState } from '../state.ts';
import { GuidelineOptions } from './GuidelineOptions.tsx';
import { titleOf } from './GuidelineTitle.tsx';
import { nameLanguage } from '../words.ts';
import { Key } from './Key.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** What narrows the list now, each to be taken away by a press. */
export function FiltersInForce(): VNode | null {
  const { desk, state, words } = useDesk();
  const fields = fieldsInForce(state.filter);
  const name = useFieldName();
  if (fields.length === 0) return null;
  return (
    <div class="in-force">
      <ul aria-label={words('filters.active')}>
        {fields.map((field) => (
          <li key={field}>
            <button
              type="button"
              class="chip"
              aria-label={words('filters.remove', { what: name(field) })}
              onClick={() => void narrow(desk, { [field]: undefined })}
            >
              <bdi>{name(field)}</bdi> <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="quiet" onClick={() => void turnTo(desk, { asked: {} })}>
        {words('filters.clear')}
      </button>
    </div>
  );
}

/** The languages that screening tells apart. */
const commentLanguages = 'ar ckb de en es fa fr hi it kmr nl pl pt ru tr'.split(' ');

const flagWords = {
  reported: 'filters.reported',
  appealed: 'filters.appealed',
  automated: 'filters.automated',
  fold: 'filters.fold',
} as const;

function useFieldName(): (field: keyof Narrowing) => string {
  const { state, words } = useDesk();
  const { asked } = state.filter;
  return (field) => {
    if (field in flagWords) return words(flagWords[field as keyof typeof flagWords]);
    const value = String(asked[field] ?? '');
    if (field === 'q') return words('filters.searched', { q: value });
    if (field === 'lang') return nameLanguage(value);
    if (field === 'story') return storyHeadline(state.queue.rows, value);
    if (field !== 'guideline') return value;
    const known = guidelinesListed(state).find(({ key }) => key === value);
    return known ? titleOf(known, state.language, accountHere(state)?.language) : value;
  };
}

function storyHeadline(rows: readonly { story: { key: string; headline: string } }[], story: string): string {
  return rows.find(({ story: { key } }) => key === story)?.story.headline ?? story;
}

/** The button that opens the filters, and the filters. */
export function QueueFilters(): VNode {
  const { desk, state, words } = useDesk();
  const { filtersShown } = state.lists;
  return (
    <>
      <button
        type="button"
        aria-expanded={filtersShown}
        aria-controls="queue-filters"
        aria-keyshortcuts={keyFor(state, 'filter')}
        onClick={() => turnFilters(desk)}
      >
        {words('filters.title')} <Key act="filter" />
      </button>
      <div id="queue-filters" class="filter-form" hidden={!filtersShown}>
        {filtersShown && <FilterFields />}
      </div>
    </>
  );
}

function FilterFields(): VNode {
  const { desk, state, words } = useDesk();
  const first = useWishedFocus<HTMLSelectElement>('filters');
  const { asked } = state.filter;
  return (
    <>
      <label>
        <span>{words('filters.guideline')}</span>
        <select
          ref={first}
          value={asked.guideline ?? ''}
          onChange={(event) => void narrow(desk, { guideline: event.currentTarget.value })}
        >
          <option value="">{words('filters.any')}</option>
          <GuidelineOptions of={guidelinesListed(state)} />
        </select>
      </label>
      <label>
        <span>{words('filters.lang')}</span>
        <select value={asked.lang ?? ''} onChange={(event) => void narrow(desk, { lang: event.currentTarget.value })}>
          <option value="">{words('filters.any')}</option>
          {commentLanguages.map((language) => (
            <option key={language} value={language} lang={language}>
              {nameLanguage(language)}
            </option>
          ))}
        </select>
      </label>
      <FilterText field="section" />
      <FilterText field="author" />
      <Flags />
      <OnlyThis />
    </>
  );
}

function FilterText({ field }: { field: 'section' | 'author' }): VNode {
  const { desk, state, words } = useDesk();
  const value = state.filter.asked[field] ?? '';
  return (
    <label>
      <span>{words(`filters.${field}`)}</span>
      <input
        key={value}
        type="text"
        dir="auto"
        maxLength={80}
        defaultValue={value}
        onChange={(event) => void narrow(desk, { [field]: event.currentTarget.value.trim() })}
      />
    </label>
  );
}

function Flags(): VNode {
  const { desk, state, words } = useDesk();
  const { asked } = state.filter;
  const flags = ['reported', 'appealed', 'automated', 'fold'] as const;
  return (
    <>
      {flags
        // Near copies are folded among what waits.
        .filter((flag) => flag !== 'fold' || state.filter.state === 'held')
        .map((flag) => (
          <label key={flag} class="flag">
            <input
              type="checkbox"
              checked={asked[flag] === true}
              onChange={(event) => void narrow(desk, { [flag]: event.currentTarget.checked })}
            />
            <span>{words(flagWords[flag])}</span>
          </label>
        ))}
    </>
  );
}

/** The guidelines that comments of the list can be suspected under: on all of one's sites each key once. */
function guidelinesListed(state: DeskState): readonly DeskGuideline[] {
  if (askedSite(state) !== everySite) return rulesOf(state).guidelines;
  const all = state.session.accounts.flatMap(({ site }) => rulesOf(state, site).guidelines);
  return [...new Map(all.toReversed().map((one) => [one.key, one])).values()].toReversed();
}

/** From the case on the table: all of its story, all under its name. */
function OnlyThis(): VNode | null {
  const { desk, state, words } = useDesk();
  const { shown } = state;
  if (!shown) return null;
  const { name } = shown;
  return (
    <p class="only-this">
      <button type="button" onClick={() => void narrowToStory(desk, shown)}>
        {words('filters.onlyStory')}
      </button>
      {name !== null && (
        <button type="button" onClick={() => void narrow(desk, { author: name })}>
          {words('filters.onlyAuthor')}
        </button>
      )}
    </p>
  );
}
