import type { ReceiptView } from '../../contract/receipt.ts';
import { commentLink } from '../../contract/thread.ts';
import { offerActs, withdrawal } from './ownActs.ts';
import { make, writeTime, type OwnFrame } from './ownFrame.ts';
import type { Own } from './ownKept.ts';

/** The author's copy: the text as it was sent, how it stands, why, and what can be done. Name and text are text nodes. */
export function renderOwn(own: Own, frame: OwnFrame): HTMLElement {
  const article = make('article', 'comment own');
  article.id = `own-${own.id}`;
  const head = make('header', 'comment-head');
  const name = make('h3', 'comment-name');
  const named = document.createElement('bdi');
  named.textContent = own.name;
  name.append(named);
  head.append(name, make('span', 'comment-time', writeTime(own.sentAt, frame)));
  const text = make('p', 'comment-text', own.text);
  text.dir = 'auto';
  // Nobody has said yet in which language it is, and the page's would be a guess.
  text.lang = '';
  article.append(head, text, renderState(own, frame), ...offerActs(own, frame));
  return article;
}

/** Says on a published comment that it is this reader's own, and offers to withdraw it. */
export function markPublished(article: HTMLElement, own: Own, frame: OwnFrame): void {
  if (article.querySelector(':scope > .own-acts')) return;
  const mark = make('span', 'comment-known', frame.words.yours);
  article.querySelector(':scope > .comment-head > .comment-name')?.append(' ', mark);
  const acts = make('div', 'own-acts');
  acts.lang = document.documentElement.lang;
  acts.dir = document.documentElement.dir;
  acts.append(withdrawal(own, frame));
  article.querySelector(':scope > .comment-foot')?.after(acts);
}

function renderState({ id, view }: Own, frame: OwnFrame): HTMLElement {
  const { words } = frame;
  const state = view?.state ?? 'held';
  const place = make('div', 'own-state');
  place.setAttribute('role', 'status');
  place.append(make('p', 'own-word', state === 'held' ? words.waiting : words[state]));
  const { guideline, explanation } = view?.decision ?? {};
  if (state === 'held') place.append(make('p', 'hint', words.noEdit));
  if (state === 'approved') place.append(link(commentLink(id), words.seeIt));
  if (view && guideline) {
    const line = make('p', '', `${words.guideline}: `);
    line.append(link(`/s/${view.site}/guidelines/${guideline.key}/${guideline.version}`, guideline.title));
    place.append(line);
  }
  if (explanation !== undefined) place.append(said(`${words.explanation}: `, explanation));
  if (view?.appeal) place.append(...renderAppeal(view.appeal, frame));
  return place;
}

const appealKeys = { open: 'appealOpen', upheld: 'appealUpheld', overturned: 'appealOverturned' } as const;

function renderAppeal(appeal: NonNullable<ReceiptView['appeal']>, frame: OwnFrame): HTMLElement[] {
  const date = writeTime(appeal.decidedAt ?? appeal.appealedAt, frame);
  const line = make('p', '', frame.words[appealKeys[appeal.state]].replace('{date}', date));
  return appeal.explanation === undefined ? [line] : [line, said('', appeal.explanation)];
}

/** A line in which somebody else's words stand in their own direction. */
function said(label: string, words: string): HTMLElement {
  const line = make('p', '', label);
  const quoted = document.createElement('bdi');
  quoted.textContent = words;
  line.append(quoted);
  return line;
}

function link(href: string, words: string): HTMLAnchorElement {
  const anchor = make('a', '', words);
  anchor.href = href;
  return anchor;
}
