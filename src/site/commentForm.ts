import { commentFields, type WrittenForm } from '../contract/form.ts';
import { inLanguage, type Guideline } from '../contract/guideline.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { explainRefusal, translate } from '../contract/messages.ts';
import type { Refusal } from '../contract/refusals.ts';
import { routes } from '../contract/routes.ts';
import type { Site } from '../contract/site.ts';
import { isNoticing } from '../contract/siteSettings.ts';
import { isTold, type Story } from '../contract/story.ts';
import { accountOffer } from '../contract/accountWords.ts';
import { nameKeeping } from '../contract/nameWords.ts';
import { nameCodePoints, textCodePoints } from '../contract/text.ts';
import { withChoices, type Choices } from './choices.ts';
import { renderReceiptPanel } from './receiptPanel.ts';
import { renderSendingNotice } from './sendingNotice.ts';
import { say } from './words.ts';

export type CommentForm = {
  site: Site;
  story: Story;
  language: string;
  guidelines: readonly Guideline[];
  token: string;
  choices: Choices;
  /** Whether readers can sign in at the provider of the site's accounts, and whether somebody came back from there in vain. */
  signIn?: { failed: boolean } | undefined;
  /** The comment that is answered. */
  parent?: { id: string; name: string } | undefined;
  /** What the reader had written, and why it was refused. */
  written?: WrittenForm | undefined;
  refusal?: Refusal | undefined;
};

/** The address of one of the routes that name a site and a story. Of a story that came from its address alone it says that
 *  address too: after a refusal nobody has stored the story yet. */
export function storyRoute(
  name: 'postComment' | 'postCheck' | 'getFormToken' | 'getThreadEvents',
  story: Story,
): string {
  const path = routes[name].path.replace(':site', story.site).replace(':story', story.story);
  return isTold(story) || story.url === undefined ? path : `${path}?url=${encodeURIComponent(story.url)}`;
}

/** The form, which works as a plain POST. Its data attributes are the words and addresses that the script needs. */
export function renderCommentForm(form: CommentForm): SafeHtml {
  const { site, story, language, parent, choices } = form;
  const hasSignIn = form.signIn && site.settings['reader.accounts'] !== 'off';
  const own = withChoices(`/s/${site.site}/${story.story}#write`, { size: choices.size });
  return html`<section class="write" id="write" aria-labelledby="write-title">
<h2 id="write-title">${parent ? say(language, 'form.replyTitle', { name: parent.name }) : translate(language, 'form.title')}</h2>
${parent && html`<p><a href="${own}">${translate(language, 'form.notAReply')}</a></p>`}
${renderTerms(form)}
<form method="post" action="${storyRoute('postComment', story)}" accept-charset="utf-8" data-compose
  data-story="${site.site}/${story.story}" data-fresh="${storyRoute('getFormToken', story)}"
  data-most="${textCodePoints}" data-left="${translate(language, 'form.left')}" data-over="${translate(language, 'form.over')}"
  data-sending="${translate(language, 'form.sending')}" data-waiting="${translate(language, 'form.waiting')}"
  data-draft="${translate(language, 'form.draftKept')}" data-unavailable="${translate(language, 'refusal.unavailable')}"${
    site.settings['intake.proof'] === 'on' && html` data-proof`
  }${site.settings['names.protect'] === 'on' && html` data-names="${JSON.stringify(nameKeeping(story, language))}"`}${hasSignIn && html` data-account="${JSON.stringify(accountOffer(site.site, language))}"`}${isNoticing(site) && html` data-check="${storyRoute('postCheck', story)}"`}>
${renderAccount(form)}
${renderFields(form)}
${site.settings['intake.proof'] === 'on' && html`<noscript><p class="note">${translate(language, 'form.proofNeedsScript')}</p></noscript>`}
<div class="preview" role="status" data-preview-place data-title="${translate(language, 'form.previewTitle')}" hidden></div>
${isNoticing(site) && renderSendingNotice(language)}
<p class="send"><button type="submit">${translate(language, 'form.send')}</button>
<button type="button" class="quiet" data-preview hidden>${translate(language, 'form.preview')}</button>
<span class="send-state" role="status" data-state></span></p>
<p class="note"><a href="${withChoices(`/s/${site.site}/privacy`, choices)}">${translate(language, 'form.privacy')}</a></p>
</form>
<template data-received data-title="${translate(language, 'receipt.title')}">${renderReceiptPanel({ language, site })}</template>
</section>`;
}

