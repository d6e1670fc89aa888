import type { VNode } from 'preact';
import { accountHere } from '../state.ts';
import { titleOf } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** The site's guidelines as options of a select, by their titles, in the order in which readers see them. */
export function GuidelineOptions(): VNode {
  const { state } = useDesk();
  const siteLanguage = accountHere(state)?.language;
  return (
    <>
      {state.guidelines.map((guideline) => (
        <option key={guideline.key} value={guideline.key}>
          {titleOf(guideline, state.language, siteLanguage)}
        </option>
      ))}
    </>
  );
}
