import { explanationCodeUnits } from './desk.ts';
import { grounds, type Guideline, statementCategories, type Texts } from './guideline.ts';
import { isObject, parsed, readOptionalString, type JsonObject, type Parsed } from './json.ts';
import { isLanguageTag } from './languages.ts';
import { refused, type Refused } from './refusals.ts';
import { findRefusedCharacter, isBlank, nameCharacter, normaliseText } from './text.ts';

/** A guideline as an editor sends it; `version` is the one they had before them, 0 for a guideline that is new. */
export type GuidelineDraft = Omit<Guideline, 'key' | 'position' | 'secondReading'> & {
  /** As it was, where it is not said. */
  secondReading?: boolean;
};

/** A version of a guideline with who saved it, and when. */
export type SavedGuideline = Guideline & { at: string; by: string };

export type GuidelinesView = { site: string; language: string; guidelines: readonly SavedGuideline[] };

/** The order that an editor asks for: every guideline in force, with the version they had before them. */
export type OrderDraft = readonly { key: string; version: number }[];

/** Most code units of a title, a wording and a law. */
export const guidelineLimits = { titles: 120, wordings: 4000, explanations: explanationCodeUnits, law: 500 } as const;

/** Most guidelines that a site has in force: no reader reads more, and a moderator chooses among them. */
export const mostGuidelines = 50;
const mostLanguages = 40;

/** Whether the value can be a guideline's key: it stands in addresses for ever. */
export function isGuidelineKey(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9-]{1,40}$/.test(value);
}

/** The draft in a body. Texts are under the rules of a reader's text, since readers get to read them: NFC, LF, no controls
 *  and no invisible tricks; a title is one line. Languages with an empty text are left out. Refused by the field, with the
 *  language behind a dot (`titles.ckb`); the site's own language needs a title and a wording. */
export function parseGuidelineDraft(body: unknown, siteLanguage: string): Parsed<GuidelineDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const { version, retired = false, ground = 'incompatible', category = '', secondReading } = body;
  if (!Number.isSafeInteger(version) || Number(version) < 0) return refused('field_malformed', { field: 'version' });
  if (typeof retired !== 'boolean') return refused('field_malformed', { field: 'retired' });
  if (secondReading !== undefined && typeof secondReading !== 'boolean') {
    return refused('field_malformed', { field: 'secondReading' });
  }
  const known = grounds.find((one) => one === ground);
  if (known === undefined) return refused('field_malformed', { field: 'ground' });
  const filed = ['', ...statementCategories].find((one) => one === category);
  if (filed === undefined) return refused('field_malformed', { field: 'category' });
  const law = parseLaw(body, known);
  if (law.outcome === 'refused') return law;
  const texts: Record<string, Texts> = {};
  for (const field of ['titles', 'wordings', 'explanations'] as const) {
    const read = parseTexts(body[field] ?? {}, field);
    if (read.outcome === 'refused') return read;
    if (field !== 'explanations' && !(siteLanguage in read.value)) {
      return refused('field_required', { field: `${field}.${siteLanguage}` });
    }
    texts[field] = read.value;
  }
  const { titles = {}, wordings = {}, explanations = {} } = texts;
  const value = { titles, wordings, explanations, ground: known, law: law.value, category: filed };
  const reading = secondReading === undefined ? {} : { secondReading };
  return parsed({ version: Number(version), ...value, ...reading, retired });
}

function parseLaw(body: JsonObject, ground: Guideline['ground']): Parsed<string> {
  const field = 'law';
  const written = readOptionalString(body, field, guidelineLimits.law);
  if (written.outcome === 'refused') return written;
  const law = normaliseText(written.value ?? '').trim();
  const against = refuseText(law, field, { lines: false });
  if (against) return against;
  if (ground === 'illegal' && isBlank(law)) return refused('field_required', { field });
  return parsed(ground === 'illegal' ? law : '');
}

function parseTexts(value: unknown, name: 'titles' | 'wordings' | 'explanations'): Parsed<Texts> {
  if (!isObject(value)) return refused('field_malformed', { field: name });
  const texts: Record<string, string> = {};
  for (const [language, written] of Object.entries(value)) {
    const field = `${name}.${language}`;
    if (!isLanguageTag(language) || typeof written !== 'string') return refused('field_malformed', { field });
    const text = normaliseText(written).trim();
    if (text.length > guidelineLimits[name]) {
      return refused('text_too_long', { field, values: { most: guidelineLimits[name], length: text.length } });
    }
    const against = refuseText(text, field, { lines: name !== 'titles' });
    if (against) return against;
    if (!isBlank(text)) texts[language] = text;
  }
  if (Object.keys(texts).length > mostLanguages) return refused('field_malformed', { field: name });
  return parsed(texts);
}

function refuseText(text: string, field: string, { lines }: { lines: boolean }): Refused | undefined {
  const character = findRefusedCharacter(text) ?? (lines ? undefined : /[\n\t]/.exec(text)?.[0]);
  if (character === undefined) return undefined;
  return refused('text_characters', { field, values: { character: nameCharacter(character) } });
}

/** `{order: [{key, version}]}`. Refused when a key is none or comes twice. */
export function parseOrderDraft(body: unknown): Parsed<OrderDraft> {
  const order = isObject(body) ? body['order'] : undefined;
  const isNamed = (one: unknown): one is { key: string; version: number } =>
    isObject(one) && isGuidelineKey(one['key']) && Number.isSafeInteger(one['version']);
  if (!Array.isArray(order) || order.length === 0 || order.length > mostGuidelines || !order.every(isNamed)) {
    return refused('field_malformed', { field: 'order' });
  }
  const named = order.map(({ key, version }) => ({ key, version }));
  const isTwice = new Set(named.map(({ key }) => key)).size < named.length;
  return isTwice ? refused('field_malformed', { field: 'order' }) : parsed(named);
}
