import { shrinkOf } from '../src/screening/model/model.ts';
import { WIDTH } from '../src/screening/model/rows.ts';
import { type Examples, listScores } from './examples.ts';
import { heads } from './labels.ts';
import { createRandom } from './random.ts';

/** The network: sixteen weights a feature, summed over a text; positive and negative parts of the sums and the list scores
 *  lead to one logit a head. `out` holds by head 16 + 16 + lists + 1 weights. */
export type Network = { rows: Float32Array; offsets: Float32Array; out: Float32Array };

export const INPUTS = 2 * WIDTH + listScores.length;
const H = heads.length;

export type Training = {
  /** examples to learn from, as numbers */
  chosen: Int32Array;
  /** each example's source and language, as a number: a source's own share of breaches is learnt apart, as an offset that
   *  is not kept, so that its style is not taken for abuse */
  sources: Int32Array;
  passes: number;
  rate: number;
  seed: number;
  /** a network to go on with, whose rows stay as they are: only what leads from the sums to the heads is fitted */
  onTopOf?: Network;
  say: (line: string) => void;
};

/** Trains by stochastic gradient with a rate of its own for each weight (AdaGrad). The same examples and seed give the
 *  same network. */
export function trainNetwork(examples: Examples, features: number, training: Training): Network {
  const learner = createLearner(examples, features, training);
  const mean = createMean(learner.network);
  const order = training.chosen.slice();
  const random = createRandom(training.seed);
  for (let pass = 0; pass < training.passes; pass++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    const rate = training.rate * 0.3 ** pass;
    const looks = pass === training.passes - 1 ? looksAt(order.length) : new Set();
    let loss = 0;
    order.forEach((example, i) => {
      loss += learner.learn(example, rate);
      if (looks.has(i)) mean.take();
    });
    training.say(`pass ${pass + 1}: loss ${(loss / order.length).toFixed(4)}`);
  }
  mean.settle();
  return learner.network;
}

/** Of the second half of the last pass so many states are averaged: one end alone hangs on the examples that came last. */
const LOOKS = 6;

/** After which examples of the last pass its state is taken. */
function looksAt(examples: number): Set<number> {
  const step = Math.max(1, Math.floor(examples / 2 / LOOKS));
  return new Set(Array.from({ length: LOOKS }, (_, look) => Math.max(0, examples - 1 - look * step)));
}

/** Adds up a network's states; `settle` makes it their mean. */
function createMean(network: Network): { take: () => void; settle: () => void } {
  const parts = [network.rows, network.offsets, network.out];
  const sums = parts.map((part) => new Float32Array(part.length));
  let taken = 0;
  const take = (): void => {
    taken++;
    parts.forEach((part, p) => {
      const sum = sums[p] as Float32Array;
      for (let k = 0; k < part.length; k++) (sum[k] as number) += part[k] as number;
    });
  };
  const settle = (): void => {
    if (taken > 0) parts.forEach((part, p) => part.set((sums[p] as Float32Array).map((sum) => sum / taken)));
  };
  return { take, settle };
}

type Learner = { network: Network; learn: (example: number, rate: number) => number };

/** What each sum of squared gradients begins with, so that the first steps are not wild. */
const BEGIN = 1e-2;

