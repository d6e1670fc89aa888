import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Words } from '../../words.ts';
import type { Desk, DeskState, FocusWish } from '../state.ts';
import { deskWords } from '../words.ts';
import type { WordKey } from '../wordKeys.ts';

/** What every view gets: the desk to act on, its state, the sentences of its language. */
export type DeskView = { desk: Desk; state: DeskState; words: Words<WordKey> };

/** Carries the desk to the views. */
export const DeskContext = createContext<DeskView | undefined>(undefined);

/** The desk, for a view. Throws outside the desk's page. */
export function useDesk(): DeskView {
  const view = useContext(DeskContext);
  if (!view) throw new Error('there is no desk around this view');
  return view;
}

/** The desk's state for the page's root, painted anew with every change. */
export function useWatchedDesk(desk: Desk): DeskView {
  const [state, setState] = useState(desk.read);
  useEffect(() => {
    desk.watch(() => setState(desk.read()));
    setState(desk.read());
  }, [desk]);
  return { desk, state, words: deskWords(state.language) };
}

/** A ref whose node takes the focus whenever it is wished to be there. */
export function useWishedFocus<T extends HTMLElement>(on: FocusWish['on'], isTarget = true): { current: T | null } {
  const { state } = useDesk();
  const ref = useRef<T | null>(null);
  const { number, on: wished } = state.focus;
  // Only a new wish moves the focus: were it to follow the other values, it would be torn away while somebody reads.
  /* oxlint-disable react-hooks/exhaustive-deps */
  useEffect(() => {
    if (wished === on && isTarget) ref.current?.focus();
  }, [number]);
  /* oxlint-enable react-hooks/exhaustive-deps */
  return ref;
}
