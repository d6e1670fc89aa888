import { isObject, parsed, type Parsed } from './json.ts';
import { refused } from './refusals.ts';
import { isWebAddress } from './webAddress.ts';

/** A publication with its own stories, guidelines and desk. */
export type Site = {
  site: string;
  name: string;
  language: string;
  /** The publisher's own origins: CORS allows these and no others. */
  origins: readonly string[];
  settings: SiteSettings;
};

export type SiteSettings = {
  /** Whether the machine reads each comment before it is queued. */
  screening: 'on' | 'off';
  /** Whether a second reader, where the installation has one, reads what screening is unsure about. */
  secondReader: 'on' | 'off';
  /** `off` lifts the rate limits, for load tests. */
  'intake.limits': 'on' | 'off';
  /** Most submissions in ten minutes from one network prefix (/24 or /48), and for one story. */
  'intake.perNetwork': number;
  'intake.perStory': number;
  /** Whether a submission carries a proof of work. */
  'intake.proof': 'on' | 'off';
  /** How a story's publication time is shown: a pattern of dd, MM, yyyy, HH, mm, or `language`. */
  'page.date': string;
  'page.timeZone': string;
  /** Days after which the text of a rejected, removed or withdrawn comment is erased; at least the 183 days in which
   *  its author may appeal, or 0 to keep it. */
  'retention.rejectedDays': number;
  /** Days after the appeal window for which an author's address is kept. */
  'retention.contactDays': number;
  /** Minutes that the oldest held comment may wait before somebody is told; 0 tells nobody. */
  'alert.heldMinutes': number;
  'alert.mail': string;
  'alert.webhook': string;
  /** Whether an unknown story named by `?url=` is created with the first comment that is taken. */
  'stories.fromUrl': 'on' | 'off';
  /** Shown on the privacy notice: whom a reader may write to. */
  'contact.mail': string;
};

export const defaultSettings: SiteSettings = {
  screening: 'on',
  secondReader: 'off',
  'intake.limits': 'on',
  'intake.perNetwork': 60,
  'intake.perStory': 600,
  'intake.proof': 'off',
  'page.date': 'dd-MM-yyyy HH:mm',
  'page.timeZone': 'UTC',
  'retention.rejectedDays': 365,
  'retention.contactDays': 30,
  'alert.heldMinutes': 0,
  'alert.mail': '',
  'alert.webhook': '',
  'stories.fromUrl': 'off',
  'contact.mail': '',
};

/** The days in which an author may appeal (DSA Art. 20(1): at least six months). */
export const appealDays = 183;

type SettingName = keyof SiteSettings;

const settingNames = Object.keys(defaultSettings) as SettingName[];

/** The settings in force: what is stored, over the defaults. Stored names that this version does not know are passed over. */
export function fillSettings(stored: unknown): SiteSettings {
  if (!isObject(stored)) return defaultSettings;
  const known = settingNames.filter((name) => stored[name] !== undefined).map((name) => [name, stored[name]]);
  return { ...defaultSettings, ...Object.fromEntries(known) };
}

/** One NAME=VALUE of `stet site set`. Refused with the name as `field` when the name is unknown or the value does not fit. */
export function parseSetting(written: string): Parsed<Partial<SiteSettings>> {
  const at = written.indexOf('=');
  const name = settingNames.find((known) => known === written.slice(0, Math.max(at, 0)));
  if (name === undefined) return refused('field_malformed', { field: at < 0 ? written : written.slice(0, at) });
  const value = parseValue(name, written.slice(at + 1));
  if (value === undefined) return refused('field_malformed', { field: name });
  return parsed({ [name]: value });
}

const mostNumber = 1_000_000;

function parseValue(name: SettingName, value: string): string | number | undefined {
  const standard = defaultSettings[name];
  if (typeof standard === 'number') {
    const number = Number(value);
    if (!/^\d{1,7}$/.test(value) || number > mostNumber) return undefined;
    return name === 'retention.rejectedDays' && number !== 0 && number < appealDays ? undefined : number;
  }
  if (standard === 'on' || standard === 'off') return value === 'on' || value === 'off' ? value : undefined;
  if (name === 'page.timeZone') return isTimeZone(value) ? value : undefined;
  if (name === 'page.date') return /^(?:language|[dMyHm .,/:-]{4,40})$/.test(value) ? value : undefined;
  if (name === 'alert.webhook')
    return value === '' || (isWebAddress(value) && URL.parse(value)?.username === '') ? value : undefined;
  return value === '' || /^[^\s@]{1,64}@[^\s@]{1,189}$/.test(value) ? value : undefined;
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
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
