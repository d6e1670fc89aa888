import { commentFields } from '../../contract/form.ts';
import type { NoticeWords, WidgetForm } from '../../contract/widgetForm.ts';
import { addWritten } from '../story/anew.ts';
import { keepDraft } from '../story/draft.ts';
import { mayGo } from '../story/mayGo.ts';
import { keepOwn, type Own } from '../story/ownKept.ts';
import { showPreview } from '../story/preview.ts';
import { createProof } from '../story/proof.ts';
import { showReceipts } from '../story/receipts.ts';
import { loadSpeaker } from '../story/speaker.ts';
import { sendComment, type Sent, type Submission } from '../story/sendComment.ts';
import { makeSubmission, markUnfinished, recallUnfinished } from '../story/submission.ts';
import type { PageAccount } from './account.ts';
import { around, fill, make } from './dom.ts';
import { fetchJson, type Place } from './fetchPage.ts';
import { clearErrors, countCharacters, makeFields, showRefusal } from './fields.ts';
import css from './form.css?inline';
import { makeReceipt } from './receipt.ts';

/** The comment that is answered. */
export type Parent = { id: string; name: string };

export type Writing = {
  /** Moves the form to where it is needed, its home unless told, for a comment of its own or a reply; what was written stays. */
  open(at?: HTMLElement, parent?: Parent): void;
  /** Puts another comment's text into it. */
  add(written: Pick<Anew, 'name' | 'text'>): void;
};

/** What a reader begins anew from: a comment of their own that is not published. */
export type Anew = Pick<Own, 'name' | 'text' | 'parentId'>;

const style = new CSSStyleSheet();
style.replaceSync(css);

/** Makes the form of a story, or undefined where what it needs cannot be had. `tell` hears of what was sent. */
export async function prepareWriting(
  root: ShadowRoot,
  place: Place,
  { home, tell }: { home: HTMLElement; tell: (what: 'sent' | 'replied') => void },
): Promise<Writing | undefined> {
  const about = await fetchJson<WidgetForm>(place.api('widget/form'));
  if (!about) return undefined;
  if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets.push(style);
  const title = make('h3', { part: 'form-title' });
  const state = make('span', { role: 'status' });
  const form = makeForm(about, place, state);
  const part = make('section', { part: 'form', lang: about.language, dir: about.dir }, title, form);
  const open = (at = home, parent?: Parent): void => {
    const field = form.elements.namedItem(commentFields.parentId);
    if (field instanceof HTMLInputElement) field.value = parent?.id ?? '';
    const own = make('button', { type: 'button' }, about.words.notAReply);
    own.addEventListener('click', () => open());
    title.replaceChildren(
      ...(parent ? [...around(about.words.replyTitle, parent.name), ' ', own] : [about.words.title]),
    );
    if (part.previousElementSibling !== at) at.after(part);
    part.replaceChildren(title, form);
    // An account stands in place of the field of the name.
    void sender.show().then(() => form.matches(':focus-within') || focusFirst(form));
  };
  const sender = prepareSending(form, { about, place }, state);
  // What was left on its way is sent before anybody sees the form; a refusal has to be seen, and takes nobody's focus.
  sender.whenRefused((fields) => {
    if (part.isConnected) return;
    const field = form.elements.namedItem(commentFields.parentId);
    if (field instanceof HTMLInputElement) field.value = fields[commentFields.parentId] ?? '';
    title.replaceChildren(about.words.title);
    home.after(part);
  });
  sender.whenHeld((held, fields) => {
    keepSent(form.action, fields, held);
    const receipt = makeReceipt(held, form.action, about);
    part.replaceChildren(receipt);
    receipt.focus();
    tell(fields[commentFields.parentId] ? 'replied' : 'sent');
  });
  return { open, add: (written) => addWritten(form, written) };
}

function makeForm(about: WidgetForm, place: Place, state: HTMLElement): HTMLFormElement {
  const { words } = about;
  const comments = place.api('comments');
  const titles = about.guidelines.map(({ title, href }) =>
    make('li', {}, make('a', { href: new URL(href, comments).href }, title)),
  );
  const preview = make('div', { part: 'preview', role: 'status', 'data-title': words.previewTitle, hidden: '' });
  const form = make(
    'form',
    {
      method: 'post',
      action: comments.href,
      // By which draft and sending are kept: apart from those of another site or server on the same pages.
      'data-story': comments.href,
      'data-fresh': place.api('form').href,
      'data-check': about.notice && place.api('check').href,
      'data-proof': about.proof ? '' : null,
      'data-names': about.names && JSON.stringify(about.names),
      novalidate: '',
    },
    make('p', {}, make('strong', {}, words.promise)),
    make('p', {}, about.criticism),
    titles.length > 0 && make('p', {}, `${words.notPublished}:`),
    make('ul', {}, ...titles),
    ...makeFields(about),
    about.notice && makeNotice(about.notice),
    preview,
    make(
      'p',
      { class: 'send' },
      make('button', { type: 'submit', part: 'send' }, words.send),
      ' ',
      make('button', { type: 'button', 'data-preview': '' }, words.preview),
      ' ',
      state,
    ),
    make('p', { class: 'soft' }, make('a', { href: new URL(about.privacy, comments).href }, words.privacy)),
  );
  form.querySelector('[data-preview]')?.addEventListener('click', () => showPreview(form, preview));
  form.addEventListener('reset', () => void (preview.hidden = true));
  return form;
}

