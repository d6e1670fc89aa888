/** One version of a guideline of a site. Titles, wordings and explanations (sentences for the author of a rejected comment)
 *  are by language; the site's own language always has a title and a wording. `ground`, `law` and `category` are what a
 *  statement of reasons says (DSA Art. 17(3), 24(5)); `category` is one of `statementCategories`, or '' where nobody chose. */
export type Guideline = {
  key: string;
  version: number;
  position: number;
  titles: Texts;
  wordings: Texts;
  explanations: Texts;
  ground: Ground;
  /** The law that the comment breaks, for the ground `illegal`. */
  law: string;
  category: string;
  /** Whether a rejection under it takes effect only when a second moderator, who does not see the first verdict, agrees. */
  secondReading: boolean;
  retired: boolean;
};

export type Texts = Readonly<Record<string, string>>;

/** Against the site's own rules, or against the law: the two of DSA Art. 17(3)(d) and (e). */
export const grounds = ['incompatible', 'illegal'] as const;
export type Ground = (typeof grounds)[number];

/** What a guideline says unless somebody wrote it; so do versions of before there were these fields. */
export const plainGuideline = {
  explanations: {},
  ground: 'incompatible',
  law: '',
  category: '',
  secondReading: false,
} as const satisfies Partial<Guideline>;

/** A guideline to be stored: what is plain may be left out. */
export type NewGuideline = Omit<Guideline, keyof typeof plainGuideline> & Partial<Guideline>;

/** The categories of the Commission's database of statements (schema of 1 July 2025) that a comment can fall under, without
 *  the `STATEMENT_CATEGORY_` that all begin with. */
export const statementCategories = [
  'ILLEGAL_OR_HARMFUL_SPEECH',
  'CYBER_VIOLENCE',
  'CYBER_VIOLENCE_AGAINST_WOMEN',
  'VIOLENCE',
  'NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
  'DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
  'PROTECTION_OF_MINORS',
  'SELF_HARM',
  'RISK_FOR_PUBLIC_SECURITY',
  'SCAMS_AND_FRAUD',
  'CONSUMER_INFORMATION',
  'INTELLECTUAL_PROPERTY_INFRINGEMENTS',
  'UNSAFE_AND_PROHIBITED_PRODUCTS',
  'ANIMAL_WELFARE',
  'OTHER_VIOLATION_TC',
] as const;
export type StatementCategory = (typeof statementCategories)[number];

/** The text for a language, or for the site's language, or any that there is. */
export function inLanguage(texts: Texts, ...languages: readonly string[]): string {
  for (const language of languages) {
    const found = texts[language] ?? texts[language.split('-')[0] ?? ''];
    if (found !== undefined) return found;
  }
  return texts['en'] ?? Object.values(texts)[0] ?? '';
}
