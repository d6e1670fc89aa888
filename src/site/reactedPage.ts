import { html } from '../contract/html.ts';
import { chooseInterface, explainRefusal, translate } from '../contract/messages.ts';
import type { ReactedPage } from '../contract/reaction.ts';
import { findPlaceOf, renderBack, renderDocument, renderQuote } from './aboutComment.ts';
import type { PageDeps } from './deps.ts';

/** The page after a plain reaction: what stands now, with a form that takes it back, or why it was refused. It says what was
 *  counted instead of turning it round at a second press, so that a page sent twice counts once. */
export async function renderReacted(
  deps: PageDeps,
  { comment, reacted, refusal, ...page }: ReactedPage,
): Promise<string> {
  const found = await findPlaceOf(deps, comment);
  const language = chooseInterface(found?.story.language, page.language);
  const title = translate(language, 'reaction.title');
  const kind = reacted?.kind;
  const said = kind
    ? translate(language, 'reaction.counted', { reaction: translate(language, `reaction.${kind}`) })
    : translate(language, 'reaction.takenBack');
  const main = html`<h1>${title}</h1>
${refusal ? html`<p class="trouble" role="alert">${explainRefusal(language, refusal)}</p>` : html`<p class="received" role="status">${said}</p>`}
${found && renderQuote(language, found.comment)}
${
  found &&
  kind &&
  html`<form method="post" action="/api/v1/comments/${found.comment.id}/reactions"><button class="quiet" name="kind" value="">${translate(language, 'reaction.takeBack')}</button></form>`
}
${found && renderBack(language, found)}`;
  return renderDocument(deps, { language, title, main, site: found?.site, path: '/receipt' });
}
