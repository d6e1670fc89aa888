import type { ScoreKey, Screening } from '../screening/index.ts';

/** An attribute that clients may ask for. `Registry` of the room: everything that is said about attributes, in answers,
 *  in `GET /v1alpha1/attributes` and in docs/guide/from-perspective.md, is read here. In which languages one is given is
 *  asked of the engine (`coverage.ts`), so that no list can promise what the engine does not give. */
export type Attribute = {
  name: string;
  /** Who asks for it: whose name it is. */
  family: Family;
  /** The scores of screening that it is the highest of; all have to be given. Empty: the attribute is not given. */
  from: readonly ScoreKey[];
  /** Counted in where the language has them. */
  also?: readonly ScoreKey[];
  /** A score that it is never above. */
  atMost?: ScoreKey;
  /** Why it is not given. */
  missing?: string;
};

export type Family = 'production' | 'experimental' | 'bridging' | 'persuasion' | 'newspaper' | 'stet' | 'removed';

const guidelines = [
  'profanity',
  'threat',
  'attack',
  'vulgarity',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'promotion',
] as const satisfies readonly ScoreKey[];

type Source = Pick<Attribute, 'from' | 'also' | 'atMost'>;

const production: Readonly<Record<string, Source>> = {
  TOXICITY: { from: ['toxic'] },
  SEVERE_TOXICITY: { from: ['threat', 'identity', 'attack'], atMost: 'toxic' },
  IDENTITY_ATTACK: { from: ['identity'] },
  INSULT: { from: ['attack'] },
  PROFANITY: { from: ['profanity', 'vulgarity'] },
  THREAT: { from: ['threat'] },
};

const notMeasured = 'Nothing in the engine measures it.';
const notWhom = 'The engine finds attacks and cannot tell whom they are meant for; ask for INSULT.';

/** Every attribute, in the order of the documentation. */
export const attributes: readonly Attribute[] = [
  ...Object.entries(production).map(([name, source]): Attribute => ({ name, family: 'production', ...source })),
  ...Object.entries(production).map(([name, source]): Attribute => ({
    name: `${name}_EXPERIMENTAL`,
    family: 'experimental',
    ...source,
  })),
  { name: 'SEXUALLY_EXPLICIT', family: 'experimental', from: ['vulgarity'] },
  notGiven('experimental', 'FLIRTATION'),
  { name: 'LIKELY_TO_REJECT', family: 'newspaper', from: ['toxic'], also: guidelines },
  { name: 'SPAM', family: 'newspaper', from: ['promotion'] },
  { name: 'OBSCENE', family: 'newspaper', from: ['profanity', 'vulgarity'] },
  notGiven('newspaper', 'ATTACK_ON_AUTHOR', notWhom),
  notGiven('newspaper', 'ATTACK_ON_COMMENTER', notWhom),
  ...['INCOHERENT', 'INFLAMMATORY', 'UNSUBSTANTIAL'].map((name) => notGiven('newspaper', name)),
  ...guidelines.map((key): Attribute => ({ name: `STET_${key.toUpperCase()}`, family: 'stet', from: [key] })),
  notGiven('stet', 'STET_RELEVANCE', 'It needs the story, which this contract does not carry.'),
  ...['AFFINITY', 'COMPASSION', 'CONSTRUCTIVE', 'CURIOSITY', 'NUANCE', 'PERSONAL_STORY', 'REASONING', 'RESPECT'].map(
    (name) => notGiven('bridging', `${name}_EXPERIMENTAL`),
  ),
  ...['ALIENATION', 'FEARMONGERING', 'GENERALIZATION', 'MORAL_OUTRAGE', 'POWER_APPEAL', 'SCAPEGOATING'].map((name) =>
    notGiven('persuasion', `${name}_EXPERIMENTAL`),
  ),
  notGiven('removed', 'TOXICITY_FAST', 'Google removed it; ask for TOXICITY.'),
];

const byName: ReadonlyMap<string, Attribute> = new Map(attributes.map((attribute) => [attribute.name, attribute]));

/** The attribute of a name, exactly as it is written; undefined for a name that none has. */
export function findAttribute(name: string): Attribute | undefined {
  return byName.get(name);
}

/** The attribute's value out of a screening's scores, 0 to 1; undefined where a score that it needs is not given. In a
 *  language that nobody knows only what is read in every text counts: there a score appears by chance of a shared word.
 *  Throws for a score that is no number from 0 to 1: an engine that gives one does not work. */
export function valueOf(
  attribute: Attribute,
  { scores, lang }: Pick<Screening, 'scores' | 'lang'>,
): number | undefined {
  const { from, also = [], atMost } = attribute;
  if (from.length === 0 || (lang === 'und' && !readsEveryText(attribute))) return undefined;
  let value = 0;
  for (const key of from) {
    const score = readScore(scores, key);
    if (score === undefined) return undefined;
    value = Math.max(value, score);
  }
  for (const key of also) value = Math.max(value, readScore(scores, key) ?? 0);
  return Math.min(value, atMost === undefined ? 1 : (readScore(scores, atMost) ?? 1));
}

function readScore(scores: Screening['scores'], key: ScoreKey): number | undefined {
  const score = scores[key];
  if (score === undefined || (score >= 0 && score <= 1)) return score;
  throw new Error(`the engine gave a score for ${key} that is no number from 0 to 1`);
}

/** Whether the attribute is given for texts in any language. */
export function readsEveryText({ from }: Attribute): boolean {
  return from.length > 0 && from.every((key) => key === 'promotion');
}

/** What the attribute is computed from, in words. */
export function describeSource({ from, also, atMost, missing }: Attribute): string {
  if (from.length === 0) return missing ?? notMeasured;
  const highest = from.length > 1 ? `the highest of ${from.join(', ')}` : String(from[0]);
  const whole = also ? `the highest of ${from.join(', ')} and of every guideline that is read` : highest;
  return atMost === undefined ? whole : `${whole}; never above ${atMost}`;
}

function notGiven(family: Family, name: string, missing: string = notMeasured): Attribute {
  return { name, family, from: [], missing };
}
