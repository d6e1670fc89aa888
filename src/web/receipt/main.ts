import '../story/style.css';
import { offerCopying } from '../story/copy.ts';
import { forgetReceipt, recallReceipts } from '../story/receipts.ts';
import { rememberTextSize } from '../story/textSize.ts';

rememberTextSize();
offerCopying(document);
const form = document.querySelector<HTMLFormElement>('[data-look-up]');
if (form) {
  listReceipts(form);
  openFromFragment(form);
  // The same tab can be given another address: only the fragment changes then, and nothing would load.
  addEventListener('hashchange', () => openFromFragment(form));
}

/** Looks up the receipt that the fragment holds. It leaves the address first: neither the history nor a screenshot
 *  keeps it. */
function openFromFragment(lookUp: HTMLFormElement): void {
  const receipt = location.hash.slice(1);
  if (!/^[A-Za-z0-9_-]{16,200}$/.test(receipt)) return;
  history.replaceState(null, '', location.pathname);
  submit(lookUp, receipt);
}

function submit(lookUp: HTMLFormElement, receipt: string): void {
  const field = lookUp.elements.namedItem('receipt');
  if (!(field instanceof HTMLInputElement)) return;
  field.value = receipt;
  lookUp.requestSubmit();
}

/** The receipts of this browser, each with the headline of its story. */
function listReceipts(lookUp: HTMLFormElement): void {
  const part = document.querySelector<HTMLElement>('[data-receipts]');
  const list = part?.querySelector('[data-receipt-list]');
  if (!part || !list) return;
  for (const { receipt, headline, language, sentAt } of recallReceipts()) {
    const words = document.createElement('bdi');
    words.lang = language;
    words.textContent = headline;
    const time = document.createElement('time');
    time.dateTime = sentAt;
    time.textContent = ` ${new Date(sentAt).toLocaleDateString(document.documentElement.lang)}`;
    const open = document.createElement('button');
    open.type = 'button';
    open.className = 'link';
    open.append(words, time);
    open.addEventListener('click', () => submit(lookUp, receipt));
    const forget = document.createElement('button');
    forget.type = 'button';
    forget.className = 'quiet';
    forget.textContent = part.dataset['forget'] ?? '';
    const item = document.createElement('li');
    forget.addEventListener('click', () => {
      forgetReceipt(receipt);
      item.remove();
      part.hidden = list.childElementCount === 0;
    });
    item.append(open, forget);
    list.append(item);
  }
  part.hidden = list.childElementCount === 0;
}
