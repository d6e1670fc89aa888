import { showTime, type DateStyle } from '../contract/dates.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { translate, translateCount, type MessageKey } from '../contract/messages.ts';
import { commentLink } from '../contract/thread.ts';
import { arrangeThread, type Arranged } from './arrange.ts';
import { renderLinks } from './renderLinks.ts';
import { renderReactions } from './renderReactions.ts';
import type { ReadComment, ReadThread, ThreadRequest } from './thread.ts';

/** What a fragment says besides the comments themselves. */
export type FragmentFrame = {
  /** The language of the sentences around the comments. */
  language: string;
  /** How the site shows times. */
  dates: Omit<DateStyle, 'language'>;
  /** Whether readers may write under the story, so that each comment offers a reply. */
  open: boolean;
  /** Whether readers may press the addresses in comments. */
  links: boolean;
  request: ThreadRequest;
};

type Frame = FragmentFrame & { dir: 'ltr' | 'rtl'; onPage: ReadonlySet<string> };

/** One page of comments as HTML: replies under their parents, names and texts isolated in their own direction, all of it text
 *  but for addresses that may be pressed. Links are relative to the story's page, so that they work there without JavaScript;
 *  the texts need `white-space: pre-wrap`. Pure. */
export function renderFragment({ thread }: ReadThread, about: FragmentFrame): string {
  const { language, request } = about;
  const dir = directionOfLanguage(language);
  const onPage = new Set(thread.comments.map(({ id }) => id));
  const frame: Frame = { ...about, dir, onPage };
  const arranged = arrangeThread(thread.comments, { newestFirst: request.sort === 'newest' });
  const fromStart = request.after === undefined && request.comment === undefined;
  const first = html`<p class="thread-first"><a href="?sort=${request.sort}#thread">${translate(language, 'thread.first')}</a></p>`;
  return html`<section class="thread" id="thread" lang="${language}" dir="${dir}" data-story="${thread.story}" data-count="${thread.count}" data-sort="${request.sort}">
<p class="thread-count">${translateCount(language, 'thread.count', thread.count)}</p>
${fromStart ? null : first}${renderComments(arranged, frame, thread.count)}${thread.next === null ? null : renderNext(thread.next, frame)}</section>
`.toString();
}

function renderComments(arranged: readonly Arranged<ReadComment>[], frame: Frame, count: number): SafeHtml {
  if (arranged.length === 0) {
    const sentence = translate(frame.language, count === 0 ? 'thread.empty' : 'thread.emptyPage');
    return html`<p class="thread-empty">${sentence}</p>
`;
  }
  return renderList(arranged, frame, { className: 'comments', parentId: null });
}

type Place = { className: 'comments' | 'replies'; parentId: string | null };

function renderList(arranged: readonly Arranged<ReadComment>[], frame: Frame, place: Place): SafeHtml {
  const { shown, folded } = foldReplies(arranged, place.className === 'replies');
  return html`<ol class="${place.className}">
${shown.map(
  (node) => html`<li>${renderComment(node, frame, place.parentId)}</li>
`,
)}${folded.length === 0 ? null : renderFold(folded, frame, place)}</ol>
`;
}

// From so many replies on those after the first few are folded away: on a phone they would push the next thread out of
// reach. Two or three are not worth a press.
const foldFrom = 7;
const shownReplies = 4;

function foldReplies<Node>(
  nodes: readonly Node[],
  areReplies: boolean,
): { shown: readonly Node[]; folded: readonly Node[] } {
  if (!areReplies || nodes.length < foldFrom) return { shown: nodes, folded: [] };
  return { shown: nodes.slice(0, shownReplies), folded: nodes.slice(shownReplies) };
}

function renderFold(folded: readonly Arranged<ReadComment>[], frame: Frame, { parentId }: Place): SafeHtml {
  const { language, dir } = frame;
  const isOpen = folded.some((node) => isAskedFor(node, frame));
  return html`<li class="fold"><details${isOpen && html` open=""`}><summary lang="${language}" dir="${dir}">${translate(language, 'thread.moreReplies', { count: countAll(folded) })}</summary>
<ol class="replies">
${folded.map(
  (node) => html`<li>${renderComment(node, frame, parentId)}</li>
`,
)}</ol>
</details></li>
`;
}

/** Whether the comment that a permalink names is among these: then nothing may hide it. */
function isAskedFor({ comment, replies }: Arranged<ReadComment>, frame: Frame): boolean {
  return comment.id === frame.request.comment || replies.some((reply) => isAskedFor(reply, frame));
}

function countAll(nodes: readonly Arranged<ReadComment>[]): number {
  return nodes.reduce((sum, { replies }) => sum + 1 + countAll(replies), 0);
}

