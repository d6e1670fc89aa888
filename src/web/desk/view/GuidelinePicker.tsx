import type { VNode } from 'preact';
import { closeForm, reject, writeExplanation } from '../acts/decide.ts';
import { guidelineKeys } from '../keys.ts';
import type { QueueRow } from '../shapes.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** The guidelines to reject under, each one key away. Those that screening suspects are marked, none is chosen. */
export function GuidelinePicker({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLParagraphElement>('guidelines');
  const suspected = new Set(row.screening?.findings.map(({ guideline }) => guideline));
  return (
    <div class="picker">
      <p ref={ref} tabIndex={-1} id="picker-title">
        {words(row.state === 'held' ? 'verdict.chooseReject' : 'verdict.chooseRemove')}
      </p>
      <ul aria-labelledby="picker-title">
        {state.guidelines.map(({ key }, index) => (
          <li key={key}>
            <button
              type="button"
              class={suspected.has(key) ? 'suspected' : undefined}
              aria-keyshortcuts={guidelineKeys[index]}
              onClick={() => void reject(desk, key)}
            >
              {guidelineKeys[index] !== undefined && <kbd>{guidelineKeys[index]}</kbd>}{' '}
              <GuidelineTitle guideline={key} />
              {suspected.has(key) && <span class="unseen"> ({words('verdict.suspected')})</span>}
            </button>
          </li>
        ))}
      </ul>
      <p class="picker-acts">
        <button type="button" aria-keyshortcuts="e" onClick={() => writeExplanation(desk)}>
          {words('verdict.explain')} <kbd>e</kbd>
        </button>
        <button type="button" class="quiet" aria-keyshortcuts="Escape" onClick={() => closeForm(desk)}>
          {words('verdict.cancel')} <kbd>Esc</kbd>
        </button>
      </p>
    </div>
  );
}
