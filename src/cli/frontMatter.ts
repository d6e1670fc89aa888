import { parse, type Tags } from 'yaml';
import { isStoryKey } from '../contract/ids.ts';
import { isObject, parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { parseStoryDraft, type StoryDraft } from '../contract/story.ts';

/** A story file: its key and what is said of it. */
export type StoryFile = { key: string; draft: StoryDraft };

const frontMatter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** The story in a Markdown file with YAML front matter (`key, headline, standfirst?, byline, dateline?, published, tags[],
 *  language`, and the other fields of a story). Refused with the field that does not fit. */
export function parseStoryFile(text: string): Parsed<StoryFile> {
  const match = frontMatter.exec(text);
  if (!match) return refused('body_malformed', { field: 'front matter' });
  const fields = readYaml(match[1] ?? '');
  if (!isObject(fields)) return refused('body_malformed', { field: 'front matter' });
  const { key, withdrawn, ...rest } = fields;
  if (!isStoryKey(key)) return refused('key_malformed', { field: 'key' });
  const body = text.slice(match[0].length).replaceAll('\r\n', '\n').trim();
  const draft = parseStoryDraft({ ...rest, withdrawn: readBoolean(withdrawn), text: body });
  return draft.outcome === 'refused' ? draft : parsed({ key, draft: draft.value });
}

// Scalars stay what was written: a headline may be `2026` and a key `0012`, and times keep their offset for the story's own
// parser. Null stays, for fields that were left empty.
function readYaml(text: string): unknown {
  try {
    return parse(text, { schema: 'core', customTags: withoutNumbers, maxAliasCount: 10 });
  } catch {
    return undefined;
  }
}

const unread = /^tag:yaml\.org,2002:(?:int|float|bool)$/;

function withoutNumbers(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || !unread.test(tag.tag));
}

// As YAML's core schema writes them (YAML 1.2.2 §10.3.2).
function readBoolean(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  return /^(?:false|False|FALSE)$/.test(value) ? false : value;
}
