import type { VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { directionOfLanguage } from '../../../contract/languages.ts';
import { chooseTexts, closeGuideline, draftGuideline, saveGuideline, titleOf } from '../acts/rulebook.ts';
import type { OpenGuideline } from '../rulebookState.ts';
import { deskLanguages, nameLanguage } from '../words.ts';
import { Field } from './Field.tsx';
import { GuidelineChanges, listChanges } from './GuidelineChanges.tsx';
import { GuidelineStatement } from './GuidelineStatement.tsx';
import { GuidelineTexts } from './GuidelineTexts.tsx';
import { GuidelineVersions } from './GuidelineVersions.tsx';
import { useDesk } from './useDesk.ts';

export type EditorProps = { open: OpenGuideline; isEditor: boolean };

/** One guideline: its texts by language, how readers will see it, what saving would change, and every version of it. */
export function GuidelineEditor({ open, isEditor }: EditorProps): VNode {
  const { desk, state, words } = useDesk();
  const { base, draft } = open;
  const { wrong } = state.rulebook;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isChanged = listChanges(base, draft).length > 0;
  return (
    <form
      class="guideline-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saveGuideline(desk);
      }}
    >
      <p>
        <button type="button" onClick={() => closeGuideline(desk)}>
          {words(isChanged ? 'guidelines.backUnsaved' : 'guidelines.back')}
        </button>
      </p>
      <h3 ref={heading} tabIndex={-1} class="guideline-heading">
        {base ? <bdi>{titleOf(desk, base)}</bdi> : words('guidelines.new')}
      </h3>
      {!base && (
        <Field
          label={words('guidelines.key')}
          hint={words('guidelines.keyHint')}
          wrong={wrong?.field === 'key' ? wrong.detail : undefined}
        >
          {(props) => (
            <input
              {...props}
              type="text"
              dir="ltr"
              value={draft.key}
              onInput={(event) => draftGuideline(desk, { key: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <LanguageChoice open={open} />
      <div class="beside">
        <GuidelineTexts open={open} isEditor={isEditor} />
        <Preview open={open} />
      </div>
      <GuidelineStatement open={open} isEditor={isEditor} />
      <ReadByTwo open={open} isEditor={isEditor} />
      {isEditor && (
        <>
          <GuidelineChanges open={open} />
          <SaveBar open={open} isChanged={isChanged} />
        </>
      )}
      <GuidelineVersions open={open} isEditor={isEditor} />
    </form>
  );
}

function SaveBar({ open: { base }, isChanged }: Pick<EditorProps, 'open'> & { isChanged: boolean }): VNode {
  const { desk, state, words } = useDesk();
  const { busy } = state.rulebook;
  return (
    <p class="save-bar">
      <button type="submit" class="primary" disabled={busy || !isChanged}>
        {words('guidelines.save')}
      </button>
      {base && !isChanged && (
        <button type="button" disabled={busy} onClick={() => void saveGuideline(desk, { retired: !base.retired })}>
          {words(base.retired ? 'guidelines.unretire' : 'guidelines.retire')}
        </button>
      )}
    </p>
  );
}

/** Whether one moderator rejects under it, or two. */
function ReadByTwo({ open, isEditor }: EditorProps): VNode {
  const { desk, words } = useDesk();
  const id = useId();
  return (
    <fieldset class="statement" disabled={!isEditor}>
      <legend>{words('reading.title')}</legend>
      <label class="check">
        <input
          type="checkbox"
          aria-describedby={id}
          checked={open.draft.secondReading}
          onChange={(event) => draftGuideline(desk, { secondReading: event.currentTarget.checked })}
        />
        {words('guidelines.secondReading')}
      </label>
      <p id={id} class="small">
        {words('reading.explained')}
      </p>
    </fieldset>
  );
}

function LanguageChoice({ open }: { open: OpenGuideline }): VNode {
  const { desk, state, words } = useDesk();
  const languages = new Set([state.rulebook.language, ...deskLanguages, ...Object.keys(open.draft.titles)]);
  return (
    <Field label={words('guidelines.language')}>
      {(props) => (
        <select {...props} value={open.language} onChange={(event) => chooseTexts(desk, event.currentTarget.value)}>
          {[...languages].map((language) => (
            <option key={language} value={language}>
              {nameLanguage(language)}
              {(open.draft.titles[language] ?? '') === '' ? ` (${words('guidelines.missing')})` : ''}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What readers will see, as text: what stands in the form is never markup. */
function Preview({ open }: { open: OpenGuideline }): VNode {
  const { state, words } = useDesk();
  const { language, draft } = open;
  return (
    <figure class="preview" lang={language} dir={directionOfLanguage(language)}>
      <figcaption lang={state.language} dir={directionOfLanguage(state.language)}>
        {words('guidelines.preview')}
      </figcaption>
      <p class="preview-title">{draft.titles[language] ?? ''}</p>
      <p class="preview-wording">{draft.wordings[language] ?? ''}</p>
    </figure>
  );
}
