import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { explanationCodeUnits } from '../../../contract/desk.ts';
import { useDesk } from './useDesk.ts';

type Act = { name: string; act: (text: string) => Promise<string | undefined> };

/** Something that is done with words: closed until it is asked for, and open with what was written until it is done. */
export function SanctionAct({ title, label, acts }: { title: string; label: string; acts: readonly Act[] }): VNode {
  const { words } = useDesk();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const mistake = useId();
  const perform = async ({ act }: Act): Promise<void> => {
    if (text.trim() === '') return setProblem(words('sanction.reasonNeeded'));
    setBusy(true);
    const against = await act(text.trim());
    setBusy(false);
    setProblem(against);
  };
  return (
    <details class="sanction-act">
      <summary>{title}</summary>
      <form class="sanction-form" onSubmit={(event) => event.preventDefault()}>
        <label>
          {label}
          <textarea
            rows={2}
            required
            dir="auto"
            maxLength={explanationCodeUnits}
            aria-describedby={mistake}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p id={mistake} class="mistake" role="alert">
          {problem}
        </p>
        <p class="picker-acts">
          {acts.map((act) => (
            <button key={act.name} type="button" disabled={isBusy} onClick={() => void perform(act)}>
              {act.name}
            </button>
          ))}
        </p>
      </form>
    </details>
  );
}
