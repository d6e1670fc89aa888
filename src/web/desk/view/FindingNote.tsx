import type { VNode } from 'preact';
import type { Finding } from '../../../screening/types.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';

/** A finding in words: its guideline and why. Screening gives its reasons in English. */
export function FindingNote({ finding, id }: { finding: Finding; id?: string }): VNode {
  return (
    <span class="finding" id={id}>
      <strong>
        <GuidelineTitle guideline={finding.guideline} />
      </strong>{' '}
      <bdi lang="en" dir="ltr">
        {finding.why}
      </bdi>
    </span>
  );
}
