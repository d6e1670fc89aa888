import { html, type SafeHtml } from '../contract/html.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import { pagePolicy } from '../contract/pagePolicy.ts';
import type { ReceiptView } from '../contract/receipt.ts';
import type { Site } from '../contract/site.ts';
import { openAssets } from './assets.ts';
import type { PageDeps } from './deps.ts';

/** The policy of pages on which a browser can be told of what comes: as of every page, and the one script of the worker may be
 *  named (`web/push/main.ts`). */
export const pushPolicy = `${pagePolicy.replace("trusted-types 'none'", 'trusted-types push')}; frame-ancestors 'none'`;

/** The offer to be told by this browser, shown by the script where the browser can; false where the site has it off, or
 *  nothing more comes. */
export function renderPushOffer(
  { assetsFolder, pushKey }: PageDeps,
  { language, view, site }: { language: string; view: Pick<ReceiptView, 'state' | 'push'>; site: Site | undefined },
): SafeHtml | false {
  if (pushKey === undefined || site?.settings.push !== 'on' || view.state === 'withdrawn') return false;
  const say = (key: MessageKey): string => translate(language, key);
  const isOn = view.push === true;
  return html`<div class="act push" data-push="${pushKey}"${isOn && html` data-on`} data-offer="${say('push.offer')}" data-stop="${say('push.stop')}"
  data-told="${say('push.on')}" data-off="${say('push.off')}" data-denied="${say('push.denied')}" data-unavailable="${say('refusal.unavailable')}" hidden>
<p class="note">${say('push.lead')}</p>
<p><button type="button" class="quiet">${say(isOn ? 'push.stop' : 'push.offer')}</button> <span class="note" role="status">${isOn && say('push.on')}</span></p>
</div>
${openAssets(assetsFolder).loadTags('push')}`;
}
