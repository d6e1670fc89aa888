import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hostileNames, hostileTexts } from '../support/hostile.ts';
import { hostileComments, refusedTexts } from '../support/hostileComments.ts';
import { allElements, findAll, readMarkup, textOf, type Element } from '../support/markup.ts';
import { renderFragment, type FragmentFrame } from '../../src/publication/fragment.ts';
import { firstPage, type ReadComment } from '../../src/publication/thread.ts';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function comment(number: number, more: Partial<ReadComment> = {}): ReadComment {
  return {
    id: id(number),
    parentId: null,
    parentName: null,
    name: 'Ann',
    text: 'Text',
    lang: 'en',
    dir: 'ltr',
    publishedAt: '2026-03-01T10:00:00Z',
    replies: 0,
    sha256: 'ab'.repeat(32),
    ...more,
  };
}

type Frame = Partial<FragmentFrame & { count: number; next: string | null }>;

function render(
  comments: readonly ReadComment[],
  { count = comments.length, next = null, ...frame }: Frame = {},
): Element {
  const dates = { pattern: 'dd-MM-yyyy HH:mm', timeZone: 'UTC' };
  const thread = { story: 'bridge', count, comments, next };
  const written = renderFragment(
    { outcome: 'read', thread },
    { language: 'en', dates, open: true, links: false, request: firstPage, ...frame },
  );
  return readMarkup(written);
}

const texts = (root: Element, selector: string): string[] => findAll(root, selector).map(textOf);
const one = (root: Element, selector: string): Element => {
  const [found, ...more] = findAll(root, selector);
  assert.ok(found && more.length === 0, selector);
  return found;
};

it('the fragment says in a sentence that nothing was published yet', () => {
  assert.deepEqual(texts(render([]), '.thread-empty'), ['No comment has been published here yet.']);
  assert.equal(findAll(render([]), 'article').length, 0);
});

it('the fragment holds every hostile text as one text node and every hostile name in its own isolation', () => {
  const plain = allElements(render([comment(1)])).length;
  for (const text of hostileTexts) {
    const page = render([comment(1, { text })]);
    assert.deepEqual(one(page, '.comment-text').children, [text]);
    assert.equal(allElements(page).length, plain, text);
  }
  for (const name of hostileNames) {
    const page = render([comment(1, { name })]);
    assert.deepEqual(one(page, 'bdi').children, [name]);
    assert.equal(one(page, '.comment-reply').attributes['aria-label'], `Reply to \u2068${name}\u2069`);
    assert.equal(allElements(page).length, plain, name);
  }
});

it('where addresses may be pressed the fragment has links around exactly their characters, and no other element', () => {
  const plain = allElements(render([comment(1)])).length;
  for (const text of [...hostileComments, ...refusedTexts, 'https://example.org/?a=1&b="2"']) {
    const page = render([comment(1, { text })], { links: true });
    const written = one(page, '.comment-text');
    assert.equal(textOf(written), text);
    const links = allElements(written);
    assert.equal(allElements(page).length, plain + links.length, text);
    for (const { name, attributes, children } of links) {
      assert.deepEqual([name, children.length], ['a', 1]);
      assert.deepEqual(Object.keys(attributes), ['rel', 'href', 'dir']);
      assert.deepEqual([attributes['rel'], attributes['dir']], ['ugc nofollow noopener noreferrer', 'ltr']);
      assert.match(attributes['href'] ?? '', /^https?:\/\/[a-z0-9.:-]+\//);
    }
  }
  const seen = render([comment(1, { text: 'See https://example.org/?a=1&b=2.' })], { links: true });
  const [link] = findAll(one(seen, '.comment-text'), 'a');
  assert.deepEqual(
    [link?.children, link?.attributes['href']],
    [['https://example.org/?a=1&b=2'], 'https://example.org/?a=1&b=2'],
  );
});

it('an address in a name is never a link', () => {
  const page = render([comment(1, { name: 'https://example.org' })], { links: true });
  assert.deepEqual(one(page, 'bdi').children, ['https://example.org']);
});

it('the fragment gives each comment its own language and direction', () => {
  const page = render([comment(1, { text: 'سڵاو', lang: 'ckb', dir: 'rtl' })]);
  const article = one(page, 'article');
  assert.equal(article.attributes['id'], `c-${id(1)}`);
  for (const element of [article, one(page, '.comment-text')]) {
    assert.equal(element.attributes['lang'], 'ckb');
    assert.equal(element.attributes['dir'], 'rtl');
  }
  assert.equal(one(page, '.comment-foot').attributes['lang'], 'en');
});

it('the fragment shows the time as the site wishes and says it exactly', () => {
  const time = one(render([comment(1)], { dates: { pattern: 'dd-MM-yyyy HH:mm', timeZone: 'Asia/Baghdad' } }), 'time');
  assert.equal(textOf(time), '01-03-2026 13:00');
  assert.equal(time.attributes['datetime'], '2026-03-01T10:00:00Z');
});

it('the fragment shows the beginning of the SHA-256 and tells all of it', () => {
  const code = one(render([comment(1)]), '.comment-sha256');
  assert.equal(textOf(code), 'abababababab');
  assert.ok(code.attributes['title']?.includes('ab'.repeat(32)));
});

it('the fragment links to a reply form and to the comment itself', () => {
  const page = render([comment(1)]);
  assert.equal(one(page, '.comment-reply').attributes['href'], `?reply=${id(1)}#write`);
  assert.equal(one(page, '.comment-link').attributes['href'], `?comment=${id(1)}#c-${id(1)}`);
});

it('the fragment offers no reply where comments are closed', () => {
  assert.equal(findAll(render([comment(1)], { open: false }), '.comment-reply').length, 0);
});

it('the fragment sets a reply under its parent without saying so twice', () => {
  const page = render([comment(2, { parentId: id(1), parentName: 'Ann' }), comment(1)]);
  assert.equal(findAll(one(page, '.replies'), 'article').length, 1);
  assert.equal(findAll(page, '.comment-parent').length, 0);
});

it('the fragment names the parent that stands on another page', () => {
  const page = render([comment(2, { parentId: id(1), parentName: '<Bob>' })]);
  const parent = one(page, '.comment-parent');
  assert.equal(parent.attributes['href'], `?comment=${id(1)}#c-${id(1)}`);
  assert.equal(textOf(parent), 'In reply to <Bob>');
});

it('the fragment leads on to the next page and back to the first', () => {
  const request = { sort: 'oldest', limit: 1, after: 'abc' } as const;
  const page = render([comment(1)], { count: 3, next: 'def', request });
  const links = findAll(page, 'a').map(({ attributes }) => attributes['href']);
  assert.ok(links.includes('?sort=oldest&after=def#thread'));
  assert.ok(links.includes('?sort=oldest#thread'));
});

it('the fragment runs in the direction of the language that it speaks', () => {
  const page = render([comment(1)], { language: 'ckb' });
  assert.equal(one(page, '.thread').attributes['dir'], 'rtl');
});
