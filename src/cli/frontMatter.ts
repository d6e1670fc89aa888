import { parse } from 'yaml';
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
  const { key, ...rest } = fields;
  if (!isStoryKey(key)) return refused('key_malformed', { field: 'key' });
  const body = text.slice(match[0].length).replaceAll('\r\n', '\n').trim();
  const draft = parseStoryDraft({ ...rest, text: body });
  return draft.outcome === 'refused' ? draft : parsed({ key, draft: draft.value });
}

// YAML's core schema leaves times as strings, which keeps their offset for the story's own parser.
function readYaml(text: string): unknown {
  try {
    return parse(text, { schema: 'core', maxAliasCount: 10 });
  } catch {
    return undefined;
  }
}
