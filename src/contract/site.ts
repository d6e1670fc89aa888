import { isObject, parsed, type Parsed } from './json.ts';
import { refused } from './refusals.ts';
import { type SettingName, settingNames, siteSettings, type SiteSettings } from './siteSettings.ts';

/** A publication with its own stories, guidelines and desk. */
export type Site = {
  site: string;
  name: string;
  language: string;
  /** The publisher's own origins: CORS allows these and no others. */
  origins: readonly string[];
  settings: SiteSettings;
};

export { appealDays, type SiteSettings } from './siteSettings.ts';

export const defaultSettings = Object.fromEntries(
  settingNames.map((name) => [name, siteSettings[name].standard]),
) as SiteSettings;

/** The settings in force: what is stored, over the standards. Stored names that this version does not know are passed over. */
export function fillSettings(stored: unknown): SiteSettings {
  if (!isObject(stored)) return defaultSettings;
  const known = settingNames.filter((name) => stored[name] !== undefined).map((name) => [name, stored[name]]);
  return { ...defaultSettings, ...Object.fromEntries(known) };
}

/** What was changed, by name; null brings the standard back. */
export type SettingChange = { readonly [Name in SettingName]?: SiteSettings[Name] | null };

/** One NAME=VALUE of `stet site set`. Refused with the name as `field` when the name is unknown or the value does not fit. */
export function parseSetting(written: string): Parsed<Partial<SiteSettings>> {
  const at = written.indexOf('=');
  return at < 0
    ? refused('field_malformed', { field: written })
    : parseNamed(written.slice(0, at), written.slice(at + 1));
}

function parseNamed(written: string, value: string): Parsed<Partial<SiteSettings>> {
  const name = settingNames.find((known) => known === written);
  const read = name && siteSettings[name].parse(value);
  return name === undefined || read === undefined
    ? refused('field_malformed', { field: written })
    : parsed({ [name]: read });
}

/** An origin as browsers send it (`https://news.example`), or undefined for what is none. A path or a query is refused
 *  rather than cut, so that nobody believes it narrows anything. */
export function parseOrigin(value: string): string | undefined {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return value === url.origin || value === `${url.origin}/` ? url.origin : undefined;
}

// An entry of a btree takes 2,704 bytes.
const mostUrl = 2000;

/** The address as `URL` writes it, in ASCII and without its fragment, where it stands on one of the site's own origins and
 *  has at most 2,000 characters; else undefined. Whole origins are compared: a suffix check would take
 *  attacker-example.com for example.com. */
export function parseOwnAddress({ origins }: Pick<Site, 'origins'>, written: string): string | undefined {
  const url = URL.parse(written);
  if (!url || url.username || url.password || !origins.includes(url.origin)) return undefined;
  url.hash = '';
  return url.href.length > mostUrl ? undefined : url.href;
}
