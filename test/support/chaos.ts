import { setTimeout as pause } from 'node:timers/promises';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Receipt = { id: string; sha256: string; receipt: string };

/** What the clients know: what was acknowledged under which key, and what a moderator has begun to approve or has taken
 *  down. Texts are `chaos-…` words, so that they can be found in any answer. */
export type Journal = {
  acknowledged: Map<string, Receipt & { text: string }>;
  /** Noted before the approval is sent: its answer may be lost. */
  approving: Set<string>;
  removed: Set<string>;
  /** What readers saw at some time. */
  seen: Set<string>;
  /** What a client saw that it should not have seen. */
  faults: string[];
};

const thread = '/api/v1/sites/sample/stories/welcome';
const outlets = [
  '/s/sample/welcome',
  `${thread}/thread?limit=200`,
  `${thread}/thread.html`,
  '/s/sample/welcome/comments.rss',
  '/s/sample/welcome/comments.atom',
  '/s/sample/welcome/comments.json',
  '/s/sample/feed.json',
  '/sitemap.xml',
];

export function openJournal(): Journal {
  return { acknowledged: new Map(), approving: new Set(), removed: new Set(), seen: new Set(), faults: [] };
}

/** Posts one comment until it is acknowledged, in several copies at once, and writes the receipt down. Every
 *  acknowledgement of one key has to be the same. */
export async function postUntilHeld(
  url: string,
  journal: Journal,
  sent: { key: string; text: string; copies: number },
): Promise<void> {
  const { key, text, copies } = sent;
  const before = journal.acknowledged.get(key);
  const answers = await Promise.all(Array.from({ length: copies }, () => postOne(url, { key, text })));
  const [first] = answers;
  if (!first) return;
  for (const { id, sha256, receipt } of [...answers, ...(before ? [before] : [])]) {
    const same = id === first.id && sha256 === first.sha256 && receipt === first.receipt;
    if (!same) journal.faults.push(`${key} was acknowledged as ${first.id} and as ${id}`);
  }
  journal.acknowledged.set(key, { ...first, text });
}

async function postOne(url: string, { key, text }: { key: string; text: string }): Promise<Receipt> {
  for (;;) {
    const response = await fetch(`${url}${thread}/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ name: 'Ada', text }),
    }).catch(() => undefined);
    if (response?.status === 202) {
      const receipt = await response.json().catch(() => undefined);
      if (receipt !== undefined) return receipt as Receipt;
    } else if (response && response.status !== 503) throw new Error(`${response.status} ${await response.text()}`);
    await pause(20);
  }
}

/** Looks at every outlet once. What shows has to be something that a moderator has begun to approve, and nothing that was
 *  taken down before the request began. Returns how many outlets answered. */
export async function readOutlets(url: string, journal: Journal): Promise<number> {
  let answered = 0;
  for (const outlet of outlets) {
    const gone = new Set(journal.removed);
    const body = await fetch(url + outlet)
      .then((response) => (response.ok ? response.text() : undefined))
      .catch(() => undefined);
    if (body === undefined) continue;
    answered += 1;
    for (const [text] of body.matchAll(/chaos-[\w-]+/g)) {
      journal.seen.add(text);
      if (!journal.approving.has(text)) journal.faults.push(`${text} shows in ${outlet} without an approval`);
      if (gone.has(text)) journal.faults.push(`${text} shows in ${outlet} after it was taken down`);
    }
  }
  const counts = await fetch(`${url}/api/v1/counts?site=sample&story=welcome`)
    .then((response) => response.json())
    .catch(() => undefined);
  const { welcome = 0 } = (counts as { counts?: { welcome?: number } } | undefined)?.counts ?? {};
  if (welcome > journal.approving.size)
    journal.faults.push(`${welcome} are counted, ${journal.approving.size} were approved`);
  // Whoever asks a dead server again without a pause takes the processor that it needs to start.
  if (answered === 0) await pause(20);
  return answered;
}

/** Approves a waiting comment, or takes a published one down, as `random` says. Lost answers are no fault. */
export async function moderateOne(
  url: string,
  journal: Journal,
  desk: { token: string; random: () => number },
): Promise<void> {
  const { token, random } = desk;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ask = (path: string, body?: object): Promise<Response | undefined> =>
    fetch(`${url}/api/v1/desk/${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) }).catch(
      () => undefined,
    );
  const removes = random() < 0.3;
  const queue = await ask(`queue?site=sample&limit=20&state=${removes ? 'approved' : 'held'}`);
  if (!queue?.ok) return pause(20);
  const { comments } = (await queue.json().catch(() => ({ comments: [] }))) as {
    comments: { id: string; version: number; text: string }[];
  };
  const row = comments[Math.floor(random() * comments.length)];
  if (!row) return;
  if (removes) {
    const answer = await ask(`comments/${row.id}/removal`, { guideline: 'relevance', version: row.version });
    if (answer?.status === 201) journal.removed.add(row.text);
    return;
  }
  journal.approving.add(row.text);
  await ask(`comments/${row.id}/decisions`, { verdict: 'approve', version: row.version });
}
