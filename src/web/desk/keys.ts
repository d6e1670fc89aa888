import type { WordKey } from './wordKeys.ts';

/** Everything a key can ask of the desk. */
export type KeyAct =
  | 'next'
  | 'previous'
  | 'open'
  | 'approve'
  | 'reject'
  | 'explain'
  | 'queue'
  | 'claimNext'
  | 'showKeys';

/** The keys, in the order in which `?` lists them. One list for handling and for showing, so that they cannot differ. */
export const deskKeys: readonly { key: string; act: KeyAct; label: WordKey }[] = [
  { key: 'j', act: 'next', label: 'keys.next' },
  { key: 'k', act: 'previous', label: 'keys.previous' },
  { key: 'Enter', act: 'open', label: 'keys.open' },
  { key: 'n', act: 'claimNext', label: 'keys.claimNext' },
  { key: 'a', act: 'approve', label: 'keys.approve' },
  { key: 'r', act: 'reject', label: 'keys.reject' },
  { key: 'e', act: 'explain', label: 'keys.explain' },
  { key: 'u', act: 'queue', label: 'keys.queue' },
  { key: '?', act: 'showKeys', label: 'keys.showKeys' },
];

/** The keys that choose a guideline after `r`, by its place in the list. */
export const guidelineKeys: readonly string[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** What is needed of a keyboard event to know which key was meant. */
export type Pressed = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
  isComposing: boolean;
};

/** The key that was meant, as `deskKeys` and `guidelineKeys` write it; undefined for a held-down key and with modifiers.
 *  A layout that writes no Latin letter (Arabic, Kurdish) counts by the place of the key, since nobody should have to
 *  switch the layout back after each Arabic explanation. */
export function readKey(pressed: Pressed): string | undefined {
  if (pressed.repeat || pressed.isComposing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  if (pressed.key === '?' || pressed.key === '؟') return '?';
  if (pressed.shiftKey) return undefined;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(pressed.code)?.[1];
  if (digit !== undefined && pressed.key.length === 1) return digit;
  if (/^[a-z]$/i.test(pressed.key)) return pressed.key.toLowerCase();
  if (pressed.key.length > 1) return pressed.key;
  return /^Key([A-Z])$/.exec(pressed.code)?.[1]?.toLowerCase() ?? pressed.key;
}