/** Where readers sign in, and that they have to; above what they write, since signing in leaves the page and comes back. */
function renderAccount({ site, story, language, signIn }: CommentForm): SafeHtml | undefined {
  const accounts = site.settings['reader.accounts'];
  if (accounts === 'off' || (accounts === 'optional' && !signIn)) return undefined;
  // Accounts that come as tokens (docs/guide/accounts.md) speak on the publisher's page alone, in its widget.
  const address = signIn ? `/reader/${site.site}/sign-in?story=${story.story}` : story.url;
  const link =
    address !== undefined &&
    html` <a href="${address}" rel="nofollow" target="_top">${translate(language, 'account.signIn')}</a>`;
  return html`<div class="account" data-account-place>
${signIn?.failed && html`<p class="trouble" role="alert">${translate(language, 'account.failed')}</p>`}
<p class="note">${translate(language, accounts === 'required' ? 'account.required' : 'account.optional')}${link}</p>
</div>`;
}

function renderTerms({ site, language, guidelines, choices }: CommentForm): SafeHtml {
  const address = withChoices(`/s/${site.site}/guidelines`, choices);
  const titles = guidelines.map(
    ({ key, titles: named }) =>
      html`<li><a href="${address}#${key}">${inLanguage(named, language, site.language)}</a></li>`,
  );
  return html`<div class="terms">
<p class="terms-promise">${translate(language, 'form.promise')}</p>
<p>${say(language, 'form.criticism', { publisher: site.name })}</p>
${
  titles.length > 0 &&
  html`<p id="not-published">${translate(language, 'form.notPublished')}:</p>
<ul class="terms-list" aria-labelledby="not-published">${titles}</ul>`
}
</div>`;
}

function renderFields({ language, token, parent, written, refusal }: CommentForm): SafeHtml {
  const values = { name: written?.name ?? '', text: written?.text ?? '', email: written?.email ?? '' };
  const field = (name: 'name' | 'text' | 'email', hint: string): Field => ({
    name,
    language,
    hint,
    label: translate(language, `form.${name}`),
    error: refusal?.field === commentFields[name] ? explainRefusal(language, refusal) : undefined,
  });
  const name = field('name', translate(language, 'form.nameHint', { most: nameCodePoints }));
  const text = field('text', translate(language, 'form.textHint', { most: textCodePoints }));
  const email = field('email', translate(language, 'form.emailHint'));
  return html`<input type="hidden" name="${commentFields.token}" value="${token}">
<input type="hidden" name="${commentFields.parentId}" value="${parent?.id ?? written?.parentId ?? ''}">
<input type="hidden" name="${commentFields.proof}" value="">
${renderField(name, true, (attributes) => html`<input ${attributes} type="text" dir="auto" autocomplete="nickname" required value="${values.name}">`)}
${renderField(
  text,
  true,
  (attributes) => html`<textarea ${attributes} rows="8" dir="auto" required>
${values.text}</textarea><p class="count" data-count aria-live="off"></p>`,
)}
${renderField(email, false, (attributes) => html`<input ${attributes} type="email" dir="ltr" autocomplete="email" value="${values.email}">`)}
<div class="trap" aria-hidden="true"><label for="write-trap">${translate(language, 'form.trap')}</label>
<input id="write-trap" name="${commentFields.trap}" type="text" tabindex="-1" autocomplete="off" value=""></div>`;
}

type Field = {
  name: 'name' | 'text' | 'email';
  language: string;
  label: string;
  hint: string;
  error: string | undefined;
};

/** A label that says whether it is required, the hint, the field, and what is wrong with it. */
function renderField(field: Field, required: boolean, control: (attributes: SafeHtml) => SafeHtml): SafeHtml {
  const { name, label, hint, error, language } = field;
  const id = `write-${name}`;
  const attributes = html`id="${id}" name="${commentFields[name]}" aria-describedby="${id}-hint ${id}-error"${
    error !== undefined && html` aria-invalid="true"`
  }`;
  const need = translate(language, required ? 'form.required' : 'form.optional');
  return html`<div class="field">
<label for="${id}">${label} <span class="${required ? 'required' : 'optional'}">${need}</span></label>
<p class="hint" id="${id}-hint">${hint}</p>
${control(attributes)}
<p class="error" id="${id}-error" data-error="${commentFields[name]}">${error}</p>
</div>`;
}
