import { type Answer, answerJson, type Call, readNumber, readParameter } from '../contract/http.ts';
import { actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { asksAdmin, parseSettingsDraft, type SettingsDraft, type SettingsHistory } from '../contract/settingsDraft.ts';
import { findAllowedSite } from '../record/allowedSite.ts';
import { changeSettings, findSettingChange, listSettingChanges } from '../record/siteChanges.ts';
import type { RulebookDeps } from './rulebook.ts';

/** 200 with a `SettingsView`: every setting in force. */
export async function showSettings({ kept }: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(kept, call, 'rulebook.read');
  if (allowed.outcome === 'refused') return allowed;
  const { site, settings } = allowed.site;
  return answerJson(200, { site, settings });
}

/** Changes settings by one event: 200 with the `SettingsView` of after. Refused: a setting that does not fit by its name,
 *  one for admins to anybody else, `state_moved_on` where another value stands than the one that was seen. */
export async function saveSettings(deps: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const draft = parseSettingsDraft(call.body);
  return draft.outcome === 'refused' ? draft : change(deps, call, draft.value);
}

const historyLimits = { least: 1, most: 100, standard: 30 };

/** 200 with a `SettingsHistory`, the newest change first. */
export async function showSettingChanges({ store, kept }: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(kept, call, 'rulebook.read');
  if (allowed.outcome === 'refused') return allowed;
  const limit = readNumber(call, 'limit', historyLimits);
  if (limit.outcome === 'refused') return limit;
  const after = readParameter(call, 'after');
  if (after.outcome === 'refused') return after;
  if (after.value !== undefined && !isSeq(after.value)) return refused('parameter_malformed', { field: 'after' });
  const before = after.value === undefined ? undefined : Number(after.value);
  const changes = await listSettingChanges(store, allowed.site.site, { before, limit: limit.value + 1 });
  const shown = changes.slice(0, limit.value);
  const next = changes.length > shown.length ? String(shown.at(-1)?.seq) : null;
  return answerJson(200, { changes: shown, next } satisfies SettingsHistory);
}

/** Brings back what stood before a change, by a new event: 200 with the `SettingsView` of after. Later changes of the same
 *  settings give way to it. Refused: `not_found` for what is no change, or none that kept what stood before. */
export async function undoSettings(deps: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(deps.kept, call, 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const { seq = '' } = call.params;
  const found = isSeq(seq) ? await findSettingChange(deps.store, allowed.site.site, Number(seq)) : undefined;
  if (!found?.before) return refused('not_found');
  // What was allowed then need not fit this version.
  const draft = parseSettingsDraft({ settings: found.before });
  return draft.outcome === 'refused' ? draft : change(deps, call, draft.value);
}

async function change({ store, kept }: RulebookDeps, call: Call, { settings, was }: SettingsDraft): Promise<Answer> {
  const allowed = await findAllowedSite(kept, call, asksAdmin(settings) ? 'site.write' : 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const { site, account } = allowed;
  const changed = await changeSettings(store, site.site, { settings, was, at: call.now, actor: actorOf(account) });
  if (changed === undefined) return refused('not_found');
  if (changed === 'moved_on') return refused('state_moved_on');
  return answerJson(200, { site: changed.site, settings: changed.settings });
}

function isSeq(written: string): boolean {
  return /^\d{1,15}$/.test(written);
}
