import { writeDigits } from '../../contract/numbers.ts';
import { reactionKinds } from '../../contract/reaction.ts';
import { linkRel } from '../../contract/thread.ts';
import type { WidgetComment, WidgetPage } from '../../contract/widget.ts';
import { around, make } from './dom.ts';

/** Where links of a comment lead: the story's page at the newsroom's Stet, with a slash before what follows. */
export type Links = { page: string };

type About = Pick<WidgetPage, 'words' | 'language' | 'dir' | 'open'> & Links;

// From so many replies on those after the first few are folded away, as on the story's own page.
const foldFrom = 7;
const shownReplies = 4;

/** Appends a page of comments to a list, replies below what they answer. What stands there already is passed over: a comment
 *  that was approved between two pages is on both. */
export function appendComments(list: HTMLElement, comments: readonly WidgetComment[], about: About): HTMLElement[] {
  const path: { list: HTMLElement; article: HTMLElement }[] = [];
  const added: HTMLElement[] = [];
  for (const comment of comments) {
    path.length = Math.min(path.length, comment.depth);
    const article = makeComment(comment, about);
    const known = list.querySelector(`#${article.id}`);
    const place = path.length === 0 ? list : listBelow(path[path.length - 1]?.article ?? list, path.length, about);
    if (!known) {
      place.append(make('li', {}, article));
      added.push(article);
    }
    path.push({ list: place, article });
  }
  foldReplies(list, about);
  countReplies(list, { language: about.language, sentence: about.words.replies });
  return added;
}

/** Sets comments that were approved meanwhile where they belong: replies below what they answer, others where the list begins or,
 *  read from the oldest on, where it ends. What is read stays where it is. */
export function insertComments(
  list: HTMLElement,
  comments: readonly WidgetComment[],
  { atEnd, ...about }: About & { atEnd: boolean },
): HTMLElement[] {
  const alone: HTMLElement[] = [];
  const added: HTMLElement[] = [];
  for (const comment of comments) {
    if (list.querySelector(`#c-${comment.id}`)) continue;
    const article = makeComment(comment, about);
    const item = make('li', {}, article);
    added.push(article);
    const parent = comment.parentId && list.querySelector<HTMLElement>(`#c-${comment.parentId}`);
    if (parent) listBelow(parent, comment.depth, about).append(item);
    else alone.push(item);
    // Those that follow find it by its id.
    if (!parent) list.append(item);
  }
  if (atEnd) list.append(...alone.toReversed());
  else list.prepend(...alone);
  countReplies(list, { language: about.language, sentence: about.words.replies });
  return added;
}

/** Says above all replies that can be put away how many they are. */
export function countReplies(list: HTMLElement, { language, sentence }: { language: string; sentence: string }): void {
  for (const summary of list.querySelectorAll('[part=fold]')) {
    const count = summary.parentElement?.querySelectorAll('article').length ?? 0;
    summary.textContent = sentence.replace('{count}', writeDigits(language, count));
  }
}

function foldReplies(list: HTMLElement, { words, language }: About): void {
  for (const replies of list.querySelectorAll('ol.replies')) {
    const items = [...replies.children];
    if (items.length < foldFrom || items.some(({ className }) => className === 'fold')) continue;
    const folded = items.slice(shownReplies);
    const count = folded.reduce((sum, item) => sum + item.querySelectorAll('article').length, 0);
    const sentence = words.moreReplies.replace('{count}', writeDigits(language, count));
    replies.append(
      make(
        'li',
        { class: 'fold' },
        make('details', {}, make('summary', { part: 'more-replies' }, sentence), make('ol', {}, ...folded)),
      ),
    );
  }
}

/** The list of an article's replies; below a comment that answers none it can be put away. */
export function listBelow(
  article: HTMLElement,
  depth: number,
  { language, dir }: Pick<About, 'language' | 'dir'>,
): HTMLElement {
  const known = article.querySelector<HTMLElement>(':scope > ol, :scope > details > ol');
  if (known) return known;
  const made = make('ol', { part: 'replies', class: 'replies', lang: language, dir });
  const fold = make('summary', { part: 'fold' });
  article.append(depth === 1 ? make('details', { class: 'branch', open: '', lang: language, dir }, fold, made) : made);
  return made;
}

function makeComment(comment: WidgetComment, about: About): HTMLElement {
  const { words, language, dir, open, page } = about;
  const { id, name, lang, answers } = comment;
  // The sentences around a comment are in the story's language, inside an article in the comment's.
  const own = { lang: language, dir };
  const time = make('time', { datetime: comment.publishedAt, dir: 'auto' }, comment.shown);
  // The classes are those of the story's own page, whose scripts do the rest here as well.
  return make(
    'article',
    { id: `c-${id}`, part: 'comment', class: 'comment', lang, dir: comment.dir },
    make(
      'header',
      { ...own, class: 'comment-head' },
      make('h3', { part: 'name', class: 'comment-name', id: `n-${id}` }, make('bdi', {}, name)),
      comment.mark && make('span', { part: 'mark' }, comment.mark),
      comment.featuredAs && make('span', { part: 'featured', class: 'comment-featured' }, comment.featuredAs),
      make(
        'a',
        { part: 'link', class: 'comment-link', href: `${page}?comment=${id}#c-${id}`, title: words.permalink },
        time,
      ),
      answers && make('span', {}, ...around(words.inReplyTo, answers)),
    ),
    make('p', { part: 'text', class: 'comment-text', lang, dir: comment.dir }, ...linkText(comment)),
    makeReactions(comment, about),
    make(
      'footer',
      { ...own, part: 'acts', class: 'comment-foot comment-acts' },
      open && act(id, { part: 'reply', href: `${page}?reply=${id}#write` }, words.reply),
      act(id, { part: 'report', href: `${page}/report/${id}` }, words.report),
    ),
  );
}

/** The text, with links around the addresses that the server found in it. */
function linkText({ text, links = [] }: WidgetComment): (Node | string)[] {
  let at = 0;
  const before = links.flatMap(({ start, end, href }) => {
    const plain = text.slice(at, start);
    at = end;
    return [plain, make('a', { rel: linkRel, href, dir: 'ltr' }, text.slice(start, end))];
  });
  return [...before, text.slice(at)];
}

/** What readers said of it: a button for each word while they may say more, else the words that were said. */
function makeReactions(
  { id, name, reactions }: WidgetComment,
  { words, language, dir, open, page }: About,
): HTMLElement | null {
  if (!reactions) return null;
  const said = reactionKinds
    .filter((kind) => open || reactions[kind])
    .map((kind) => {
      const number = make('span', { class: 'number' }, reactions[kind] ? writeDigits(language, reactions[kind]) : '');
      return open
        ? make('button', { value: kind }, words[kind], ' ', number)
        : make('span', {}, words[kind], ' ', number);
    });
  const label = words.reactionsOf.replace('{name}', `\u2068${name}\u2069`);
  const about = { class: 'reactions', part: 'reactions', role: 'group', lang: language, dir, 'aria-label': label };
  if (!open) return said.length === 0 ? null : make('p', about, ...said);
  // Not the form has the name: it would be a landmark, and a page would have a hundred.
  return make('form', { action: new URL(`/api/v1/comments/${id}/reactions`, page).href }, make('div', about, ...said));
}

/** Its name is what it shows with the name of the comment, whose heading says it already: "Reply Ann". */
function act(of: string, about: { part: string; href: string }, words: string): HTMLElement {
  const id = `${about.part}-${of}`;
  return make('a', { ...about, id, rel: 'nofollow', 'aria-labelledby': `${id} n-${of}` }, words);
}
