import { answerHtml, type Answer, type Call } from '../contract/http.ts';
import { pagePolicy } from '../contract/pagePolicy.ts';
import type { Site } from '../contract/site.ts';
import { makeEtag, namesEtag } from '../publication/page.ts';

/** A page for one reader (a receipt, a refused form, the desk): as `answerHtml`, and its address is told to nobody, since it
 *  may hold a secret, or power. */
export function answerPrivately(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return answerHtml(status, body, { 'referrer-policy': 'no-referrer', ...headers });
}

/** A page that is the same for every reader. It names its content in an ETag, so that a reader who has it already gets
 *  304. No copy of it is used without asking: a removed comment is gone from every cache at once. */
export function answerPublicly(call: Call, page: PublicPage): Answer {
  const { body, site, etag = makeEtag(body) } = page;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-language': page.language,
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-security-policy': `${pagePolicy}; frame-ancestors ${framers(site)}`,
    'referrer-policy': 'strict-origin-when-cross-origin',
    etag,
  };
  if (namesEtag(call.headers['if-none-match'], etag)) return { outcome: 'answered', status: 304, headers };
  return { outcome: 'answered', status: 200, headers, body };
}

export type PublicPage = {
  body: string | Uint8Array;
  language: string;
  site: Site;
  /** Where it is known already: to make it reads the whole page. */
  etag?: string;
};

// The publisher's own pages may show the story in a frame; nobody else's may, or a reader could be made to click there.
function framers({ origins }: Site): string {
  return ["'self'", ...origins.filter((origin) => /^https?:\/\/[^\s;,'"]+$/.test(origin))].join(' ');
}
