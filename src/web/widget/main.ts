import { offeredSorts, type ThreadSort } from '../../contract/thread.ts';
import { sortWords, type WidgetPage } from '../../contract/widget.ts';
import { recall } from '../story/memory.ts';
import { dress, livenThread } from '../story/thread.ts';
import { appendComments } from './comments.ts';
import { make } from './dom.ts';
import { fetchPage, placeOf, type Place } from './fetchPage.ts';
import type { Anew, Parent, Writing } from './form.ts';
import { listenWhenSeen } from './live.ts';
import css from './style.css?inline';

const style = new CSSStyleSheet();
style.replaceSync(css);

const leastWaitMilliseconds = 8_000;
const mostWaitMilliseconds = 300_000;

// What is written between the tags (a link to the comments, or the comments by a server-side include) stands until they are
// there, and again where they cannot be had.
class StetComments extends HTMLElement {
  declare account: unknown;
  static observedAttributes = ['site', 'story', 'url'];
  #root = this.attachShadow({ mode: 'open' });
  #place: Place | undefined;
  #watcher: IntersectionObserver | undefined;
  #writing: Promise<Writing | undefined> | undefined;
  #endListening: (() => void) | undefined;
  #waitMilliseconds = leastWaitMilliseconds;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [style];
    this.#root.addEventListener('click', (event) => {
      const place = this.#place;
      if (!place || !(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link =
        event.target instanceof Element && event.target.closest<HTMLAnchorElement>('[part=write], [part=reply]');
      if (!link) return;
      event.preventDefault();
      void this.#write(link, place);
    });
    this.#root.addEventListener('stet:anew', (event) => {
      if (event instanceof CustomEvent) this.#writeAnew(event.detail as Anew);
    });
    this.#showFallback();
  }

  connectedCallback(): void {
    this.#watch();
  }

  disconnectedCallback(): void {
    this.#watcher?.disconnect();
    this.#endListening?.();
    this.#place = undefined;
  }

  // A page that shows another story without being loaded anew changes the attributes, often several at once.
  attributeChangedCallback(): void {
    if (this.isConnected) this.#watch();
  }

  #watch(): void {
    this.#watcher?.disconnect();
    const load = (): void => {
      this.#watcher?.disconnect();
      const place = placeOf(this);
      if (!place || place.api('widget').href === this.#place?.api('widget').href) return;
      this.#place = place;
      this.#writing = undefined;
      void this.#show(place, 'newest');
    };
    this.#watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load(), {
      // Loaded, as a rule, before it is scrolled to.
      rootMargin: '600px',
    });
    this.#watcher.observe(this);
  }

  async #show(place: Place, sort: ThreadSort, before?: WidgetPage): Promise<void> {
    const page = await fetchPage(place, { sort });
    if (place !== this.#place) return;
    if (!page) {
      // What is read, and what is written in between, stays where another order cannot be had.
      if (before) return this.#say(before.words.unavailable);
      this.#endListening?.();
      this.#place = undefined;
      this.#showFallback();
      if (page === null) this.#comeBack();
      return;
    }
    this.#waitMilliseconds = leastWaitMilliseconds;
    const list = make('ol', { part: 'list', 'data-sort': sort });
    // The form goes with the list that it stands in; what was written in it is kept as a draft.
    this.#writing = undefined;
    const part = make(
      'section',
      {
        part: 'comments',
        class: this.#isSeen() ? 'seen' : null,
        lang: page.language,
        dir: page.dir,
        'aria-label': page.words.comments,
        'data-ago': page.ago ? '' : null,
      },
      this.#makeHead(page, place),
      page.state !== null && make('p', { part: 'state' }, page.state),
      page.count > 1 && this.#makeSorts(page, place, sort),
      make('p', { part: 'news', role: 'status' }),
      make('p', { part: 'said', role: 'status' }),
      page.comments.length === 0 && make('p', { part: 'empty' }, page.words.empty),
      list,
    );
    this.#root.replaceChildren(part);
    this.#append(list, page, { place, sort });
    livenThread(part, page.words);
    this.#endListening?.();
    this.#endListening = listenWhenSeen({ part, list, page, place, sort }, () => this.#showOwn(place));
    this.#showOwn(place);
    this.#sendUnfinished(place);
    if (before) this.#root.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    this.#tell('shown', { count: page.count });
  }

  #showFallback(): void {
    this.#root.replaceChildren(make('div', { part: 'waiting' }, make('slot')));
  }

  /** On a line that fails now and then the comments come when it holds again. */
  #comeBack(): void {
    const again = (): void => {
      clearTimeout(timer);
      removeEventListener('online', again);
      if (this.isConnected) this.#watch();
    };
    const timer = setTimeout(again, this.#waitMilliseconds);
    addEventListener('online', again);
    this.#waitMilliseconds = Math.min(this.#waitMilliseconds * 2, mostWaitMilliseconds);
  }

  #say(words: string): void {
    const place = this.#root.querySelector('[part=news]');
    if (place) place.textContent = words;
  }

  /** Whether any of it is in the window now. */
  #isSeen(): boolean {
    const { top, bottom } = this.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  }

  #makeHead({ words, counted, open }: WidgetPage, { page }: Place): HTMLElement {
    return make(
      'header',
      { part: 'head' },
      make('h2', { part: 'title' }, `${words.comments} `, make('span', { part: 'count' }, counted)),
      open && make('a', { part: 'write', href: `${page}#write` }, words.write),
    );
  }

  /** What this browser has sent under the story. Most readers never wrote: for them nothing is loaded. */
  #showOwn(place: Place): void {
    const list = this.#root.querySelector<HTMLElement>('[part=list]');
    if (!list || recall('localStorage', `stet.own.${place.api('comments').href}`) === null) return;
    // Where it cannot be loaded the receipt is there all the same.
    import('./own.ts').then(({ showOwn }) => showOwn(list, place)).catch(() => {});
  }

  /** Sends what was on its way when the page was left: the form does, as soon as it is made. */
  #sendUnfinished(place: Place): void {
    const name = `stet.sending.${place.api('comments').href}`;
    if ((recall('localStorage', name) ?? recall('sessionStorage', name)) !== null) void this.#prepare(place);
  }

  /** The form of the story, made once; undefined where what it needs cannot be had just now. */
  async #prepare(place: Place): Promise<Writing | undefined> {
    const home = this.#root.querySelector<HTMLElement>('[part=head]');
    if (!home) return undefined;
    const tell = (what: string): void => {
      this.#tell(what, {});
      this.#showOwn(place);
    };
    this.#writing ??= import('./form.ts').then(({ prepareWriting }) =>
      prepareWriting(this.#root, place, { home, tell }),
    );
    const writing = await this.#writing.catch(() => undefined);
    if (!writing) this.#writing = undefined;
    return writing;
  }

  /** Opens the form where it is asked for, instead of the page at Stet to which the link leads; there where it cannot. */
  async #write(link: HTMLAnchorElement, place: Place): Promise<Writing | undefined> {
    link.ariaBusy = 'true';
    const writing = await this.#prepare(place);
    link.ariaBusy = null;
    if (!writing) {
      location.assign(link.href);
      return undefined;
    }
    const acts = link.closest<HTMLElement>('footer');
    writing.open(acts ?? undefined, acts ? parentOf(acts) : undefined);
    return writing;
  }

  /** From a comment that answers one which is not here any more a comment of its own is begun. */
  #writeAnew({ parentId, ...written }: Anew): void {
    const reply = parentId === '' ? null : this.#root.querySelector(`#${CSS.escape(`reply-${parentId}`)}`);
    const link = reply ?? this.#root.querySelector('[part=write]');
    if (!this.#place || !(link instanceof HTMLAnchorElement)) return;
    void this.#write(link, this.#place).then((writing) => writing?.add(written));
  }

  #makeSorts(page: WidgetPage, place: Place, current: ThreadSort): HTMLElement {
    const { words } = page;
    const buttons = offeredSorts(page, current).map((sort) => {
      const button = make(
        'button',
        { type: 'button', 'aria-pressed': String(sort === current) },
        words[sortWords[sort]],
      );
      button.addEventListener('click', () => {
        button.ariaBusy = 'true';
        void this.#show(place, sort, page).then(() => (button.ariaBusy = null));
      });
      return button;
    });
    return make('div', { part: 'sorts', role: 'group', 'aria-label': words.sort }, ...buttons);
  }

  #append(list: HTMLElement, page: WidgetPage, { place, sort }: { place: Place; sort: ThreadSort }): HTMLElement[] {
    const added = appendComments(list, page.comments, { ...page, page: place.page });
    const { next } = page;
    if (next === null) return added;
    const state = make('span', { role: 'status' });
    const button = make('button', { type: 'button' }, page.words.next);
    const more = make('p', { part: 'next' }, button, ' ', state);
    button.addEventListener('click', () => void go());
    list.after(more);
    const go = async (): Promise<void> => {
      button.disabled = true;
      const following = await fetchPage(place, { sort, after: next });
      button.disabled = false;
      if (!following) return void (state.textContent = page.words.unavailable);
      more.remove();
      const [first] = this.#append(list, following, { place, sort });
      dress(list, following.words);
      // The button is gone, and with it the focus: reading goes on at the first comment that came.
      first?.setAttribute('tabindex', '-1');
      first?.focus({ preventScroll: true });
      this.#tell('more', { count: following.comments.length });
    };
    return added;
  }

  /** Tells the publisher's page, for an analysis of its own. Never a text, a name or an id. */
  #tell(what: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`stet:${what}`, { bubbles: true, detail }));
  }
}

function parentOf(acts: HTMLElement): Parent | undefined {
  const article = acts.closest('article');
  return article ? { id: article.id.slice(2), name: article.querySelector('h3')?.textContent ?? '' } : undefined;
}

// On the prototype, so that frameworks set it as a property, and what a page set before the script came stays.
StetComments.prototype.account = undefined;

// A page that names the script twice has one widget.
if (!customElements.get('stet-comments')) customElements.define('stet-comments', StetComments);
