import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../contract/http.ts';
import { chooseLanguage, explainRefusal, translate } from '../contract/messages.ts';
import { refusalStatuses, type Refusal, type RefusalReason } from '../contract/refusals.ts';
import { sendPublic } from './compress.ts';
import { pageHeaders } from './headers.ts';
import { renderRefusalPage, wantsPage } from './refusalPage.ts';

type Answered = Exclude<Answer, { outcome: 'refused' }>;

/** Sends what a room answered. */
export function sendAnswered(reply: FastifyReply, answer: Answered): FastifyReply {
  reply.code(answer.status);
  const { headers, body } = answer;
  if (headers) reply.headers(headers);
  if (body === undefined) return reply.send();
  if (typeof body === 'string' || body instanceof Uint8Array) {
    if (isPage(headers?.['content-type'])) addPageHeaders(reply, headers);
    return isPublic(headers) ? sendPublic(reply, body) : reply.send(body);
  }
  if (Symbol.asyncIterator in body) return reply.send(Readable.from(body));
  if (!headers?.['content-type']) reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(JSON.stringify(body));
}

// What is compressed already says so: styles and scripts are, more tightly than there is time for here.
function isPublic(headers: Answered['headers'] = {}): boolean {
  const { 'cache-control': cacheControl, 'content-encoding': encoding, vary } = headers;
  return encoding === undefined && vary === undefined && String(cacheControl).startsWith('public');
}

function isPage(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.startsWith('text/html');
}

const pageHeaderLines = Object.entries(pageHeaders);

function addPageHeaders(reply: FastifyReply, own: Answered['headers'] = {}): void {
  for (const [name, value] of pageHeaderLines) if (own[name] === undefined) reply.header(name, value);
}

/** Sends a refusal: `{"refusal": {reason, field?, detail}}`, or a page for a person; the sentence in the reader's
 *  language. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, siteLanguage = 'en'): FastifyReply {
  const { reason, field, retryAfterSeconds, beside } = refusal;
  const { request } = reply;
  const language = chooseLanguage(request.headers['accept-language'], siteLanguage);
  const detail = explainTo(request, refusal, language);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterSeconds)));
  reply.code(refusalStatuses[reason]).headers({ 'cache-control': 'no-store', 'content-language': language });
  if (wantsPage(request)) {
    reply.headers({ ...pageHeaders, 'content-type': 'text/html; charset=utf-8' });
    return reply.send(renderRefusalPage(language, detail));
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(
    JSON.stringify({ refusal: { reason, ...(field === undefined ? {} : { field }), detail }, ...beside }),
  );
}

// Who only reads has no text that could be lost.
const aboutTexts: ReadonlySet<RefusalReason> = new Set(['unavailable', 'overloaded']);

function explainTo({ method }: FastifyRequest, refusal: Refusal, language: string): string {
  const reads = method === 'GET' || method === 'HEAD';
  return reads && aboutTexts.has(refusal.reason)
    ? translate(language, 'page.unavailable')
    : explainRefusal(language, refusal);
}
