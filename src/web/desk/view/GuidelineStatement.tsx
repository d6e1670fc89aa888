import type { VNode } from 'preact';
import { grounds, statementCategories } from '../../../contract/guideline.ts';
import { guidelineLimits } from '../../../contract/guidelineDraft.ts';
import { draftGuideline } from '../acts/rulebook.ts';
import { Field } from './Field.tsx';
import type { EditorProps } from './GuidelineEditor.tsx';
import { useDesk } from './useDesk.ts';

/** What a statement of reasons says of the guideline: against the rules or which law, and its category. */
export function GuidelineStatement({ open, isEditor }: EditorProps): VNode {
  const { desk, state, words } = useDesk();
  const { draft } = open;
  const { wrong } = state.rulebook;
  return (
    <fieldset class="statement" disabled={!isEditor}>
      <legend>{words('guidelines.statement')}</legend>
      <Field label={words('guidelines.ground')}>
        {(props) => (
          <select
            {...props}
            value={draft.ground}
            onChange={(event) => {
              const ground = grounds.find((one) => one === event.currentTarget.value);
              if (ground) draftGuideline(desk, { ground, law: ground === 'illegal' ? draft.law : '' });
            }}
          >
            {grounds.map((ground) => (
              <option key={ground} value={ground}>
                {words(`guidelines.ground.${ground}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.ground === 'illegal' && (
        <Field label={words('guidelines.law')} wrong={wrong?.field === 'law' ? wrong.detail : undefined}>
          {(props) => (
            <input
              {...props}
              type="text"
              dir="auto"
              maxLength={guidelineLimits.law}
              value={draft.law}
              onInput={(event) => draftGuideline(desk, { law: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <Field label={words('guidelines.category')}>
        {(props) => (
          <select
            {...props}
            value={draft.category}
            onChange={(event) => draftGuideline(desk, { category: event.currentTarget.value })}
          >
            <option value="">{words('guidelines.noCategory')}</option>
            {statementCategories.map((category) => (
              <option key={category} value={category}>
                {words(`category.${category}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </fieldset>
  );
}