/** The replies to a comment. Those to one that answers none can be put away together: that is its whole thread. */
function renderReplies(
  { comment, replies }: Arranged<ReadComment>,
  frame: Frame,
  depth: 'top' | 'below',
): SafeHtml | null {
  if (replies.length === 0) return null;
  const list = renderList(replies, frame, { className: 'replies', parentId: comment.id });
  if (depth === 'below') return list;
  const { language, dir } = frame;
  return html`<details class="branch" open=""><summary lang="${language}" dir="${dir}">${translate(language, 'thread.replies', { count: countAll(replies) })}</summary>
${list}</details>
`;
}

function renderComment(node: Arranged<ReadComment>, frame: Frame, parentId: string | null): SafeHtml {
  const { comment } = node;
  const { id, name, text, lang, dir, publishedAt } = comment;
  const { language, dates } = frame;
  // The sentences around a comment are in the page's language, inside an article in the comment's.
  const own = lang === language && dir === frame.dir ? null : html` lang="${language}" dir="${frame.dir}"`;
  const time = showTime(new Date(publishedAt), { ...dates, language });
  return html`<article class="comment" id="c-${id}" lang="${lang}" dir="${dir}">
<header class="comment-head"${own}><h3 class="comment-name"><bdi>${name}</bdi>${renderMark(comment, language)}</h3>${comment.featured && renderFeatured(language)} <a class="comment-link" href="${commentLink(id)}" title="${translate(language, 'thread.permalink')}"><time datetime="${publishedAt}" dir="auto">${time}</time></a>${comment.parentId === parentId ? null : renderParent(comment, frame)}</header>
<p class="comment-text" lang="${lang}" dir="${dir}">${frame.links ? renderLinks(text) : text}</p>
${comment.reactions && renderReactions(comment, comment.reactions, { language, open: frame.open, own })}<footer class="comment-foot"${own}><span class="comment-acts">${frame.open ? renderReplyLink(comment, language) : null}${renderReportLink(comment, language)}</span><code class="comment-sha256" dir="ltr" title="${translate(language, 'thread.sha256', { sha256: comment.sha256 })}">${comment.sha256.slice(0, 12)}</code></footer>
${renderReplies(node, frame, parentId === null ? 'top' : 'below')}</article>`;
}

/** Said by the server in the page's own language: a name can look like anything. */
function renderMark({ byNewsroom, speaker }: ReadComment, language: string): SafeHtml | null {
  if (byNewsroom) return html` <span class="comment-newsroom">${translate(language, 'thread.byNewsroom')}</span>`;
  if (!speaker) return null;
  return html` <span class="${speaker === 'staff' ? 'comment-newsroom' : 'comment-known'}">${translate(language, speakerKeys[speaker])}</span>`;
}

function renderFeatured(language: string): SafeHtml {
  return html` <span class="comment-featured">${translate(language, 'thread.featured')}</span>`;
}

/** What is said of whoever wrote a comment, where more is known than a name. */
export const speakerKeys = { staff: 'thread.staff', account: 'thread.account', name: 'thread.ownName' } as const;

/** Said where the comment that is answered does not stand right above. */
function renderParent({ parentId, parentName }: ReadComment, { language, onPage }: Frame): SafeHtml | null {
  if (parentId === null) return null;
  const href = onPage.has(parentId) ? `#c-${parentId}` : commentLink(parentId);
  const [before = '', after = ''] = splitAtName(language, 'thread.inReplyTo');
  return html` <a class="comment-parent" href="${href}">${before}<bdi>${parentName}</bdi>${after}</a>`;
}

function renderReplyLink({ id, name }: ReadComment, language: string): SafeHtml {
  // An attribute has no elements: the name is isolated by U+2068 and U+2069.
  const label = translate(language, 'thread.replyTo', { name: `\u2068${name}\u2069` });
  return html`<a class="comment-reply" href="?reply=${id}#write" rel="nofollow" aria-label="${label}">${translate(language, 'thread.reply')}</a> `;
}

function renderReportLink({ id, name }: ReadComment, language: string): SafeHtml {
  const label = translate(language, 'thread.reportOf', { name: `\u2068${name}\u2069` });
  return html`<a class="comment-report" href="?report=${id}" rel="nofollow" aria-label="${label}">${translate(language, 'thread.report')}</a>`;
}

function renderNext(next: string, { language, request }: Frame): SafeHtml {
  const address = `?sort=${request.sort}&after=${next}#thread`;
  return html`<p class="thread-next"><a rel="next" href="${address}" data-after="${next}">${translate(language, 'thread.next')}</a></p>
`;
}

/** The sentence before and after its `{name}`, for a name that needs an element of its own. */
function splitAtName(language: string, key: MessageKey): string[] {
  return translate(language, key, { name: '\0' }).split('\0');
}
