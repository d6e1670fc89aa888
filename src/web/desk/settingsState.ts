import type { SettingsChanged } from '../../contract/settingsDraft.ts';
import type { SettingName, SiteSettings } from '../../contract/siteSettings.ts';

/** The parts of the settings' page. */
export type SettingsPart = 'general' | 'words' | 'lines' | 'history';

/** What the settings' page shows. `drafts` are values as they were typed, by name, until they are saved; `wrong` names those
 *  that the last saving refused. */
export type SettingsState = {
  part: SettingsPart;
  values: SiteSettings | null;
  drafts: Readonly<Partial<Record<SettingName, string>>>;
  wrong: readonly SettingName[];
  changes: readonly SettingsChanged[];
  next: string | null;
  busy: boolean;
  phase: 'loading' | 'ready' | 'unreachable';
};

/** The page before anything was read. */
export const freshSettings: SettingsState = {
  part: 'general',
  values: null,
  drafts: {},
  wrong: [],
  changes: [],
  next: null,
  busy: false,
  phase: 'loading',
};
