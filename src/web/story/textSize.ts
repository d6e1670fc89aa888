import { writeDigits } from '../../contract/numbers.ts';
import { keep, recall } from './memory.ts';

const name = 'stet.textSize';
const sizes = [1, 2, 3, 4, 5];

/** Makes the A− and A+ links work in place and remembers the choice. An address that asks for a size wins, and is
 *  remembered as well. */
export function rememberTextSize(): void {
  const root = document.documentElement;
  const asked = Number(/\bsize-(\d)\b/.exec(root.className)?.[1]);
  const kept = Number(recall('localStorage', name));
  let size = !('sizeAsked' in root.dataset) && sizes.includes(kept) ? kept : asked;
  if ('sizeAsked' in root.dataset) keep('localStorage', name, String(asked));

  const control = document.querySelector<HTMLElement>('[data-size-control]');
  if (control) control.hidden = false;
  const steps = [...(control?.querySelectorAll<HTMLAnchorElement>('[data-step]') ?? [])];
  const show = (): void => {
    root.className = `size-${size}`;
    for (const link of steps) showStep(link, size + Number(link.dataset['step']));
  };
  for (const link of steps) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const wanted = size + Number(link.dataset['step']);
      if (!sizes.includes(wanted)) return;
      size = wanted;
      keep('localStorage', name, String(size));
      show();
      const now = control?.querySelector('[data-size-now]');
      if (now) now.textContent = (control?.dataset['now'] ?? '').replace('{size}', writeDigits(root.lang, size));
    });
  }
  if (size !== asked) show();
}

/** A link without an address leaves the tab order, and takes the focus with it: at either end the address stays. */
function showStep(link: HTMLAnchorElement, wanted: number): void {
  const reachable = sizes.includes(wanted);
  if (reachable) {
    const address = new URL(location.href);
    address.searchParams.set('size', String(wanted));
    link.href = address.search;
    link.removeAttribute('aria-disabled');
  } else {
    link.setAttribute('aria-disabled', 'true');
    if (!link.hasAttribute('href')) link.href = location.search || '?';
  }
}
