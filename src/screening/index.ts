export { fingerprintComment } from './fingerprint.ts';
export { detectLanguage, knownLanguages } from './language.ts';
export { type LineId, type ScreenedLine, screenLine } from './lines.ts';
export { type Normalised, normalise } from './normalise.ts';
export { prepareStory } from './relevance.ts';
export { modelVersion, screen } from './screen.ts';
export type {
  Finding,
  GuidelineKey,
  KnownLanguage,
  RuleWord,
  Ruleset,
  ScoreKey,
  Screening,
  ScreeningInput,
  ScreeningStory,
  StoryProfile,
  Suggestion,
} from './types.ts';
