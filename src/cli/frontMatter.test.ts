import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoryDraft } from '../contract/story.ts';
import { parseStoryFile } from './frontMatter.ts';

const fields = {
  key: 'bridge',
  headline: 'The bridge opens',
  byline: 'The Courier',
  published: '2026-11-20T08:00:00+03:00',
  language: 'en',
};

function write(more: Record<string, string> = {}): string {
  const lines = Object.entries({ ...fields, ...more }).map(([name, value]) => `${name}: ${value}`);
  return `---\n${lines.join('\n')}\n---\n\nThe text.\n`;
}

function refusalOf(text: string): [string, string | undefined] | undefined {
  const story = parseStoryFile(text);
  return story.outcome === 'refused' ? [story.refusal.reason, story.refusal.field] : undefined;
}

function read(more: Record<string, string>): { key: string; draft: StoryDraft } {
  const story = parseStoryFile(write(more));
  assert.ok(story.outcome === 'parsed', JSON.stringify(story));
  return story.value;
}

test('a file without front matter, with broken YAML or with a field that does not fit is refused by name', () => {
  const malformed: [string, string] = ['body_malformed', 'front matter'];
  for (const text of ['', 'The text.', '---\nkey: a\n', '---\n[\n---\n', '---\n- a\n---\n', '---\n12\n---\n']) {
    assert.deepEqual(refusalOf(text), malformed, text);
  }
  const wrong: [string, string, string][] = [
    ['key', 'Not a key', 'key_malformed'],
    ['key', '', 'key_malformed'],
    ['headline', '', 'field_required'],
    ['headline', '~', 'field_required'],
    ['headline', '[a]', 'field_malformed'],
    ['published', '12', 'field_malformed'],
    ['withdrawn', 'yes', 'field_malformed'],
    ['withdrawn', '1', 'field_malformed'],
    ['url', '12', 'field_malformed'],
  ];
  for (const [field, value, reason] of wrong) {
    assert.deepEqual(refusalOf(write({ [field]: value })), [reason, field], `${field}: ${value}`);
  }
});

test('numbers and booleans are what was written, to the letter', () => {
  for (const written of ['12345', '0012', '1', '2026', '0x1f', '1e3', '123456789012345678901234567890']) {
    assert.equal(read({ key: written }).key, written);
  }
  for (const written of ['2026', '1.0', '-7', '.5', '1e3', 'true', 'False', '.nan', '.inf', '2026-11-20']) {
    const { draft } = read({ headline: written, byline: written, section: written, tags: `[${written}, city]` });
    assert.deepEqual(
      [draft.headline, draft.byline, draft.section, draft.tags],
      [written, written, written, [written, 'city']],
    );
  }
});

test('a story is withdrawn by true, and a field that is left empty is absent', () => {
  for (const written of ['true', 'True', 'TRUE', '"true"'])
    assert.equal(read({ withdrawn: written }).draft.withdrawn, true);
  for (const written of ['false', 'False', '', '~', 'null']) {
    assert.equal(read({ withdrawn: written }).draft.withdrawn, false, written);
  }
  const { draft } = read({ standfirst: '', section: 'null', tags: '' });
  assert.deepEqual([draft.standfirst, draft.section, draft.tags], [undefined, undefined, []]);
});
