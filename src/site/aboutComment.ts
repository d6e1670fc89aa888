import { html, type SafeHtml } from '../contract/html.ts';
import { isPublicId } from '../contract/ids.ts';
import { translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { isReadable, storyAddress, type Story } from '../contract/story.ts';
import { commentLink } from '../contract/thread.ts';
import { findPublished, type PublishedRow } from '../record/published.ts';
import { findPublishedPlace } from '../record/publishedPlace.ts';
import { openAssets } from './assets.ts';
import type { Choices } from './choices.ts';
import type { PageDeps } from './deps.ts';
import { renderPage } from './page.ts';

/** A published comment with where it stands. */
export type Subject = { site: Site; story: Story; comment: PublishedRow };

/** The comment that an address names by its id alone; undefined for what is not published, or not for readers any more. */
export async function findPlaceOf(deps: PageDeps, id: string): Promise<Subject | undefined> {
  if (!isPublicId(id)) return undefined;
  const { site, story } = (await findPublishedPlace(deps, id)) ?? {};
  return site && story && findSubject(deps, { site, story }, id);
}

/** The comment under this story; undefined for what is not published there. */
export async function findSubject(
  { store }: PageDeps,
  { site, story }: Omit<Subject, 'comment'>,
  id: string | undefined,
): Promise<Subject | undefined> {
  if (!isReadable(story) || !isPublicId(id)) return undefined;
  const comment = await findPublished(store, { site: site.site, story: story.story, id });
  return comment && { site, story, comment };
}

/** The comment as it stands, for a page that is about it. */
export function renderQuote(language: string, { name, text, lang, dir }: PublishedRow): SafeHtml {
  return html`<figure class="quote" aria-label="${translate(language, 'report.comment')}">
<figcaption><bdi>${name}</bdi></figcaption>
<blockquote class="comment-text" lang="${lang}" dir="${dir}">${text}</blockquote></figure>`;
}

/** The way back to the comment. */
export function renderBack(language: string, { story, comment }: Subject): SafeHtml {
  return html`<p><a href="${storyAddress(story)}${commentLink(comment.id)}">${translate(language, 'report.back')}</a>: <bdi lang="${story.language}">${story.headline}</bdi></p>`;
}

type OwnDocument = {
  language: string;
  title: string;
  main: SafeHtml;
  site?: Site | undefined;
  path: string;
  choices?: Choices;
  isAnswer?: boolean;
};

/** A page about one comment, that nobody indexes and that tells nobody where its reader came from. */
export function renderDocument(deps: PageDeps, { main, choices = {}, isAnswer = true, ...page }: OwnDocument): string {
  return renderPage({
    ...{ ...page, choices, isAnswer },
    indexed: false,
    head: html`<meta name="referrer" content="no-referrer">
${openAssets(deps.assetsFolder).loadTags('story')}`,
    main: html`<div class="words report">${main}</div>`,
  });
}
