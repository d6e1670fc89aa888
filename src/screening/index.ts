export { type RecentPrints, createRecentPrints, fingerprintComment, rememberPrint } from './fingerprint.ts';
export { detectLanguage, knownLanguages } from './language.ts';
export { type LineId, type ScreenedLine, screenLine } from './lines.ts';
export { isSameName, nameKeys } from './nameKey.ts';
export { criticisesNewsroom, speaksOfNewsroom } from './newsroom.ts';
export { type Normalised, normalise } from './normalise.ts';
export { findOwnWords, type OwnHit } from './ownWords.ts';
export { prepareStory } from './relevance.ts';
export { readTaught, type Taught } from './learn/decisions.ts';
export { drawCurve, type CurvePoint } from './learn/curve.ts';
export { fitHeads } from './learn/fit.ts';
export { parseOwnHeads, type OwnHeads } from './learn/heads.ts';
export { areaUnderCurve, measureAt, type Scored } from './learn/measure.ts';
export { loadModel, shippedModelFile } from './model/shipped.ts';
export { modelInputs, modelVersion, readSignals, screen } from './screen.ts';
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
  StoryPassage,
  StoryProfile,
  Suggestion,
} from './types.ts';
