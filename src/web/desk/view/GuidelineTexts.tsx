import type { VNode } from 'preact';
import { guidelineLimits } from '../../../contract/guidelineDraft.ts';
import { directionOfLanguage } from '../../../contract/languages.ts';
import { draftText } from '../acts/rulebook.ts';
import { Field } from './Field.tsx';
import type { EditorProps } from './GuidelineEditor.tsx';
import { useDesk } from './useDesk.ts';

/** Title, wording and sentence for authors in the language that is shown. */
export function GuidelineTexts({ open, isEditor }: EditorProps): VNode {
  const { desk, state, words } = useDesk();
  const { language, draft } = open;
  const { wrong } = state.rulebook;
  const wrongIn = (field: string): string | undefined =>
    wrong?.field === `${field}.${language}` ? wrong.detail : undefined;
  const shared = { lang: language, dir: directionOfLanguage(language), readOnly: !isEditor };
  return (
    <div class="texts">
      <Field label={words('guidelines.titleField')} wrong={wrongIn('titles')}>
        {(props) => (
          <input
            {...props}
            {...shared}
            type="text"
            maxLength={guidelineLimits.titles}
            value={draft.titles[language] ?? ''}
            onInput={(event) => draftText(desk, 'titles', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={words('guidelines.wordingField')} wrong={wrongIn('wordings')}>
        {(props) => (
          <textarea
            {...props}
            {...shared}
            rows={4}
            maxLength={guidelineLimits.wordings}
            value={draft.wordings[language] ?? ''}
            onInput={(event) => draftText(desk, 'wordings', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label={words('guidelines.explanationField')}
        hint={words('guidelines.explanationHint')}
        wrong={wrongIn('explanations')}
      >
        {(props) => (
          <textarea
            {...props}
            {...shared}
            rows={2}
            maxLength={guidelineLimits.explanations}
            value={draft.explanations[language] ?? ''}
            onInput={(event) => draftText(desk, 'explanations', event.currentTarget.value)}
          />
        )}
      </Field>
    </div>
  );
}
