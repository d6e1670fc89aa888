import { html, type SafeHtml } from '../contract/html.ts';
import { translate } from '../contract/messages.ts';
import { writeDigits } from '../contract/numbers.ts';
import { reactionKinds, type Reactions } from '../contract/reaction.ts';

/** The frame of the thread, and the attributes of the sentences around a comment. */
type About = { language: string; open: boolean; own: SafeHtml | null };

/** What readers said of a comment: a plain form of a button for each word while they may say more, else the words that were
 *  said. Pure. */
export function renderReactions(
  { id, name }: { id: string; name: string },
  reactions: Reactions,
  { language, open, own }: About,
): SafeHtml | null {
  // An attribute has no elements: the name is isolated by U+2068 and U+2069.
  const label = translate(language, 'reaction.of', { name: `\u2068${name}\u2069` });
  const kinds = open ? reactionKinds : reactionKinds.filter((kind) => (reactions[kind] ?? 0) > 0);
  if (kinds.length === 0) return null;
  const words = kinds.map((kind) => {
    const count = reactions[kind] ?? 0;
    const said = html`${translate(language, `reaction.${kind}`)} <span class="number">${count > 0 && writeDigits(language, count)}</span>`;
    return open ? html`<button name="kind" value="${kind}">${said}</button> ` : html`<span>${said}</span> `;
  });
  const group = html`role="group" aria-label="${label}"${own}`;
  if (!open)
    return html`<p class="reactions" ${group}>${words}</p>
`;
  // Not the form has the name: it would be a landmark, and a page would have a hundred.
  return html`<form action="/api/v1/comments/${id}/reactions" method="post"><div class="reactions" ${group}>${words}</div></form>
`;
}
