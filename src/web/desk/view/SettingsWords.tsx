import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { WordsPreview } from '../../../contract/siteWords.ts';
import { addWords, findWrongLine, tryWords, type WordsDraft } from '../acts/words.ts';
import { accountHere } from '../state.ts';
import { nameLanguage } from '../words.ts';
import { Field } from './Field.tsx';
import { GuidelineOptions } from './GuidelineOptions.tsx';
import { useDesk } from './useDesk.ts';
import { WordsFound } from './WordsFound.tsx';
import { WordsListed } from './WordsListed.tsx';

// The languages that screening knows (src/screening/language.ts).
const languages = ['en', 'ar', 'ckb', 'kmr', 'tr', 'fa', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'ru', 'hi'];

const fresh: WordsDraft = { language: '*', guideline: 'attack', strength: 'clear', text: '' };

/** The site's own words: what is on the lists, and a form that tries new ones before they are added. */
export function SettingsWords(): VNode {
  const { state, words } = useDesk();
  return (
    <>
      <p>{words('words.lead')}</p>
      {accountHere(state)?.role !== 'moderator' && <WordsForm />}
      <WordsListed />
    </>
  );
}

function WordsForm(): VNode {
  const { desk, state, words } = useDesk();
  const [draft, setDraft] = useState(fresh);
  const [wrong, setWrong] = useState<number>();
  const [found, setFound] = useState<WordsPreview>();
  const [trying, setTrying] = useState(false);
  const change = (patch: Partial<WordsDraft>): void => {
    setDraft({ ...draft, ...patch });
    setWrong(undefined);
    setFound(undefined);
  };
  const isReady = (): boolean => {
    const line = findWrongLine(draft);
    setWrong(line);
    return line === undefined;
  };
  const preview = async (): Promise<void> => {
    if (!isReady()) return;
    setTrying(true);
    setFound(await tryWords(desk, draft));
    setTrying(false);
  };
  const save = async (): Promise<void> => {
    if (isReady() && (await addWords(desk, draft))) change({ text: '' });
  };
  const isEmpty = draft.text.trim() === '';
  return (
    <form
      class="words-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Kind draft={draft} change={change} />
      <Field
        label={words('words.text')}
        wrong={wrong === undefined ? undefined : words('words.wrongLine', { line: wrong })}
      >
        {(props) => (
          <textarea
            {...props}
            rows={5}
            dir="auto"
            spellcheck={false}
            value={draft.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        )}
      </Field>
      <p class="save-bar">
        <button type="button" disabled={isEmpty || trying} onClick={() => void preview()}>
          {words('words.preview')}
        </button>
        <button type="submit" class="primary" disabled={isEmpty || trying || state.settings.busy}>
          {words('words.save')}
        </button>
      </p>
      <div role="status">
        {trying && words('words.trying')}
        {found && <WordsFound found={found} />}
      </div>
    </form>
  );
}

function Kind({ draft, change }: { draft: WordsDraft; change: (patch: Partial<WordsDraft>) => void }): VNode {
  const { words } = useDesk();
  const { guideline, language, strength } = draft;
  return (
    <div class="words-kind">
      <Field label={words('words.what')}>
        {(props) => (
          <select {...props} value={guideline} onChange={(event) => change({ guideline: event.currentTarget.value })}>
            <GuidelineOptions />
            <option value="">{words('words.allowed')}</option>
          </select>
        )}
      </Field>
      {guideline !== '' && (
        <>
          <Field label={words('words.language')}>
            {(props) => (
              <select {...props} value={language} onChange={(event) => change({ language: event.currentTarget.value })}>
                <option value="*">{words('words.every')}</option>
                {languages.map((one) => (
                  <option key={one} value={one}>
                    {nameLanguage(one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={words('words.strength')}>
            {(props) => (
              <select
                {...props}
                value={strength}
                onChange={(event) => change({ strength: event.currentTarget.value === 'clear' ? 'clear' : 'possible' })}
              >
                <option value="clear">{words('words.clear')}</option>
                <option value="possible">{words('words.possible')}</option>
              </select>
            )}
          </Field>
        </>
      )}
    </div>
  );
}
