import { detectLanguage } from '../screening/index.ts';
import type { SuggestRequest } from './messages.ts';

/** The answer to a suggestscore call: that it was heard. Nothing of it is kept: it holds texts, and addresses of people. */
export function answerSuggestion({ text, languages, clientToken }: SuggestRequest): object {
  return {
    ...(clientToken === undefined ? {} : { clientToken }),
    detectedLanguages: [detectLanguage(text)],
    ...(languages.length === 0 ? {} : { requestedLanguages: languages }),
  };
}
