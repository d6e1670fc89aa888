import { asksAdmin, type SettingsHistory, type SettingsView } from '../../../contract/settingsDraft.ts';
import type { SettingChange } from '../../../contract/site.ts';
import { settingNames, siteSettings, type SettingName } from '../../../contract/siteSettings.ts';
import type { ApiAnswer } from '../../api.ts';
import type { SettingsPart, SettingsState } from '../settingsState.ts';
import { accountHere, tell, wordsFor, type Desk, type DeskState } from '../state.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

/** Reads the settings in force, and the newest changes. What was typed and not saved stays. */
export async function loadSettings(desk: Desk): Promise<void> {
  const { site } = desk.read();
  patch(desk, { phase: 'loading' });
  const [view, history] = await Promise.all([
    ask<SettingsView>(desk, 'getSettings', { params: { site } }),
    ask<SettingsHistory>(desk, 'getSettingChanges', { params: { site } }),
  ]);
  if (desk.read().site !== site) return;
  if (view.outcome === 'answered' && history.outcome === 'answered') {
    const { changes, next } = history.body;
    patch(desk, { values: view.body.settings, changes, next, phase: 'ready' });
    return;
  }
  for (const answer of [view, history]) {
    if (answer.outcome === 'refused') tell(desk, explainRefusal(desk, answer), 'bad');
  }
  patch(desk, { phase: 'unreachable' });
}

/** Reads older changes. */
export async function loadOlderChanges(desk: Desk): Promise<void> {
  const { site, settings } = desk.read();
  if (settings.next === null) return;
  const answer = await ask<SettingsHistory>(desk, 'getSettingChanges', {
    params: { site },
    query: { after: settings.next },
  });
  if (answer.outcome !== 'answered' || desk.read().site !== site) return;
  patch(desk, { changes: [...settings.changes, ...answer.body.changes], next: answer.body.next });
}

/** Turns to a part of the settings. */
export function showPart(desk: Desk, part: SettingsPart): void {
  patch(desk, { part });
}

/** Notes what was typed for a setting; what is in force already is no draft. */
export function draftSetting(desk: Desk, name: SettingName, written: string): void {
  const { drafts, values, wrong } = desk.read().settings;
  const { [name]: _, ...others } = drafts;
  const isSame = values !== null && String(values[name]) === written;
  patch(desk, { drafts: isSame ? others : { ...others, [name]: written }, wrong: wrong.filter((one) => one !== name) });
}

/** Forgets everything that was typed and not saved. */
export function discardDrafts(desk: Desk): void {
  patch(desk, { drafts: {}, wrong: [] });
}

/** The names whose drafts do not fit, by the parser that the server asks as well. */
export function findWrong({ drafts }: Pick<SettingsState, 'drafts'>): SettingName[] {
  return settingNames.filter((name) => {
    const written = drafts[name];
    return written !== undefined && siteSettings[name].parse(written) === undefined;
  });
}

/** Whether the moderator may change a setting here. The server asks for itself. */
export function mayChange(state: DeskState, change: SettingChange): boolean {
  const role = accountHere(state)?.role;
  return role === 'admin' || (role === 'editor' && !asksAdmin(change));
}

/** Saves what was typed, all of it or nothing. What somebody changed meanwhile is shown and not overwritten. */
export async function saveDrafts(desk: Desk): Promise<void> {
  const { settings, site } = desk.read();
  const { drafts, values, busy } = settings;
  if (busy || values === null) return;
  const wrong = findWrong(settings);
  if (wrong.length > 0) {
    patch(desk, { wrong });
    tell(desk, wordsFor(desk)('settings.someWrong'), 'bad');
    return;
  }
  const was = Object.fromEntries(settingNames.flatMap((name) => (name in drafts ? [[name, values[name]]] : [])));
  patch(desk, { busy: true });
  const answer = await ask<SettingsView>(desk, 'putSettings', { params: { site }, body: { settings: drafts, was } });
  await settle(desk, answer, { said: 'settings.saved', drafts: {} });
}

/** Brings back what stood before a change. */
export async function undoChange(desk: Desk, seq: number): Promise<void> {
  const { settings, site } = desk.read();
  if (settings.busy) return;
  patch(desk, { busy: true });
  const params = { site, seq: String(seq) };
  await settle(desk, await ask<SettingsView>(desk, 'postSettingUndo', { params, body: {} }), {
    said: 'settings.undone',
  });
}

/** Shows what an answer to a change says: the settings of after, or why nothing was changed. */
export async function settle(
  desk: Desk,
  answer: ApiAnswer<SettingsView>,
  { said, drafts }: { said: 'settings.saved' | 'settings.undone'; drafts?: SettingsState['drafts'] },
): Promise<void> {
  patch(desk, { busy: false });
  if (answer.outcome === 'answered') {
    patch(desk, { values: answer.body.settings, wrong: [], ...(drafts && { drafts }) });
    tell(desk, wordsFor(desk)(said), 'good');
    await loadSettings(desk);
    return;
  }
  if (answer.outcome === 'unreachable') {
    tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
    return;
  }
  const field = settingNames.find((name) => name === answer.body.refusal?.field);
  if (field) patch(desk, { wrong: [field] });
  if (answer.reason === 'state_moved_on') {
    tell(desk, wordsFor(desk)('settings.moved'), 'bad');
    await loadSettings(desk);
  } else tell(desk, explainRefusal(desk, answer), 'bad');
}

function patch(desk: Desk, change: Partial<SettingsState>): void {
  desk.change({ settings: { ...desk.read().settings, ...change } });
}
