import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrangeThread, type Arranged } from './arrange.ts';

type Named = { id: string; parentId: string | null };

/** "a(b c(d))": replies in brackets. */
function outline(arranged: readonly Arranged<Named>[]): string {
  return arranged
    .map(({ comment, replies }) => (replies.length === 0 ? comment.id : `${comment.id}(${outline(replies)})`))
    .join(' ');
}

/** From "b<a": b answers a. The page is oldest first unless it says so. */
function arrange(page: string, newestFirst = false): string {
  const comments = page
    .split(' ')
    .filter(Boolean)
    .map((written) => {
      const [id = '', parentId = null] = written.split('<');
      return { id, parentId };
    });
  return outline(arrangeThread(comments, { newestFirst }));
}

describe('arranging a thread', () => {
  it('has nothing to arrange on an empty page', () => {
    assert.equal(arrange(''), '');
  });

  it('shows every comment once where parents form a ring or answer themselves', () => {
    assert.equal(arrange('a<b b<a c<c d'), 'd a(b) c');
  });

  it('lets a reply stand alone whose parent is not on the page', () => {
    assert.equal(arrange('b<gone a c<a'), 'b a(c)');
  });

  it('sets replies under their parent, the oldest first whichever way the page runs', () => {
    assert.equal(arrange('a b<a c d<a e<b'), 'a(b(e) d) c');
    assert.equal(arrange('e<b d<a c b<a a', true), 'c a(b(e) d)');
  });

  it('finds the parent wherever on the page it stands', () => {
    assert.equal(arrange('b<a a'), 'a(b)');
  });

  it('sets replies no deeper than three, with the deeper ones following in reading order', () => {
    assert.equal(arrange('a b<a c<b d<c e<d f<e g<c'), 'a(b(c(d e f g)))');
  });

  it('arranges a page of 200 that answer one another', () => {
    const chain = Array.from({ length: 200 }, (_, at) => (at === 0 ? 'c0' : `c${at}<c${at - 1}`)).join(' ');
    assert.equal(arrange(chain).match(/c\d+/g)?.length, 200);
  });
});
