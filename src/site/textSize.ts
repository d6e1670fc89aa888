import { html, type SafeHtml } from '../contract/html.ts';
import { translate } from '../contract/messages.ts';

/** The steps of the text size: 1 is smaller than the page's own 2, 5 is twice as large as 1. */
const leastSize = 1;
export const ownSize = 2;
const mostSize = 5;

export type SizeControl = { language: string; size: number; isAnswer: boolean; address: (size: number) => string };

/** The A− and A+ control: links, so that it works without JavaScript; with it the choice is remembered. `address` gives
 *  the address of this very page in another size. At either end the link has no address, and says that it is disabled. On the
 *  answer to a form only the script shows it. */
export function renderSizeControl({ language, size, isAnswer, address }: SizeControl): SafeHtml {
  const now = translate(language, 'page.textSizeNow', { size, most: mostSize });
  return html`<div class="size" role="group" aria-label="${translate(language, 'page.textSize')}" data-size-control${isAnswer && html` hidden`}
    data-now="${translate(language, 'page.textSizeNow', { size: '{size}', most: mostSize })}">
  <a class="size-step size-less" data-step="-1" ${renderTarget(size - 1, address)}>
    <span aria-hidden="true" dir="ltr">A−</span><span class="unseen">${translate(language, 'page.textSmaller')}</span></a>
  <a class="size-step size-more" data-step="1" ${renderTarget(size + 1, address)}>
    <span aria-hidden="true" dir="ltr">A+</span><span class="unseen">${translate(language, 'page.textLarger')}</span></a>
  <span class="unseen" role="status" data-size-now>${now}</span>
</div>`;
}

function renderTarget(size: number, address: (size: number) => string): SafeHtml {
  if (size < leastSize || size > mostSize) return html`role="link" aria-disabled="true"`;
  return html`href="${address(size)}" rel="nofollow"`;
}
