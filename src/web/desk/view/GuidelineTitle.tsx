import type { VNode } from 'preact';
import { directionOfLanguage } from '../../../contract/languages.ts';
import type { DeskGuideline } from '../shapes.ts';
import { accountHere, rulesOf } from '../state.ts';
import { useDesk } from './useDesk.ts';

/** A guideline's title in the desk's language or else the site's, each in its own direction. */
export function GuidelineTitle({ guideline: key }: { guideline: string }): VNode {
  const { state } = useDesk();
  const guideline = rulesOf(state).guidelines.find((known) => known.key === key);
  if (!guideline) return <bdi lang="en">{key}</bdi>;
  const { language, text } = inDeskLanguage(guideline.titles, state.language, accountHere(state)?.language);
  return (
    <bdi lang={language} dir={directionOfLanguage(language)}>
      {text || key}
    </bdi>
  );
}

/** The title as plain text, where no markup can stand. */
export function titleOf(guideline: DeskGuideline, ...languages: readonly (string | undefined)[]): string {
  return inDeskLanguage(guideline.titles, ...languages).text || guideline.key;
}

/** The text in the first of the languages that there is, or in any, with the language it is in. */
export function inDeskLanguage(
  texts: Readonly<Record<string, string>>,
  ...languages: readonly (string | undefined)[]
): { language: string; text: string } {
  const language =
    languages.find((known) => known !== undefined && texts[known] !== undefined) ?? Object.keys(texts)[0] ?? 'en';
  return { language, text: texts[language] ?? '' };
}
