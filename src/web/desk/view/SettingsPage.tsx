import type { VNode } from 'preact';
import { goTo } from '../acts/places.ts';
import { loadSettings, showPart } from '../acts/settings.ts';
import type { SettingsPart } from '../settingsState.ts';
import { accountHere } from '../state.ts';
import type { WordKey } from '../wordKeys.ts';
import { SettingsForm } from './SettingsForm.tsx';
import { SettingsHistory } from './SettingsHistory.tsx';
import { SettingsLines } from './SettingsLines.tsx';
import { SettingsWords } from './SettingsWords.tsx';
import { useDesk } from './useDesk.ts';

const parts: readonly { part: SettingsPart; title: WordKey; view: () => VNode }[] = [
  { part: 'general', title: 'settings.general', view: SettingsForm },
  { part: 'words', title: 'settings.words', view: SettingsWords },
  { part: 'lines', title: 'settings.lines', view: SettingsLines },
  { part: 'history', title: 'settings.history', view: SettingsHistory },
];

/** What holds for the site: its settings, what is marked, and who changed what. */
export function SettingsPage(): VNode {
  const { desk, state, words } = useDesk();
  const { phase, values, part } = state.settings;
  const isModerator = accountHere(state)?.role === 'moderator';
  const Part = parts.find((one) => one.part === part)?.view ?? SettingsForm;
  return (
    <main class="rules settings" aria-busy={phase === 'loading'}>
      <h2>{words('settings.title')}</h2>
      <p>{words(isModerator ? 'settings.readOnly' : 'settings.lead')}</p>
      <nav class="parts" aria-label={words('settings.parts')}>
        {parts
          .filter(({ part: one }) => one !== 'lines' || !isModerator)
          .map((one) => (
            <button
              key={one.part}
              type="button"
              aria-current={one.part === part ? 'page' : undefined}
              onClick={() => showPart(desk, one.part)}
            >
              {words(one.title)}
            </button>
          ))}
        {!isModerator && (
          <button type="button" onClick={() => void goTo(desk, 'automation')}>
            {words('automation.title')}
          </button>
        )}
      </nav>
      {phase === 'unreachable' && (
        <p role="status">
          {words('settings.unreachable')}{' '}
          <button type="button" onClick={() => void loadSettings(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {values === null ? phase === 'loading' && <p role="status">{words('settings.loading')}</p> : <Part />}
    </main>
  );
}
