import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { explanationCodeUnits } from '../../../contract/desk.ts';
import { directionOf } from '../../../contract/text.ts';
import { changeForm, closeForm, pickGuideline, reject } from '../acts/decide.ts';
import type { QueueRow, VerdictForm } from '../shapes.ts';
import { accountHere, rulesOf } from '../state.ts';
import { nameLanguage } from '../words.ts';
import { GuidelineOptions } from './GuidelineOptions.tsx';
import { inDeskLanguage } from './GuidelineTitle.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';
import { WordingButton } from './WordingButton.tsx';

/** The rejection with words to the author: a guideline, its sentence, and whatever the moderator makes of it. */
export function ExplanationForm({ row }: { row: QueueRow }): VNode | null {
  const { desk, state, words } = useDesk();
  const [isMissing, setMissing] = useState(false);
  const { form } = state;
  const wantsText = form?.guideline !== '';
  const select = useWishedFocus<HTMLSelectElement>('explanation', !wantsText);
  const text = useWishedFocus<HTMLTextAreaElement>('explanation', wantsText);
  if (!form) return null;
  const send = (): void => {
    setMissing(form.guideline === '');
    if (form.guideline === '') select.current?.focus();
    else void reject(desk, form.guideline, form.explanation);
  };
  return (
    <form
      class="explanation"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
      }}
    >
      <label>
        {words('verdict.guideline')}
        <GuidelineSelect select={select} form={form} isMissing={isMissing} />
      </label>
      {isMissing && (
        <p id="guideline-missing" class="mistake" role="alert">
          {words('refused.guideline')}
        </p>
      )}
      <GuidelineWording guideline={form.guideline} />
      <label>
        <span>
          {words('verdict.explanation')} <bdi class="faint">{row.lang === 'und' ? '' : nameLanguage(row.lang)}</bdi>
        </span>
        <textarea
          ref={text}
          rows={4}
          maxLength={explanationCodeUnits}
          dir={form.explanation === '' ? row.dir : directionOf(form.explanation)}
          lang={row.lang === 'und' ? undefined : row.lang}
          value={form.explanation}
          onInput={(event) => changeForm(desk, { ...form, explanation: event.currentTarget.value })}
        />
      </label>
      <p class="picker-acts">
        <button type="submit" class="reject" disabled={state.busy}>
          {words(row.state === 'held' ? 'verdict.reject' : 'verdict.remove')} <kbd>Ctrl Enter</kbd>
        </button>
        <WordingButton />
        <button type="button" class="quiet" onClick={() => closeForm(desk)}>
          {words('verdict.cancel')} <kbd>Esc</kbd>
        </button>
      </p>
    </form>
  );
}

type SelectProps = { select: { current: HTMLSelectElement | null }; form: VerdictForm; isMissing: boolean };

function GuidelineSelect({ select, form, isMissing }: SelectProps): VNode {
  const { desk, words } = useDesk();
  return (
    <select
      ref={select}
      value={form.guideline}
      required
      aria-invalid={isMissing}
      aria-describedby={isMissing ? 'guideline-missing' : undefined}
      onChange={(event) => pickGuideline(desk, event.currentTarget.value)}
    >
      <option value="" disabled>
        {words('verdict.noGuideline')}
      </option>
      <GuidelineOptions />
    </select>
  );
}

function GuidelineWording({ guideline: key }: { guideline: string }): VNode | null {
  const { state } = useDesk();
  const guideline = rulesOf(state).guidelines.find((known) => known.key === key);
  if (!guideline) return null;
  const { language, text } = inDeskLanguage(guideline.wordings, state.language, accountHere(state)?.language);
  return (
    <p class="wording faint" lang={language} dir={directionOf(text)}>
      {text}
    </p>
  );
}
