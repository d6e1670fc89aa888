import { isObject, parsed, readOptionalString, readString, type JsonObject, type Parsed } from './json.ts';
import { directionOfLanguage, isLanguageTag } from './languages.ts';
import { refused } from './refusals.ts';
import { publicTime } from './time.ts';
import { isWebAddress } from './webAddress.ts';

// Longer than any newspaper prints; a body of 2 MiB (routes.ts) holds it in any script of two bytes a letter.
const storyCodeUnits = 1_048_576;

export type Story = {
  site: string;
  story: string;
  url?: string | undefined;
  headline: string;
  standfirst?: string | undefined;
  byline: string;
  dateline?: string | undefined;
  published: Date;
  section?: string | undefined;
  tags: readonly string[];
  language: string;
  dir: 'ltr' | 'rtl';
  text: string;
  comments: 'open' | 'closed';
  commentsUntil?: Date | undefined;
  /** Seconds between two comments from one network, in place of the site's `intake.slowSeconds`. */
  slowSeconds?: number | undefined;
  withdrawnAt?: Date | undefined;
  movedTo?: string | undefined;
};

/** Whether readers may read it: neither moved nor withdrawn. */
export function isReadable({ movedTo, withdrawnAt }: Pick<Story, 'movedTo' | 'withdrawnAt'>): boolean {
  return movedTo === undefined && !withdrawnAt;
}

/** What a publisher may say of a story (`PUT`, `stet story add`). */
export type StoryDraft = Omit<Story, 'site' | 'story' | 'withdrawnAt'> & { withdrawn: boolean };

/** The draft in a JSON body or in front matter. Refused with the field that does not fit. */
export function parseStoryDraft(body: unknown): Parsed<StoryDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const strings = parseStrings(body);
  if (strings.outcome === 'refused') return strings;
  const dates = parseDates(body);
  if (dates.outcome === 'refused') return dates;
  const { language } = strings.value;
  if (!isLanguageTag(language)) return refused('field_malformed', { field: 'language' });
  const tags = parseTags(body['tags']);
  if (!tags) return refused('field_malformed', { field: 'tags' });
  const comments = body['comments'] ?? 'open';
  if (comments !== 'open' && comments !== 'closed') return refused('field_malformed', { field: 'comments' });
  const slowSeconds = body['slowSeconds'] ?? undefined;
  if (slowSeconds !== undefined && !isSeconds(slowSeconds)) return refused('field_malformed', { field: 'slowSeconds' });
  const withdrawn = body['withdrawn'] ?? false;
  if (typeof withdrawn !== 'boolean') return refused('field_malformed', { field: 'withdrawn' });
  for (const field of ['url', 'movedTo'] as const) {
    const address = strings.value[field];
    if (address === undefined) continue;
    // As browsers send it back in `?url=`: in ASCII, whatever script the publisher wrote it in.
    const href = isWebAddress(address) ? (URL.parse(address)?.href ?? '') : '';
    if (href === '' || href.length > addressCodeUnits) return refused('field_malformed', { field });
    strings.value[field] = href;
  }
  const slow = slowSeconds === undefined ? {} : { slowSeconds };
  const dir = directionOfLanguage(language);
  return parsed({ ...strings.value, ...dates.value, ...slow, tags, comments, withdrawn, dir });
}

/** Most seconds that slow mode lets pass between two comments: a day. */
export const mostSlowSeconds = 86_400;

function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostSlowSeconds;
}

// Of every short field; of addresses as `URL` writes them, since an index holds them.
const addressCodeUnits = 2000;

type Strings = Pick<
  StoryDraft,
  'url' | 'headline' | 'standfirst' | 'byline' | 'dateline' | 'section' | 'language' | 'text' | 'movedTo'
>;

const required = ['headline', 'byline', 'language', 'text'] as const;
const optional = ['url', 'standfirst', 'dateline', 'section', 'movedTo'] as const;

function parseStrings(body: JsonObject): Parsed<Strings> {
  const strings: Strings = { headline: '', byline: '', language: '', text: '' };
  for (const field of required) {
    const value = readString(body, field, field === 'text' ? storyCodeUnits : 1000);
    if (value.outcome === 'refused') return value;
    strings[field] = value.value;
  }
  for (const field of optional) {
    const value = readOptionalString(body, field, addressCodeUnits);
    if (value.outcome === 'refused') return value;
    if (value.value !== undefined) strings[field] = value.value;
  }
  return parsed(strings);
}

function parseDates(body: JsonObject): Parsed<Pick<StoryDraft, 'published' | 'commentsUntil'>> {
  const published = parseTime(body['published']);
  if (!published) return refused(body['published'] ? 'field_malformed' : 'field_required', { field: 'published' });
  if (body['commentsUntil'] === undefined || body['commentsUntil'] === null) return parsed({ published });
  const commentsUntil = parseTime(body['commentsUntil']);
  if (!commentsUntil) return refused('field_malformed', { field: 'commentsUntil' });
  return parsed({ published, commentsUntil });
}

// A day, or a time with its offset: a time without one would mean something else on every server.
const timeShape = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d))?$/;

function parseTime(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (typeof value !== 'string' || !timeShape.test(value)) return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) || !isDay(value.slice(0, 10)) ? undefined : time;
}

// `Date` reads 31 June as 1 July: a slip in a closing date would be kept as a day that nobody wrote.
function isDay(day: string): boolean {
  return new Date(day).toISOString().startsWith(day);
}

const mostTags = 50;

/** Whether the value can be a tag: 1–80 code units without slashes and controls, so that it can stand in an address. */
export function isTag(value: string): boolean {
  return value !== '' && value.length <= 80 && value.isWellFormed() && !/[/\\\p{Cc}]/u.test(value);
}

function parseTags(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > mostTags) return undefined;
  const tags = value.map((tag: unknown) => (typeof tag === 'string' ? tag.trim().normalize('NFC') : ''));
  return tags.every(isTag) ? [...new Set(tags)] : undefined;
}

/** Whether somebody told what the story is. One that came from its address alone has no text (a draft needs one): it is a
 *  place for comments, whose address a reader named, and stands in no list, feed or sitemap. */
export function isTold({ text }: Pick<Story, 'text'>): boolean {
  return text !== '';
}

/** Where readers read the story: on a page of ours, or at the publisher's own address of one that came from it alone. */
export function storyAddress(story: Pick<Story, 'site' | 'story' | 'url' | 'text'>): string {
  return isTold(story) || story.url === undefined ? `/s/${story.site}/${story.story}` : story.url;
}

/** A story as JSON, under the names by which a publisher sends it. */
export function describeStory(story: Story): object {
  const { site, story: key, published, commentsUntil, withdrawnAt, ...rest } = story;
  return {
    site,
    key,
    ...rest,
    published: publicTime(published),
    ...(commentsUntil ? { commentsUntil: publicTime(commentsUntil) } : {}),
    withdrawn: withdrawnAt !== undefined,
  };
}
