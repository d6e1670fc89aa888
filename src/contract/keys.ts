/** What single keys do at the desk, in the order in which `?` lists them, each with the key that it has until a moderator
 *  chooses another. One list for handling, showing and choosing, so that they cannot differ. A further act is a line here,
 *  its sentence `keys.<act>` in the desk's catalogues, and its line in `web/desk/acts/press.ts`. */
export const deskKeys = [
  { act: 'next', key: 'j' },
  { act: 'previous', key: 'k' },
  { act: 'open', key: 'Enter' },
  { act: 'claimNext', key: 'n' },
  { act: 'approve', key: 'a' },
  { act: 'reject', key: 'r' },
  { act: 'explain', key: 'e' },
  { act: 'undo', key: 'z' },
  { act: 'select', key: 'x' },
  { act: 'bulk', key: 'd' },
  { act: 'handOver', key: 'h' },
  { act: 'note', key: 'm' },
  { act: 'answer', key: 'w' },
  { act: 'feature', key: 'p' },
  { act: 'wording', key: 'g' },
  { act: 'veil', key: 'b' },
  { act: 'queue', key: 'u' },
  { act: 'search', key: '/' },
  { act: 'filter', key: 'f' },
  { act: 'views', key: 'v' },
  { act: 'showKeys', key: '?' },
] as const;

/** Everything a single key can ask of the desk. */
export type KeyAct = (typeof deskKeys)[number]['act'];

/** The key of each act; '' where it has none. */
export type KeyMap = Readonly<Record<KeyAct, string>>;

/** The keys as they are until somebody chooses others. */
export const standardKeys = Object.fromEntries(deskKeys.map(({ act, key }) => [act, key])) as KeyMap;

/** Keys that a moderator may choose: letters, signs that most keyboards have, Enter. Digits stay with the guidelines; the
 *  others belong to the browser and to assistive technology (arrows and space scroll, Tab moves, Escape closes). */
export function isChoosableKey(key: string): boolean {
  return /^[a-z?/.,;'[\]=`\\-]$/.test(key) || key === 'Enter';
}

/** The keys in force: what was chosen over the standard. An act whose standard key was taken by another has none until it
 *  is given one, as after an update that brought a new act. */
export function keysInForce(chosen: Partial<KeyMap>): KeyMap {
  const taken = new Set(Object.values(chosen));
  return Object.fromEntries(
    deskKeys.map(({ act, key }) => [act, chosen[act] ?? (taken.has(key) ? '' : key)]),
  ) as KeyMap;
}

/** Those of the keys that are not the standard ones. */
export function chosenOf(keys: KeyMap): Partial<KeyMap> {
  return Object.fromEntries(deskKeys.flatMap(({ act, key }) => (keys[act] === key ? [] : [[act, keys[act]]])));
}
