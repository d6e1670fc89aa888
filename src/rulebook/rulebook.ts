import type { Handler } from '../contract/http.ts';
import type { RouteName } from '../contract/routes.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { putGuideline, putGuidelineOrder, showRulebook, showVersions } from './guidelines.ts';
import { previewWords } from './previewWords.ts';
import { saveSettings, showSettingChanges, showSettings, undoSettings } from './settings.ts';

export type RulebookDeps = { store: Store; kept: Kept };

/** The handlers of the room: what editors set for their site, and what moderators may read of it. */
export function rulebookHandlers(deps: RulebookDeps): Partial<Record<RouteName, Handler>> {
  return {
    getRulebook: (call) => showRulebook(deps, call),
    getRulebookVersions: (call) => showVersions(deps, call),
    putGuideline: (call) => putGuideline(deps, call),
    putGuidelineOrder: (call) => putGuidelineOrder(deps, call),
    postWordsPreview: (call) => previewWords(deps, call),
    getSettings: (call) => showSettings(deps, call),
    putSettings: (call) => saveSettings(deps, call),
    getSettingChanges: (call) => showSettingChanges(deps, call),
    postSettingUndo: (call) => undoSettings(deps, call),
  };
}
