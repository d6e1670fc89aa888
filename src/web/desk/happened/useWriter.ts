import { useMemo } from 'preact/hooks';
import { useDesk } from '../view/useDesk.ts';
import { type Writer, writerOf } from './write.ts';

/** How figures are written in the language of the desk. */
export function useWriter(): Writer {
  const { state, words } = useDesk();
  return useMemo(() => writerOf(state.language, words), [state.language, words]);
}
