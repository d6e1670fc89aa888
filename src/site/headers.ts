import { createHash } from 'node:crypto';
import { readHeader, type Answer, type Call } from '../contract/http.ts';
import { pagePolicy } from '../contract/pagePolicy.ts';
import type { Site } from '../contract/site.ts';

/** Pages that hold a secret, or power: framed by nobody, kept by nothing, their address told to nobody. */
const privateHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `${pagePolicy}; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
};

/** A page for one reader: a receipt, a refused form, the desk. */
export function answerPrivately(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return { outcome: 'answered', status, headers: { ...privateHeaders, ...headers }, body };
}

/** A page that is the same for every reader. It names its content in an ETag, so that a reader who has it already gets
 *  304. No copy of it is used without asking: a removed comment is gone from every cache at once. */
export function answerPublicly(
  call: Call,
  page: { body: string; language: string; site: Site; status?: number },
): Answer {
  const { body, site, status = 200 } = page;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-language': page.language,
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-security-policy': `${pagePolicy}; frame-ancestors ${framers(site)}`,
    'referrer-policy': 'strict-origin-when-cross-origin',
    etag,
  };
  if (status === 200 && isKnown(readHeader(call, 'if-none-match'), etag)) {
    return { outcome: 'answered', status: 304, headers };
  }
  return { outcome: 'answered', status, headers, body };
}

// The publisher's own pages may show the story in a frame; nobody else's may, or a reader could be made to click there.
function framers({ origins }: Site): string {
  return ["'self'", ...origins.filter((origin) => /^https?:\/\/[^\s;,'"]+$/.test(origin))].join(' ');
}

function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((known) => known.trim().replace(/^W\//, '') === etag || known.trim() === '*');
}
