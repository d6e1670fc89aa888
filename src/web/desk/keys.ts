import { deskKeys, type KeyAct, type KeyMap } from '../../contract/keys.ts';

/** The act that a key stands for now; undefined for none. */
export function actOf(key: string, keys: KeyMap): KeyAct | undefined {
  return deskKeys.find(({ act }) => keys[act] === key)?.act;
}

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

// Signs that can be chosen for an act; which of them need Shift is the layout's affair.
const signs = /^[?/.,;'[\]=`\\-]$/;

// Where they stand on the keyboard, for layouts that write letters there.
const signsByPlace: Readonly<Record<string, string>> = {
  Slash: '/',
  Period: '.',
  Comma: ',',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Equal: '=',
  Backquote: '`',
  Backslash: '\\',
  Minus: '-',
};

/** The key that was meant, as `contract/keys.ts` and `guidelineKeys` write it; undefined for a held-down key and with modifiers.
 *  A layout that writes no Latin letter (Arabic, Kurdish) counts by the place of the key, since nobody should have to
 *  switch the layout back after each Arabic explanation. */
export function readKey(pressed: Pressed): string | undefined {
  if (pressed.repeat || pressed.isComposing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  if (pressed.key === '؟') return '?';
  if (signs.test(pressed.key)) return pressed.key;
  if (pressed.shiftKey) return undefined;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(pressed.code)?.[1];
  if (digit !== undefined && pressed.key.length === 1) return digit;
  if (/^[a-z]$/i.test(pressed.key)) return pressed.key.toLowerCase();
  if (pressed.key.length > 1) return pressed.key;
  return /^Key([A-Z])$/.exec(pressed.code)?.[1]?.toLowerCase() ?? signsByPlace[pressed.code] ?? pressed.key;
}
