import { leastPairs, type Agreement, type AgreementView, type Judgement, type Pair } from '../contract/agreement.ts';

/** How far pairs agree on rejecting at all, and on each guideline that either named, by its key. Pure. */
export function measureAgreement(pairs: readonly Pair[]): Pick<AgreementView, 'overall' | 'guidelines'> {
  const judgements = pairs.flatMap(({ first, second }) => [first, second]);
  const named = new Set(judgements.map(({ guideline }) => guideline).filter((guideline) => guideline !== null));
  return {
    overall: agreementOn(pairs, ({ verdict }) => verdict === 'reject'),
    guidelines: [...named].toSorted().map((guideline) => ({
      guideline,
      ...agreementOn(pairs, (judgement) => judgement.guideline === guideline),
    })),
  };
}

/** Cohen's kappa of one question that each judgement answers with yes or no: (observed - chance) / (1 - chance), where chance
 *  is how often both would say the same if each only kept to their own share of yes (J. Cohen, "A coefficient of agreement
 *  for nominal scales", 1960). The interval is 1.96 of its large-sample standard errors to both sides, from the same paper;
 *  where all pairs agree, or none does, that error is 0, which is too good to be told. */
export function agreementOn(pairs: readonly Pair[], says: (judgement: Judgement) => boolean): Agreement {
  const answers = pairs.map(({ first, second }) => [says(first), says(second)] as const);
  const count = (holds: (one: boolean, other: boolean) => boolean): number =>
    answers.filter(([one, other]) => holds(one, other)).length;
  const total = answers.length;
  const agreed = count((one, other) => one === other);
  const counts = { pairs: total, agreed, named: count((one, other) => one || other) };
  const [first, second] = [count((one) => one) / total, count((_, other) => other) / total];
  const chance = first * second + (1 - first) * (1 - second);
  if (total < leastPairs || chance >= 1) return { ...counts, kappa: null, interval: null };
  const observed = agreed / total;
  const kappa = (observed - chance) / (1 - chance);
  if (agreed === total || agreed === 0) return { ...counts, kappa, interval: null };
  const error = Math.sqrt((observed * (1 - observed)) / (total * (1 - chance) ** 2));
  const within = (value: number): number => Math.min(1, Math.max(-1, value));
  return { ...counts, kappa, interval: [within(kappa - 1.96 * error), within(kappa + 1.96 * error)] };
}
