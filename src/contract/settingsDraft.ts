import { isObject, parsed, type JsonObject, type Parsed } from './json.ts';
import { refused, type Refused } from './refusals.ts';
import type { SettingChange } from './site.ts';
import { readAllowed, readListed } from './siteWords.ts';
import { settingNames, siteSettings, type SettingName, type SiteSettings } from './siteSettings.ts';

/** Settings to be changed; null brings a standard back. `was` are values that whoever asks has seen: where another stands
 *  meanwhile, nothing is changed. */
export type SettingsDraft = { settings: SettingChange; was: Partial<SiteSettings> };

/** One change of settings as its history tells it: who, when, what stood before and what stands since. null is the standard.
 *  `before` is null in events that did not keep it, which cannot be taken back by it. */
export type SettingsChanged = {
  seq: number;
  at: string;
  by: string;
  settings: SettingChange;
  before: SettingChange | null;
};

export type SettingsView = { site: string; settings: SiteSettings };

export type SettingsHistory = { changes: readonly SettingsChanged[]; next: string | null };

/** The draft in a body: `{settings: {NAME: VALUE | null}, was?: {NAME: VALUE}}`. Values are strings as `stet site set` takes
 *  them, or numbers. Refused with the name of the setting that is unknown or does not fit, by the parser of the table. */
export function parseSettingsDraft(body: unknown): Parsed<SettingsDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const { settings, was = {} } = body;
  if (!isObject(settings) || Object.keys(settings).length === 0)
    return refused('field_required', { field: 'settings' });
  if (!isObject(was)) return refused('field_malformed', { field: 'was' });
  const change = parseValues(settings, { standards: true });
  if (change.outcome === 'refused') return change;
  const seen = parseValues(was, { standards: false });
  if (seen.outcome === 'refused') return seen;
  return parsed({ settings: change.value, was: seen.value as Partial<SiteSettings> });
}

function parseValues(values: JsonObject, { standards }: { standards: boolean }): Parsed<SettingChange> {
  const change: Record<string, string | number | null> = {};
  for (const [field, value] of Object.entries(values)) {
    const name = settingNames.find((known) => known === field);
    if (name === undefined) return refused('field_malformed', { field });
    const read = value === null && standards ? null : parseValue(name, value);
    if (read === undefined) return refuseValue(name, value);
    change[name] = read;
  }
  return parsed(change);
}

/** Of a list the line that does not fit is named. */
function refuseValue(field: SettingName, value: unknown): Refused {
  if (typeof value === 'string' && (field === 'words.listed' || field === 'words.allowed')) {
    const read = field === 'words.listed' ? readListed(value) : readAllowed(value);
    if (read.outcome === 'wrong') return refused('words_malformed', { field, values: { line: read.fault.line } });
  }
  return refused('field_malformed', { field });
}

function parseValue(name: SettingName, value: unknown): string | number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return siteSettings[name].parse(String(value));
}

/** Whether one of the settings is for admins alone. */
export function asksAdmin(settings: SettingChange): boolean {
  return settingNames.some((name) => settings[name] !== undefined && siteSettings[name].who === 'admin');
}
