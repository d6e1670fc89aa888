import type { VNode } from 'preact';
import type { DeskGuideline } from '../shapes.ts';
import { accountHere, rulesOf } from '../state.ts';
import { titleOf } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** Guidelines as options of a select, by their titles: the site's, in the order in which readers see them, or those of `of`. */
export function GuidelineOptions({ of }: { of?: readonly DeskGuideline[] }): VNode {
  const { state } = useDesk();
  const siteLanguage = accountHere(state)?.language;
  return (
    <>
      {(of ?? rulesOf(state).guidelines).map((guideline) => (
        <option key={guideline.key} value={guideline.key}>
          {titleOf(guideline, state.language, siteLanguage)}
        </option>
      ))}
    </>
  );
}
