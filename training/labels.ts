/** What the model gives scores for; `relevance` is not learnt from labels. */
export const heads = [
  'toxic',
  'identity',
  'profanity',
  'vulgarity',
  'threat',
  'attack',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'promotion',
] as const;

export type Head = (typeof heads)[number];

/** 1 breach, 0 none, missing unknown. */
export type Labels = Partial<Record<Head, 0 | 1>>;

const groupHeads = ['sexism', 'racism', 'homophobia', 'xenophobia'] as const;
const abusive: readonly Head[] = ['identity', 'threat', 'attack', ...groupHeads];

/** The labels of a contrast template (`hate`, `ok newsroom`, `attack ?profanity`) for a sentence that names these kinds of
 *  group. Throws on an unknown word. */
export function readLabels(words: string, kinds: readonly string[]): { labels: Labels; newsroom: boolean } {
  const labels: Labels = Object.fromEntries(heads.map((head) => [head, 0]));
  let newsroom = false;
  for (const word of words.split(/\s+/)) {
    const name = word.replace(/^\?/, '');
    if (name === 'newsroom') newsroom = true;
    else if (word === '?hate') for (const head of ['identity', 'toxic', ...groupHeads] as const) delete labels[head];
    else if (name === 'hate') for (const head of ['identity', ...hated(kinds)] as const) labels[head] = 1;
    else if (name !== 'ok' && !isHead(name)) throw new Error(`no label is called ${word}`);
    else if (isHead(name)) {
      if (word.startsWith('?')) delete labels[name];
      else labels[name] = 1;
    }
  }
  if (groupHeads.some((head) => labels[head] === 1)) labels.identity = 1;
  if (abusive.some((head) => labels[head] === 1)) labels.toxic = 1;
  return { labels, newsroom };
}

function hated(kinds: readonly string[]): readonly Head[] {
  return groupHeads.filter((head) => kinds.includes(head));
}

function isHead(name: string): name is Head {
  return heads.some((head) => head === name);
}
