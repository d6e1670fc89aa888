import type { VNode } from 'preact';
import type { Guideline } from '../../../contract/guideline.ts';
import { directionOfLanguage } from '../../../contract/languages.ts';
import type { OpenGuideline } from '../rulebookState.ts';
import { compareTexts } from '../textDiff.ts';
import type { WordKey } from '../wordKeys.ts';
import { nameLanguage } from '../words.ts';
import { useDesk } from './useDesk.ts';

/** One difference between two versions: of a text in a language, or of what is the same in all. */
export type GuidelineChange = { label: WordKey; language: string | null; before: string; after: string };

const texts = {
  titles: 'guidelines.titleField',
  wordings: 'guidelines.wordingField',
  explanations: 'guidelines.explanationField',
} as const satisfies Partial<Record<keyof Guideline, WordKey>>;

const plain = {
  ground: 'guidelines.ground',
  law: 'guidelines.law',
  category: 'guidelines.category',
} as const satisfies Partial<Record<keyof Guideline, WordKey>>;

/** What is different in a guideline, in the order of the form. Pure. */
export function listChanges(before: Guideline | null, after: Guideline): GuidelineChange[] {
  const changes: GuidelineChange[] = [];
  for (const [field, label] of Object.entries(texts) as [keyof typeof texts, WordKey][]) {
    const old = before?.[field] ?? {};
    for (const language of new Set([...Object.keys(old), ...Object.keys(after[field])])) {
      changes.push({ label, language, before: old[language] ?? '', after: (after[field][language] ?? '').trim() });
    }
  }
  for (const [field, label] of Object.entries(plain) as [keyof typeof plain, WordKey][]) {
    changes.push({ label, language: null, before: before?.[field] ?? '', after: after[field] });
  }
  const told = (one: Guideline | null): string => (one?.secondReading ? '✓' : '');
  changes.push({ label: 'guidelines.secondReading', language: null, before: told(before), after: told(after) });
  return changes.filter((change) => change.before !== change.after);
}

/** What saving would change against the version in force, word by word. */
export function GuidelineChanges({ open }: { open: OpenGuideline }): VNode | null {
  const { words } = useDesk();
  const changes = listChanges(open.base, open.draft);
  if (changes.length === 0 || !open.base) return null;
  return (
    <section class="changes" aria-labelledby="guideline-changes">
      <h4 id="guideline-changes">{words('guidelines.changes')}</h4>
      <dl>
        {changes.map((change) => (
          <Change key={`${change.label} ${change.language}`} change={change} />
        ))}
      </dl>
    </section>
  );
}

function Change({ change }: { change: GuidelineChange }): VNode {
  const { words } = useDesk();
  const { label, language, before, after } = change;
  return (
    <div>
      <dt>
        {words(label)}
        {language !== null && ` · ${nameLanguage(language)}`}
      </dt>
      <dd lang={language ?? undefined} dir={language === null ? 'auto' : directionOfLanguage(language)}>
        {compareTexts(before, after).map(({ kind, text }, at) =>
          kind === 'same' ? text : kind === 'gone' ? <del key={at}>{text}</del> : <ins key={at}>{text}</ins>,
        )}
      </dd>
    </div>
  );
}
