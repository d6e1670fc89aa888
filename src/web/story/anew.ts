import { keep } from './memory.ts';
import type { Own } from './ownKept.ts';

type Written = Pick<Own, 'name' | 'text' | 'parentId'>;

/** Begins a new comment on the story's page from the text of one that was rejected, taken down or withdrawn: in the form as it
 *  stands, or on the page whose form answers the same comment. */
export function beginAnew(written: Written, story: string): void {
  const { name, text, parentId } = written;
  const form = document.querySelector<HTMLFormElement>('[data-compose]');
  const answers = form?.elements.namedItem('parentId');
  if (form && answers instanceof HTMLInputElement && answers.value === parentId) return addWritten(form, written);
  keep('localStorage', `stet.draft.${story}`, JSON.stringify({ name, text }));
  const address = new URL(location.href);
  for (const [key] of [...address.searchParams]) if (key !== 'size') address.searchParams.delete(key);
  if (parentId !== '') address.searchParams.set('reply', parentId);
  // With a query of its own the page is loaded, and not only scrolled.
  else address.searchParams.set('sort', 'newest');
  address.hash = 'write';
  const isHere = address.href === location.href;
  location.assign(address);
  if (isHere) location.reload();
}

/** Puts the text of another comment into a form, below what was begun there meanwhile, and leads the keyboard to it. */
export function addWritten(form: HTMLFormElement, { name, text }: Pick<Written, 'name' | 'text'>): void {
  const [named, field] = ['name', 'text'].map((field) => form.elements.namedItem(field));
  if (named instanceof HTMLInputElement && named.value === '') named.value = name;
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.value = [field.value.trimEnd(), text].filter((part) => part !== '').join('\n\n');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}
