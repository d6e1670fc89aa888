import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Place } from '../places.ts';
import { useDesk } from './useDesk.ts';

type Page = () => VNode;

// Each page of the desk in a file of its own, which is fetched by whoever turns to it: most moderators only ever read the
// queue.
const pages: Record<Exclude<Place, 'queue' | 'appeals'>, () => Promise<Page>> = {
  preferences: async () => (await import('./PreferencesPage.tsx')).PreferencesPage,
  people: async () => (await import('./PeoplePage.tsx')).PeoplePage,
  agreement: async () => (await import('./AgreementPage.tsx')).AgreementPage,
  happened: async () => (await import('../happened/HappenedPage.tsx')).HappenedPage,
  recheck: async () => (await import('./RecheckPage.tsx')).RecheckPage,
  readers: async () => (await import('./ReadersPage.tsx')).ReadersPage,
  automation: async () => (await import('./AutomationPage.tsx')).AutomationPage,
  guidelines: async () => (await import('./GuidelinesPage.tsx')).GuidelinesPage,
  settings: async () => (await import('./SettingsPage.tsx')).SettingsPage,
};

const fetched = new Map<string, Page>();

/** The page of a place that is neither queue nor appeals. */
export function PageOfPlace({ place }: { place: keyof typeof pages }): VNode {
  const { words } = useDesk();
  const [, paintAgain] = useState(0);
  const [failed, setFailed] = useState(false);
  const fetch = async (): Promise<void> => {
    setFailed(false);
    try {
      fetched.set(place, await pages[place]());
      paintAgain((times) => times + 1);
    } catch {
      setFailed(true);
    }
  };
  /* oxlint-disable react-hooks/exhaustive-deps */
  useEffect(() => void (fetched.has(place) || fetch()), [place]);
  /* oxlint-enable react-hooks/exhaustive-deps */
  const Fetched = fetched.get(place);
  if (Fetched) return <Fetched />;
  return (
    <main class="rules" aria-busy={!failed}>
      {failed && (
        <p role="status">
          {words('start.unreachable')}{' '}
          <button type="button" onClick={() => void fetch()}>
            {words('start.again')}
          </button>
        </p>
      )}
    </main>
  );
}
