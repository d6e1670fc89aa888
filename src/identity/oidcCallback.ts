import type { Answer, Call } from '../contract/http.ts';

/** The callback's address as the provider was told it, with what came back. */
export function readCallback(address: string, { query }: Call): URL {
  const url = new URL(address);
  for (const [name, values = []] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  return url;
}

/** 303. The address of a callback holds a code: it is told to nobody. */
export function leadTo(location: string, cookies: string[]): Answer {
  const headers = { location, 'set-cookie': cookies, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return { outcome: 'answered', status: 303, headers };
}

/** Codes and messages of the library, which repeat no token. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
  return `${code}${error.message.slice(0, 200)}`.replace(/\p{Cc}/gu, ' ');
}
