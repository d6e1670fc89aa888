import type { ThreadWords } from '../../contract/threadWords.ts';
import { ignoreName } from './ignored.ts';
import { nameOf } from './thread.ts';

/** Opens or closes what can be done with a comment beyond reading, reporting and answering it. */
export function toggleMore(part: HTMLElement, button: HTMLButtonElement, words: ThreadWords): void {
  const open = button.nextElementSibling;
  if (open) return close(button, open);
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  const group = document.createElement('span');
  group.className = 'comment-menu';
  group.append(...makeActs(part, button, { words, said }), said);
  group.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close(button, group);
    button.focus();
  });
  button.setAttribute('aria-expanded', 'true');
  button.after(group);
}

function close(button: HTMLButtonElement, group: Element): void {
  group.remove();
  button.setAttribute('aria-expanded', 'false');
}

function makeActs(
  part: HTMLElement,
  button: HTMLButtonElement,
  { words, said }: { words: ThreadWords; said: HTMLElement },
): HTMLButtonElement[] {
  const link = button.closest('.comment')?.querySelector<HTMLAnchorElement>('.comment-link');
  const url = link?.href ?? location.href;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(url);
    said.textContent = words.linkCopied;
  };
  // Refused, or put away by the reader: nothing was promised, and the link itself stands beside the name.
  const quietly = (act: () => Promise<unknown>) => (): void => void act().catch(() => {});
  const ignore = (): void => {
    close(button, button.nextElementSibling ?? button);
    ignoreName(part, words, { name: nameOf(button), from: button });
  };
  return [
    ...('share' in navigator
      ? [
          act(
            words.share,
            quietly(() => navigator.share({ url })),
          ),
        ]
      : []),
    ...('clipboard' in navigator ? [act(words.copyLink, quietly(copy))] : []),
    act(words.ignore, ignore),
  ];
}

function act(words: string, does: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words;
  button.addEventListener('click', does);
  return button;
}
