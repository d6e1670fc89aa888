import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostileNames, hostileTexts } from '../support/hostile.ts';
import { findAll, readMarkup, textOf, type Element } from '../support/markup.ts';
import { feedForms, type Feed } from '../../src/publication/feedForms.ts';

const published = new Date('2026-03-01T10:00:00Z');

function feedOf(items: readonly { text: string; name: string }[]): Feed {
  const home = 'https://news.example/s/a?x=1&y="';
  return {
    title: '<Title> & ]]>]]>',
    home,
    self: home,
    language: 'en',
    updated: published,
    items: items.map(({ text, name }, index) => ({
      id: `urn:x:${index}`,
      url: home,
      title: name,
      author: name,
      published,
      language: 'ckb',
      text,
      tags: [name],
    })),
  };
}

const hostile = hostileTexts.map((text, index) => ({ text, name: hostileNames[index % hostileNames.length] ?? '' }));
const texts = (root: Element, name: string): string[] => findAll(root, name).map(textOf);

describe('feeds', () => {
  it('are well-formed without a single item', () => {
    for (const form of ['rss', 'atom'] as const) readMarkup(feedForms[form](feedOf([])));
    assert.deepEqual(JSON.parse(feedForms.json(feedOf([]))).items, []);
  });

  it('hold every hostile text and name as text in Atom, exactly', () => {
    const root = readMarkup(feedForms.atom(feedOf(hostile)));
    assert.deepEqual(
      texts(root, 'content'),
      hostile.map(({ text }) => text),
    );
    assert.deepEqual(
      texts(root, 'name'),
      hostile.map(({ name }) => name),
    );
    assert.deepEqual(
      findAll(root, 'category').map(({ attributes }) => attributes['term']),
      hostile.map(({ name }) => name),
    );
  });

  it('hold them as text in RSS, whose descriptions are read as HTML', () => {
    const root = readMarkup(feedForms.rss(feedOf(hostile)));
    const descriptions = findAll(root, 'item').map((item) => texts(item, 'description')[0] ?? '');
    const read = descriptions.map((description) => {
      const page = readMarkup(description.replaceAll('<br>', '<br/>'));
      assert.ok(findAll(page, 'br').length === page.children.filter((child) => typeof child !== 'string').length);
      return textOf(page);
    });
    assert.deepEqual(
      read,
      hostile.map(({ text }) => text),
    );
    assert.deepEqual(
      texts(root, 'dc:creator'),
      hostile.map(({ name }) => name),
    );
  });

  it('escape names exactly once in titles and creators, which are text and are called so where the form can', () => {
    const item = { text: '<b>', name: '<b>&amp;"' };
    const once = '&lt;b&gt;&amp;amp;&quot;';
    const rss = feedForms.rss(feedOf([item]));
    assert.ok(rss.includes(`<title>${once}</title>`) && rss.includes(`<dc:creator>${once}</dc:creator>`), rss);
    const atom = feedForms.atom(feedOf([item]));
    assert.ok(atom.includes(`<title type="text">${once}</title>`) && atom.includes(`<name>${once}</name>`), atom);
    assert.doesNotMatch(atom, /<(?:title|content)>/);
  });

  it('hold them as plain text in JSON Feed', () => {
    const { items } = JSON.parse(feedForms.json(feedOf(hostile)));
    const read = items.map(({ content_text }: { content_text: string }) => content_text);
    assert.deepEqual(
      read,
      hostile.map(({ text }) => text),
    );
  });

  it('replace what XML cannot hold', () => {
    const text = 'a\u0000b\u000bc\ufffed\ud800e\tf\u{1f600}';
    for (const form of ['rss', 'atom'] as const) {
      const written = feedForms[form](feedOf([{ text, name: 'n' }]));
      assert.ok(written.includes('a\ufffdb\ufffdc\ufffdd\ufffde\tf\u{1f600}'), form);
    }
  });
});
