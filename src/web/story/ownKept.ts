import type { ReceiptView } from '../../contract/receipt.ts';
import { keep, recall } from './memory.ts';

/** A comment that was sent from this browser, with what its author's copy is shown by; `view` is what the receipt said last. */
export type Own = {
  id: string;
  receipt: string;
  name: string;
  text: string;
  parentId: string;
  sentAt: string;
  view?: ReceiptView;
};

// A browser that keeps nothing for us still shows them until the page is left.
const unkept = new Map<string, readonly Own[]>();

const most = 20;

/** The reader's own comments under a story (`site/story`), the latest first. */
export function recallOwn(story: string): readonly Own[] {
  const inMemory = unkept.get(story);
  if (inMemory) return inMemory;
  try {
    const kept: unknown = JSON.parse(recall('localStorage', nameOf(story)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isOwn) : [];
  } catch {
    return [];
  }
}

/** Keeps one, new or changed; under each story the latest twenty. */
export function keepOwn(story: string, own: Own): void {
  const others = recallOwn(story).filter(({ id }) => id !== own.id);
  const all = [own, ...others].toSorted((a, b) => b.sentAt.localeCompare(a.sentAt)).slice(0, most);
  write(story, all);
}

/** Forgets one in this browser. The receipt stays among the receipts. */
export function forgetOwn(story: string, id: string): void {
  write(
    story,
    recallOwn(story).filter((own) => own.id !== id),
  );
}

function write(story: string, all: readonly Own[]): void {
  if (keep('localStorage', nameOf(story), all.length === 0 ? null : JSON.stringify(all))) unkept.delete(story);
  else unkept.set(story, all);
}

function nameOf(story: string): string {
  return `stet.own.${story}`;
}

function isOwn(value: unknown): value is Own {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['id', 'receipt', 'name', 'text', 'parentId', 'sentAt'];
  return texts.every((field) => typeof Reflect.get(value, field) === 'string');
}
