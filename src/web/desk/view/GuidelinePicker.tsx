import { marksOf } from '../../../contract/breachLines.ts';
import type { VNode } from 'preact';
import { closeForm, reject, writeExplanation } from '../acts/decide.ts';
import { guidelineKeys } from '../keys.ts';
import type { QueueRow } from '../shapes.ts';
import { keyFor, rulesOf } from '../state.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { Key } from './Key.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';
import { WordingButton } from './WordingButton.tsx';

/** The guidelines to reject under, each one key away. Those that screening suspects are marked, none is chosen. */
export function GuidelinePicker({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLParagraphElement>('guidelines');
  const suspected = new Set(row.screening ? marksOf(row.screening, rulesOf(state).lines).found : []);
  return (
    <div class="picker">
      <p ref={ref} tabIndex={-1} id="picker-title">
        {words(row.state === 'held' ? 'verdict.chooseReject' : 'verdict.chooseRemove')}
      </p>
      <ul aria-labelledby="picker-title">
        {rulesOf(state).guidelines.map(({ key, secondReading }, index) => (
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
              {secondReading && row.state === 'held' && <span class="faint"> ({words('reading.byTwo')})</span>}
            </button>
          </li>
        ))}
      </ul>
      <p class="picker-acts">
        <button type="button" aria-keyshortcuts={keyFor(state, 'explain')} onClick={() => writeExplanation(desk)}>
          {words('verdict.explain')} <Key act="explain" />
        </button>
        <WordingButton />
        <button type="button" class="quiet" aria-keyshortcuts="Escape" onClick={() => closeForm(desk)}>
          {words('verdict.cancel')} <kbd>Esc</kbd>
        </button>
      </p>
    </div>
  );
}
