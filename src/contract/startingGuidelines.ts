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
