import type { StatementCategory } from './guideline.ts';

/** The guidelines a site starts with, in the order in which its page lists them (contract.md). Their titles and wordings
 *  stand in `messages/` under `guideline.<key>.title` and `guideline.<key>.wording`. */
export const startingGuidelines = [
  'profanity',
  'threat',
  'attack',
  'vulgarity',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'promotion',
  'relevance',
] as const;

/** What a statement of reasons files each of them under, unless an editor says otherwise. */
export const startingCategories = {
  profanity: 'OTHER_VIOLATION_TC',
  threat: 'VIOLENCE',
  attack: 'CYBER_VIOLENCE',
  vulgarity: 'OTHER_VIOLATION_TC',
  sexism: 'CYBER_VIOLENCE_AGAINST_WOMEN',
  racism: 'ILLEGAL_OR_HARMFUL_SPEECH',
  homophobia: 'ILLEGAL_OR_HARMFUL_SPEECH',
  xenophobia: 'ILLEGAL_OR_HARMFUL_SPEECH',
  promotion: 'OTHER_VIOLATION_TC',
  relevance: 'OTHER_VIOLATION_TC',
} as const satisfies Record<(typeof startingGuidelines)[number], StatementCategory>;
