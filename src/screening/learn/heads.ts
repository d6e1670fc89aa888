/** A newsroom's own fit of one score in one language, on top of the shipped model: added to the shipped logit. `weights` go
 *  with the model's inputs, the last one stands alone. */
export type OwnHead = { weights: readonly number[]; rows: number; breaches: number };

/** What `stet train` writes: fits by language and score, for the model they were made on. `until` is the time of the last
 *  decision they have seen (ISO 8601), absent where the decisions had no times. */
export type OwnHeads = {
  format: 1;
  base: string;
  until?: string;
  heads: Readonly<Record<string, Readonly<Record<string, OwnHead>>>>;
};

/** The own heads in a parsed file. Throws an Error with one plain sentence when it is none, or made for another model. */
export function parseOwnHeads(value: unknown, base: string, inputs: number): OwnHeads {
  const made = value as Partial<OwnHeads> | null;
  if (typeof made !== 'object' || made === null || made.format !== 1 || typeof made.heads !== 'object') {
    throw new Error('the file holds no heads that stet train wrote');
  }
  if (made.base !== base)
    throw new Error(`the heads were made for the model ${made.base}, and this is ${base}: train them again`);
  for (const heads of Object.values(made.heads)) {
    for (const { weights } of Object.values(heads)) {
      if (!Array.isArray(weights) || weights.length !== inputs + 1 || !weights.every(Number.isFinite)) {
        throw new Error('the heads are damaged: train them again');
      }
    }
  }
  return made as OwnHeads;
}

/** What an own head adds to the logit of a text with these inputs. */
export function addedBy({ weights }: OwnHead, inputs: ArrayLike<number>): number {
  let sum = weights[inputs.length] as number;
  for (let k = 0; k < inputs.length; k++) sum += (weights[k] as number) * (inputs[k] as number);
  return sum;
}
