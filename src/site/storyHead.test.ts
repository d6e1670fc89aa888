import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultSettings, type Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { describeStory, renderStoryHead, type StoryHead } from './storyHead.ts';

const hostileTexts = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '&lt;/script&gt;',
  '\\u003c/script\\u003e',
  '\u2028\u2029',
  'سڵاو \u200f(ئاو)\u200e',
];

const site: Site = { site: 'sample', name: 'The Harbour', language: 'en', origins: [], settings: defaultSettings };
const story: Story = {
  ...{
    site: 'sample',
    story: 'welcome',
    headline: 'The ferry runs',
    standfirst: 'At night',
    byline: 'Ann Lee',
    dateline: 'Quay',
  },
  ...{ tags: ['ferry', 'town council'], language: 'en', dir: 'ltr', text: 'It runs.', comments: 'open' },
  published: new Date('2015-07-09T12:34:56Z'),
};
const comment: StoryHead['thread']['comments'][number] = {
  ...{ id: 'c0ffee00-0000-4000-8000-000000000000', parentId: null, parentName: null, name: 'Rawa', text: 'Good.' },
  ...{ lang: 'en', dir: 'ltr', publishedAt: '2026-11-22T10:00:00Z', replies: 0, sha256: 'ab' },
};
const thread: StoryHead['thread'] = { story: 'welcome', count: 1, comments: [comment], next: null };
const head: StoryHead = { site, story, thread, publicUrl: 'https://desk.example' };

function readData(about: StoryHead): { headline: string; [field: string]: unknown; comment: { text: string }[] } {
  const data =
    /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(renderStoryHead(about).toString())?.[1] ?? '';
  return JSON.parse(data) as ReturnType<typeof readData>;
}

describe('what a story tells search engines and other sites', () => {
  it('cannot be left by any text of a reader or a publisher, and gives each back as it was', () => {
    for (const text of hostileTexts) {
      const about = {
        ...head,
        story: { ...story, headline: text, standfirst: text, byline: text, section: text, tags: [text] },
        thread: { ...thread, comments: [{ ...comment, name: text, text }] },
      };
      const markup = renderStoryHead(about).toString();
      assert.equal(markup.match(/<script/g)?.length, 1, text);
      assert.equal(markup.match(/<\/script/g)?.length, 1, text);
      assert.equal(markup.match(/<(?!link |meta |script|\/script)/g), null, text);
      assert.equal(readData(about).comment[0]?.text, text);
    }
  });

  it('is a NewsArticle with its comments', () => {
    const { comment: comments, ...data } = readData(head);
    assert.equal(data['@type'], 'NewsArticle');
    assert.equal(data['datePublished'], '2015-07-09T12:34:00Z');
    assert.deepEqual(data['author'], { '@type': 'Person', name: 'Ann Lee' });
    assert.equal(data['commentCount'], 1);
    assert.deepEqual(comments, [
      {
        '@type': 'Comment',
        '@id': `https://desk.example/s/sample/welcome#c-${comment.id}`,
        url: `https://desk.example/s/sample/welcome?comment=${comment.id}#c-${comment.id}`,
        author: { '@type': 'Person', name: 'Rawa' },
        text: 'Good.',
        inLanguage: 'en',
        datePublished: '2026-11-22T10:00:00Z',
      },
    ]);
  });

  it('takes a byline that is the publisher for the publisher', () => {
    assert.deepEqual(readData({ ...head, story: { ...story, byline: 'The Harbour' } })['author'], {
      ...{ '@type': 'NewsMediaOrganization', name: 'The Harbour', url: 'https://desk.example/s/sample' },
    });
  });

  it('names the address where the publisher has the story, if there is one', () => {
    const named = renderStoryHead({
      ...head,
      story: { ...story, url: 'https://news.example/ferry?a=1&b=2' },
    }).toString();
    assert.match(named, /<link rel="canonical" href="https:\/\/news\.example\/ferry\?a=1&amp;b=2">/);
    assert.match(
      renderStoryHead(head).toString(),
      /<link rel="canonical" href="https:\/\/desk\.example\/s\/sample\/welcome">/,
    );
  });

  it('shortens a headline that search engines would cut, never inside a character', () => {
    const { headline } = describeStory({ ...head, story: { ...story, headline: '🏴'.repeat(80) } }) as {
      headline: string;
    };
    assert.ok(headline.length <= 111);
    assert.ok(headline.isWellFormed());
  });
});
