import http from 'node:http';

/** What two commenting systems do with a scoring endpoint, written anew from the description of their behaviour. */
export type Judged = { scored: boolean; value: number };

/** Coral: POST below whatever base it was given, 800 ms, no redirect; every error, and an answer without the attribute,
 *  leaves the comment unscored, and unscored comments are let on. */
export async function askAsCoral(
  base: string,
  sent: { key: string; text: string; model?: string; language?: string },
): Promise<Judged> {
  const { key, text, model = 'TOXICITY', language = 'en' } = sent;
  const body = {
    comment: { text },
    doNotStore: true,
    languages: [language],
    requestedAttributes: { [model]: {} },
  };
  try {
    const answer = await fetch(`${base}/comments:analyze?key=${encodeURIComponent(key)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(800),
    });
    if (!answer.ok) return { scored: false, value: 0 };
    const read = (await answer.json()) as { attributeScores?: Record<string, { summaryScore?: { value?: number } }> };
    const value = read.attributeScores?.[model]?.summaryScore?.value;
    return typeof value === 'number' ? { scored: true, value } : { scored: false, value: 0 };
  } catch {
    return { scored: false, value: 0 };
  }
}

/** What Coral sends when a moderator decided, where it is told to. */
export function coralModeration(action: 'APPROVE' | 'REJECT', text: string): object {
  return {
    comment: { text },
    context: {
      entries: [{ text: JSON.stringify({ url: 'https://news.example/a', commentId: 'c1', parentId: null }) }],
    },
    attributeScores: { TOXICITY: { summaryScore: { value: action === 'REJECT' ? 1 : 0 } } },
    communityId: 'Coral:https://talk.news.example',
    clientToken: 'comment:c1',
  };
}

/** Discourse's plugin: one POST with a length, a second to connect and three to read; whatever JSON comes back is read,
 *  and what is not in it is 0.0. */
export async function askAsDiscourse(
  origin: string,
  sent: { key: string; text: string; attributes?: readonly string[] },
): Promise<Record<string, number>> {
  const { key, text, attributes = ['TOXICITY', 'SEVERE_TOXICITY'] } = sent;
  const body = JSON.stringify({
    comment: { text: trimBytes(text, 20_480) },
    doNotStore: true,
    sessionId: 'https://forum.example_17',
    requestedAttributes: Object.fromEntries(attributes.map((name) => [name, { scoreType: 'PROBABILITY' }])),
  });
  const answer = await post(`${origin}/v1alpha1/comments:analyze?key=${key}`, body);
  const read = JSON.parse(answer) as { attributeScores?: Record<string, { summaryScore?: { value?: number } }> };
  return Object.fromEntries(attributes.map((name) => [name, read.attributeScores?.[name]?.summaryScore?.value ?? 0]));
}

function post(url: string, body: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const request = http.request(url, { method: 'POST', headers, timeout: 3_000 }, (answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => (text += part));
    answer.on('end', () => resolve(text));
  });
  request.on('timeout', () => request.destroy(new Error('three seconds have passed')));
  request.on('error', reject);
  request.end(body);
  return promise;
}

/** Takes characters off the end until the rest fits. */
function trimBytes(text: string, most: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}