/** As the story's page has it (site/commentForm.ts); the one script shows both. */
function makeNotice(words: NoticeWords): HTMLElement {
  const guideline = make('a', { target: '_blank', rel: 'noopener' });
  return make(
    'div',
    {
      part: 'notice',
      role: 'group',
      'aria-labelledby': 'notice-title',
      'aria-describedby': 'notice-text',
      tabindex: '-1',
      'data-notice': '',
      hidden: '',
    },
    make('p', {}, make('strong', { id: 'notice-title' }, words.title)),
    make('p', { id: 'notice-text' }, ...fill(words.text, guideline), ' ', words.people),
    make(
      'p',
      {},
      make('button', { type: 'button' }, words.change),
      ' ',
      make('button', { type: 'button' }, words.send),
    ),
  );
}

/** As the server keeps it, for its author's own browser. */
function keepSent(story: string, fields: Submission['fields'], { id, receipt }: Held): void {
  const written = (name: string): string => (fields[name] ?? '').normalize('NFC');
  const [name, text, parentId] = [written('name').trim(), written('text'), written('parentId')];
  keepOwn(story, { id, receipt, name, text, parentId, sentAt: new Date().toISOString() });
}

type Held = Extract<Sent, { outcome: 'held' }>['held'];
type WhenHeld = (held: Held, fields: Submission['fields']) => void;
type Sender = {
  whenHeld(then: WhenHeld): void;
  whenRefused(then: (fields: Submission['fields']) => void): void;
  show(): Promise<void>;
};

function prepareSending(
  form: HTMLFormElement,
  { about, place }: { about: WidgetForm; place: Place },
  state: HTMLElement,
): Sender {
  const { words } = about;
  const draft = keepDraft(form);
  const proof = createProof(form);
  const speaker = loadSpeaker(form);
  const account = loadAccount(form, place, about);
  countCharacters(form, about);
  if (draft.wasRestored) state.textContent = words.draft;
  let then: WhenHeld = () => {};
  let seeRefusal = (_: Submission['fields']): void => {};
  let before: Submission | undefined;
  let isUnderWay = false;
  const attempt = async (submission: Submission): Promise<Sent> => {
    const more = { [commentFields.proof]: await proof.value(), [commentFields.earlier]: showReceipts() };
    const known = (await account)?.prove() ?? (await (await speaker)?.prove(submission));
    const fields = { ...submission.fields, ...known, ...more };
    const { language } = about;
    return sendComment(
      form.action,
      { ...submission, fields, language },
      () => void (state.textContent = words.waiting),
    );
  };
  const send = async (submission: Submission): Promise<void> => {
    before = submission;
    isUnderWay = true;
    state.textContent = words.sending;
    markUnfinished(form, submission);
    let sent = await attempt(submission);
    if (sent.outcome === 'refused' && sent.field === commentFields.proof) {
      proof.renew();
      sent = await attempt(submission);
    }
    markUnfinished(form, null);
    (await speaker)?.answered(submission, sent);
    isUnderWay = false;
    if (sent.outcome === 'refused') {
      showRefusal(form, state, sent);
      return seeRefusal(submission.fields);
    }
    draft.forget();
    // For whoever writes again.
    before = undefined;
    proof.renew();
    form.reset();
    state.textContent = '';
    then(sent.held, submission.fields);
  };
  const show = async (): Promise<void> => (await account)?.show();
  const submit = async (): Promise<void> => {
    isUnderWay = true;
    clearErrors(form);
    await show();
    if (await mayGo(form)) return send(makeSubmission(form, before));
    isUnderWay = false;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isUnderWay) void submit();
  });
  const unfinished = recallUnfinished(form);
  if (unfinished) void show().then(() => send(unfinished));
  return { whenHeld: (next) => void (then = next), whenRefused: (next) => void (seeRefusal = next), show };
}

/** Loaded where the site has accounts. Where it cannot be, the server says what is missing. */
async function loadAccount(form: HTMLFormElement, place: Place, { account }: WidgetForm): Promise<PageAccount | null> {
  if (!account) return null;
  try {
    return (await import('./account.ts')).offerPageAccount(form, place, account);
  } catch {
    return null;
  }
}

function focusFirst(form: HTMLFormElement): void {
  for (const name of [commentFields.name, commentFields.text]) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    if (field.value === '' || name === commentFields.text) return field.focus();
  }
}
