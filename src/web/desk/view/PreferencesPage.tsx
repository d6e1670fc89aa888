import type { VNode } from 'preact';
import { textSizes, themes } from '../../../contract/preferences.ts';
import { choose } from '../acts/preferences.ts';
import { switchLanguage } from '../acts/language.ts';
import { veilLines } from '../scores.ts';
import { nameKey } from '../state.ts';
import { deskLanguages, nameLanguage } from '../words.ts';
import { KeyChoice } from './KeyChoice.tsx';
import { ShiftChoice } from './ShiftChoice.tsx';
import { useDesk } from './useDesk.ts';

/** How this moderator wants the desk. Everything holds at once; there is nothing to send. */
export function PreferencesPage(): VNode {
  const { words } = useDesk();
  return (
    <main class="mine">
      <h2>{words('mine.title')}</h2>
      <p class="faint">{words('mine.private')}</p>
      <LookChoice />
      <HardChoice />
      <ShiftChoice />
      <KeyChoice />
    </main>
  );
}

function LookChoice(): VNode {
  const { desk, state, words } = useDesk();
  const { theme, textSize } = state.preferences;
  return (
    <fieldset>
      <legend>{words('mine.look')}</legend>
      <Choice
        label={words('menu.language')}
        value={state.language}
        options={deskLanguages.map((language) => [language, nameLanguage(language)])}
        onChoose={(language) => void switchLanguage(desk, language)}
      />
      <Choice
        label={words('menu.theme')}
        value={theme}
        options={themes.map((one) => [one, words(`theme.${one}`)])}
        onChoose={(one) => void choose(desk, { theme: one })}
      />
      <Choice
        label={words('mine.textSize')}
        value={textSize}
        options={textSizes.map((size) => [size, words(`size.${size}`)])}
        onChoose={(size) => void choose(desk, { textSize: size })}
      />
    </fieldset>
  );
}

function HardChoice(): VNode {
  const { desk, state, words } = useDesk();
  const { veilFrom, greyscale } = state.preferences;
  const lines = [{ from: 0, word: 'mine.veilNone' as const }, ...veilLines];
  return (
    <fieldset>
      <legend>{words('mine.hard')}</legend>
      <Choice
        label={words('mine.veilFrom')}
        value={String(lines.findLast(({ from }) => from <= veilFrom)?.from ?? 0)}
        options={lines.map(({ from, word }) => [String(from), words(word)])}
        onChoose={(from) => void choose(desk, { veilFrom: Number(from) })}
      />
      <p class="faint small">{words('mine.veilHow', { key: nameKey(state, 'veil') })}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={greyscale}
          onChange={(event) => void choose(desk, { greyscale: event.currentTarget.checked })}
        />
        {words('mine.greyscale')}
      </label>
    </fieldset>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChoose: (value: Value) => void;
};

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>): VNode {
  return (
    <label>
      {label}
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find(([known]) => known === event.currentTarget.value);
          if (chosen) onChoose(chosen[0]);
        }}
      >
        {options.map(([known, name]) => (
          <option key={known} value={known}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
