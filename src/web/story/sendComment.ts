import { idempotencyHeader, type HeldAnswer } from '../../contract/form.ts';

/** What is sent: the same key and the same fields however often, so that it is one comment. */
export type Submission = {
  key: string;
  fields: Record<string, string>;
  /** In which refusals are to be explained; the page's own unless it says so. */
  language?: string;
};

export type Sent =
  | { outcome: 'held'; held: HeldAnswer }
  | { outcome: 'refused'; reason: string; field: string; detail: string };

const leastWaitMilliseconds = 4_000;
const mostWaitMilliseconds = 60_000;

/** Sends until the server has answered: a network that drops, and a server that is busy or away, only delay it. */
export async function sendComment(address: string, submission: Submission, tellWaiting: () => void): Promise<Sent> {
  for (let wait = leastWaitMilliseconds; ; wait = Math.min(wait * 2, mostWaitMilliseconds)) {
    const answer = await trySending(address, submission);
    if (answer.outcome !== 'unanswered') return answer;
    tellWaiting();
    await untilWorthTrying(Math.max(wait, answer.afterMilliseconds));
  }
}

type Unanswered = { outcome: 'unanswered'; afterMilliseconds: number };

async function trySending(
  address: string,
  { key, fields, language = document.documentElement.lang }: Submission,
): Promise<Sent | Unanswered> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        [idempotencyHeader]: key,
      },
      body: JSON.stringify(fields),
    });
    const body: unknown = await answer.json();
    if (answer.status === 202) return { outcome: 'held', held: body as HeldAnswer };
    const seconds = Number(answer.headers.get('retry-after'));
    return readRefusal(answer.status, body) ?? { outcome: 'unanswered', afterMilliseconds: seconds * 1000 || 0 };
  } catch {
    // No network, or something between us and the server that answers with a page of its own.
    return { outcome: 'unanswered', afterMilliseconds: 0 };
  }
}

function readRefusal(status: number, body: unknown): Sent | undefined {
  if (status >= 500 || typeof body !== 'object' || body === null || !('refusal' in body)) return undefined;
  const { reason = '', field = '', detail = '' } = body.refusal as Partial<Record<string, string>>;
  return { outcome: 'refused', reason, field, detail };
}

/** Resolves when the browser says that it is online again, or when the time has come to try anyway. */
function untilWorthTrying(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener('online', go);
  });
}
