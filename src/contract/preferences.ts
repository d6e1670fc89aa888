import { isObject, parsed, type JsonObject, type Parsed } from './json.ts';
import { deskKeys, isChoosableKey, type KeyMap } from './keys.ts';
import { refused } from './refusals.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const textSizes = ['standard', 'large', 'largest'] as const;
export type TextSize = (typeof textSizes)[number];

/** How a moderator wants the desk. Theirs alone: no other account reads it. */
export type Preferences = {
  /** Chosen keys that are not the standard ones, by act; '' takes an act's key away. */
  keys: Partial<KeyMap>;
  /** Whether single keys act at all (WCAG 2.1.4). */
  singleKeys: boolean;
  /** The desk's language; '' follows the browser and the site. */
  language: string;
  theme: Theme;
  /** How large the comment on the table is. */
  textSize: TextSize;
  /** From this score on a comment is veiled until it is asked for; 0 veils none. */
  veilFrom: number;
  greyscale: boolean;
  /** Whether the time of the shift is shown. */
  timer: boolean;
  /** Minutes of work after which a break is suggested; 0 suggests none. */
  breakMinutes: number;
  /** The share of hard cases, in percent, beyond which swapping with a colleague is suggested; 0 suggests nothing. */
  hardPercent: number;
};

/** What holds until somebody chooses otherwise. A break an hour and a hint at half hard cases are a start to adjust, not a
 *  rule: nothing is measured against them. */
export const standardPreferences: Preferences = {
  keys: {},
  singleKeys: true,
  language: '',
  theme: 'system',
  textSize: 'standard',
  veilFrom: 0,
  greyscale: false,
  timer: true,
  breakMinutes: 60,
  hardPercent: 50,
};

const most = { veilFrom: 1, breakMinutes: 480, hardPercent: 100 } as const;

/** Preferences from a body; what is absent has its standard value, and names that this version does not know are passed
 *  over. Refused with the field that does not fit, as `keys.approve` for a key that cannot be chosen or that two acts
 *  would have. */
export function parsePreferences(body: unknown): Parsed<Preferences> {
  if (!isObject(body)) return refused('body_malformed');
  const keys = parseKeys(body['keys'] ?? {});
  if (keys.outcome === 'refused') return keys;
  const read: Record<string, unknown> = { keys: keys.value };
  for (const [name, standard] of Object.entries(standardPreferences)) {
    if (name === 'keys') continue;
    const value = readValue(body, name as Exclude<keyof Preferences, 'keys'>, standard);
    if (value === undefined) return refused('field_malformed', { field: name });
    read[name] = value;
  }
  return parsed(read as Preferences);
}

function readValue(body: JsonObject, name: Exclude<keyof Preferences, 'keys'>, standard: unknown): unknown {
  const value = body[name] ?? standard;
  if (typeof value !== typeof standard) return undefined;
  if (typeof value === 'number') return fits(value, most[name as keyof typeof most], name) ? value : undefined;
  if (name === 'theme') return themes.find((known) => known === value);
  if (name === 'textSize') return textSizes.find((known) => known === value);
  if (name === 'language') return /^(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)?$/.test(String(value)) ? value : undefined;
  return value;
}

function fits(value: number, largest: number, name: string): boolean {
  return value >= 0 && value <= largest && (name === 'veilFrom' || Number.isInteger(value));
}

function parseKeys(value: unknown): Parsed<Partial<KeyMap>> {
  if (!isObject(value)) return refused('field_malformed', { field: 'keys' });
  const chosen: Record<string, string> = {};
  for (const [name, key] of Object.entries(value)) {
    const known = deskKeys.find(({ act }) => act === name);
    if (!known || typeof key !== 'string' || (key !== '' && !isChoosableKey(key)))
      return refused('field_malformed', { field: `keys.${name.slice(0, 40)}` });
    if (key !== known.key) chosen[name] = key;
  }
  const twice = findShared(chosen);
  return twice === undefined ? parsed(chosen) : refused('field_malformed', { field: `keys.${twice}` });
}

/** An act whose key another act has as well. */
function findShared(chosen: Partial<KeyMap>): string | undefined {
  const held = new Set<string>();
  for (const { act, key } of deskKeys) {
    const own = chosen[act] ?? key;
    if (own !== '' && held.has(own)) return act;
    held.add(own);
  }
  return undefined;
}
