import { createHash } from 'node:crypto';
import type { Answer } from '../contract/http.ts';

type Answered = Exclude<Answer, { outcome: 'refused' }>;

/** A page made once and sent many times: its answers are ready, so that sending it allocates nothing. */
export type Page<Value = unknown> = {
  outcome: 'made';
  /** What the page was made of, for rooms that set it into a page of their own. */
  value: Value;
  etag: string;
  answer: Answered;
  /** For a reader whose copy is the same. */
  unchanged: Answered;
  /** The memory it takes, roughly. */
  bytes: number;
  /** Milliseconds of the clock from which on it must be made anew. */
  until: number;
  /** The cursor of the following page. */
  next: string | null;
};

type Making<Value> = {
  body: string;
  contentType: string;
  value: Value;
  /** How many times over the memory holds the text: 1 for the bytes alone. */
  copies?: number;
  until?: number;
  next?: string | null;
};

// Every copy is asked after before it is used: a removal is gone from the reader's own cache as well.
const cacheControl = 'public, max-age=0, must-revalidate';

/** Makes a page: its bytes, a strong ETag of them, and both answers. */
export function makePage<Value>({
  body,
  contentType,
  value,
  copies = 1,
  until = Infinity,
  next = null,
}: Making<Value>): Page<Value> {
  const bytes = Buffer.from(body);
  const etag = makeEtag(bytes);
  const headers = Object.freeze({ 'cache-control': cacheControl, etag });
  return {
    outcome: 'made',
    value,
    etag,
    answer: { outcome: 'answered', status: 200, headers: { 'content-type': contentType, ...headers }, body: bytes },
    unchanged: { outcome: 'answered', status: 304, headers },
    bytes: bytes.length * copies + 1_000,
    until,
    next,
  };
}

/** The answer for a reader who may have a copy: 304 where If-None-Match names this page. */
export function answerPage(page: Page, ifNoneMatch: IfNoneMatch): Answered {
  return namesEtag(ifNoneMatch, page.etag) ? page.unchanged : page.answer;
}

type IfNoneMatch = string | readonly string[] | undefined;

/** A strong ETag: half of the content's SHA-256. */
export function makeEtag(content: string | Uint8Array): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}

/** Whether an If-None-Match names the ETag (RFC 9110 §13.1.2, by the weak comparison, since a proxy that compresses makes
 *  our ETag weak). */
export function namesEtag(ifNoneMatch: IfNoneMatch, etag: string): boolean {
  if (typeof ifNoneMatch !== 'string') return false;
  if (ifNoneMatch === etag || ifNoneMatch === '*') return true;
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