function createLearner(examples: Examples, features: number, { sources, seed, onTopOf }: Training): Learner {
  const random = createRandom(seed + 1);
  const sourceCount = sources.reduce((most, source) => Math.max(most, source), 0) + 1;
  const network: Network = onTopOf ?? {
    rows: Float32Array.from({ length: features * WIDTH }, () => (random.fraction() - 0.5) * 0.1),
    offsets: new Float32Array(WIDTH),
    out: Float32Array.from({ length: H * (INPUTS + 1) }, (_, k) =>
      k % (INPUTS + 1) < 2 * WIDTH ? (random.fraction() - 0.5) * 0.5 : 0,
    ),
  };
  const squares = {
    rows: new Float32Array(onTopOf === undefined ? features * WIDTH : 0).fill(BEGIN),
    offsets: new Float32Array(WIDTH).fill(BEGIN),
    out: new Float32Array(H * (INPUTS + 1)).fill(BEGIN),
    sources: new Float32Array(sourceCount * H).fill(1e-3),
  };
  const apart = new Float32Array(sourceCount * H);
  const step = (weights: Float32Array, sums: Float32Array, k: number, slope: number, rate: number): void => {
    (sums[k] as number) += slope * slope;
    (weights[k] as number) -= (rate * slope) / Math.sqrt(sums[k] as number);
  };
  const inputs = new Float64Array(INPUTS + 1);
  const back = new Float64Array(WIDTH);
  const wrong = new Float64Array(H);

  const learn = (example: number, rate: number): number => {
    const shrink = forward(examples, network, example, inputs);
    let loss = 0;
    for (let h = 0; h < H; h++) {
      const label = examples.labels[example * H + h] as number;
      wrong[h] = 0;
      if (label < 0) continue;
      const source = (sources[example] as number) * H + h;
      const p = 1 / (1 + Math.exp(-(logitOf(network, inputs, h) + (apart[source] as number))));
      const slope = (p - label) * (examples.weights[example] as number);
      wrong[h] = slope;
      step(apart, squares.sources, source, slope + 1e-3 * (apart[source] as number), rate);
      loss -= Math.log(Math.max(1e-9, label === 1 ? p : 1 - p));
    }
    back.fill(0);
    for (let h = 0; h < H; h++) {
      const slope = wrong[h] as number;
      if (slope === 0) continue;
      const row = h * (INPUTS + 1);
      for (let k = 0; k <= INPUTS; k++) {
        const input = inputs[k] as number;
        if (input === 0) continue;
        if (k < WIDTH) (back[k] as number) += slope * (network.out[row + k] as number);
        else if (k < 2 * WIDTH) (back[k - WIDTH] as number) -= slope * (network.out[row + k] as number);
        step(network.out, squares.out, row + k, slope * input, rate);
      }
    }
    const from = examples.from[example] as number;
    const to = examples.from[example + 1] as number;
    for (let j = 0; j < WIDTH; j++) {
      step(network.offsets, squares.offsets, j, back[j] as number, rate);
      (back[j] as number) *= shrink;
    }
    for (let i = from; onTopOf === undefined && i < to; i++) {
      const row = (examples.features[i] as number) * WIDTH;
      for (let j = 0; j < WIDTH; j++) step(network.rows, squares.rows, row + j, back[j] as number, rate);
    }
    return loss;
  };
  return { network, learn };
}

/** Fills `inputs` (hidden units, list scores, 1) for an example; returns what the sums were multiplied by. */
export function forward(examples: Examples, network: Network, example: number, inputs: Float64Array): number {
  const from = examples.from[example] as number;
  const to = examples.from[example + 1] as number;
  const shrink = shrinkOf(to - from);
  inputs.fill(0);
  for (let i = from; i < to; i++) {
    const row = (examples.features[i] as number) * WIDTH;
    for (let j = 0; j < WIDTH; j++) (inputs[j] as number) += network.rows[row + j] as number;
  }
  for (let j = 0; j < WIDTH; j++) {
    const value = (inputs[j] as number) * shrink + (network.offsets[j] as number);
    inputs[j] = value > 0 ? value : 0;
    inputs[WIDTH + j] = value < 0 ? -value : 0;
  }
  for (let k = 0; k < listScores.length; k++) {
    inputs[2 * WIDTH + k] = examples.lists[example * listScores.length + k] as number;
  }
  inputs[INPUTS] = 1;
  return shrink;
}

/** A head's logit. */
export function logitOf({ out }: Network, inputs: Float64Array, head: number): number {
  const row = head * (INPUTS + 1);
  let sum = 0;
  for (let k = 0; k <= INPUTS; k++) sum += (out[row + k] as number) * (inputs[k] as number);
  return sum;
}
