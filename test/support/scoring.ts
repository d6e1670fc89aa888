import assert from 'node:assert/strict';
import type { ScoringSettings } from '../../src/config/settings.ts';
import { startScoreOnly, type ScoreOnlyDeps } from '../../src/server/scoreOnly.ts';

/** The scoring endpoint alone, in this process, on a free loopback port. */
export type ScoreServer = { url: string; stop: () => Promise<void> };

export const scoreKey = 'a-key-of-the-tests-and-of-nobody';

/** Starts it; without a rate limit unless told. */
export async function startScores(
  given: Partial<ScoringSettings> &
    Partial<Pick<ScoreOnlyDeps, 'keys' | 'screenWith'>> & { publicUrl?: string; port?: number } = {},
): Promise<ScoreServer> {
  const { keys = [scoreKey], screenWith, publicUrl, port = 0, ...scoring } = given;
  const { publicUrl: printed, close } = await startScoreOnly({
    settings: {
      host: '127.0.0.1',
      port,
      publicUrl,
      trustedProxies: [],
      logLevel: 'silent',
      scoring: { perMinute: 0, unsupported: 'error', origins: [], ...scoring },
    },
    keys,
    version: 'test',
    ...(screenWith ? { screenWith } : {}),
  });
  const url = publicUrl === undefined ? printed : `http://127.0.0.1:${port}`;
  return { url, stop: async () => assert.deepEqual(await close(), []) };
}

/** Runs `act` against an endpoint of its own, which ends whatever becomes of that. */
export async function withScores(
  given: Parameters<typeof startScores>[0],
  act: (server: ScoreServer) => Promise<void>,
): Promise<void> {
  const server = await startScores(given);
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}

export type ScoreAnswer = { status: number; headers: Headers; text: string; body: AnalyzeBody };

/** An answer as a client reads it: everything may be missing. */
export type AnalyzeBody = {
  attributeScores?: Record<string, { summaryScore: Score; spanScores: { begin: number; end: number; score: Score }[] }>;
  languages?: string[];
  detectedLanguages?: string[];
  requestedLanguages?: string[];
  clientToken?: string;
  error?: {
    code: number;
    message: string;
    status: string;
    details?: Detail[];
    errors?: { message: string; domain: string; reason: string }[];
  };
};
export type Score = { value: number; type: string };
export type Detail = { '@type': string; errorType?: string; [field: string]: unknown };

export type Asking = {
  url: string;
  path?: string;
  key?: string | undefined;
  query?: string;
  headers?: Record<string, string>;
  method?: string;
};

/** Sends a body, an object as JSON, to `…/v1alpha1/comments:analyze` unless told otherwise. */
export async function ask(asking: Asking, body: object | string | Uint8Array): Promise<ScoreAnswer> {
  const {
    url,
    path = '/v1alpha1/comments:analyze',
    key = scoreKey,
    query = '',
    headers = {},
    method = 'POST',
  } = asking;
  const parameters = [key === '' ? '' : `key=${encodeURIComponent(key)}`, query].filter(Boolean).join('&');
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const answer = await fetch(`${url}${path}${parameters ? `?${parameters}` : ''}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'error',
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: sent as NonNullable<RequestInit['body']> }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: text === '' ? {} : (JSON.parse(text) as AnalyzeBody),
  };
}

/** The body of an analyze call. */
export function about(text: string, attributes: readonly string[] = ['TOXICITY'], more: object = {}): object {
  return {
    comment: { text },
    requestedAttributes: Object.fromEntries(attributes.map((name) => [name, {}])),
    languages: ['en'],
    ...more,
  };
}

/** The type of the error, as clients look for it. */
export function errorTypeOf({ body }: ScoreAnswer): string | undefined {
  return body.error?.details?.[0]?.errorType;
}

export const errorKind = 'type.googleapis.com/google.commentanalyzer.v1alpha1.Error';
