import { prepareStory } from './relevance.ts';
import { screen } from './screen.ts';
import type { Ruleset, Screening, ScreeningInput, ScreeningStory, StoryProfile } from './types.ts';

/** One line of `stet screen`'s answer: the screening, or why the line was refused. The
 *  id comes back as it was sent, `null` where it could not be read. */
export type ScreenedLine = ({ id: LineId } & Screening) | { id: LineId; error: string };

export type LineId = string | number | null;

/** Screens one JSON line `{id, text, lang?, story?: {headline, text, standfirst?, tags?},
 *  parent?}`, given as text or already parsed. Pure; never throws: a line that cannot
 *  be read answers with `error`, so that one bad line does not stop the rest. */
export function screenLine(line: unknown, rules?: Ruleset): ScreenedLine {
  const value = typeof line === 'string' ? parseJson(line) : line;
  if (value === undefined) return { id: null, error: 'the line is not JSON' };
  if (!isRecord(value)) return { id: null, error: 'the line is not a JSON object' };
  const id = typeof value.id === 'string' || typeof value.id === 'number' ? value.id : null;
  const parsed = parseInput(value);
  if (typeof parsed === 'string') return { id, error: parsed };
  return { id, ...screen(parsed, rules) };
}

/** The screening's input, or what is wrong with it. */
function parseInput(value: Record<string, unknown>): ScreeningInput | string {
  const { text, lang, story, parent } = value;
  if (value.id === undefined || (value.id !== null && typeof value.id !== 'string' && typeof value.id !== 'number')) {
    return 'id must be a string or a number';
  }
  if (typeof text !== 'string') return 'text must be a string';
  if (!isOptionalString(lang)) return 'lang must be a string';
  if (!isOptionalString(parent)) return 'parent must be a string';
  if (story === undefined || story === null) return { text, lang: lang ?? undefined, parent: parent ?? undefined };
  const parsed = parseStory(story);
  if (typeof parsed === 'string') return parsed;
  return { text, lang: lang ?? undefined, parent: parent ?? undefined, story: profileOf(parsed) };
}

/** Stories of the lines before: comments of one story often follow each other, and preparing it costs more than a comment. */
const profiles = new Map<string, { story: ScreeningStory; profile: StoryProfile }>();
const PROFILES_KEPT = 64;

function profileOf(story: ScreeningStory): StoryProfile {
  const known = profiles.get(story.headline);
  if (known !== undefined && isSame(known.story, story)) return known.profile;
  if (profiles.size >= PROFILES_KEPT) profiles.clear();
  const profile = prepareStory(story);
  profiles.set(story.headline, { story, profile });
  return profile;
}

function isSame(a: ScreeningStory, b: ScreeningStory): boolean {
  return a.text === b.text && a.standfirst === b.standfirst && (a.tags ?? []).join('\n') === (b.tags ?? []).join('\n');
}

function parseStory(story: unknown): ScreeningStory | string {
  if (!isRecord(story)) return 'story must be an object';
  const { headline, standfirst, text, tags } = story;
  if (typeof headline !== 'string') return 'story.headline must be a string';
  if (!isOptionalString(text)) return 'story.text must be a string';
  if (!isOptionalString(standfirst)) return 'story.standfirst must be a string';
  if (tags !== undefined && tags !== null && !isStrings(tags)) return 'story.tags must be a list of strings';
  return { headline, text: text ?? '', standfirst: standfirst ?? undefined, tags: isStrings(tags) ? tags : undefined };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOptionalString(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
