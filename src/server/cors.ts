import type { Kept } from '../record/kept.ts';
import { isSiteKey } from '../contract/ids.ts';

/** CORS headers for an origin that belongs to the site of the request (to any site, where the address names none), or
 *  undefined. Origins are compared whole: `https://attacker-news.example` is not `https://news.example`. */
export async function allowOrigin(
  kept: Kept,
  request: { origin: string; site: unknown },
): Promise<Record<string, string> | undefined> {
  const sites = isSiteKey(request.site) ? [await kept.findSite(request.site)] : await kept.listSites();
  const isOwn = sites.some((site) => site?.origins.includes(request.origin));
  return isOwn ? { 'access-control-allow-origin': request.origin, ...exposed } : undefined;
}

// When to come back, which a script of another origin would otherwise not be shown.
const exposed = { 'access-control-expose-headers': 'retry-after' };

/** What a preflight of an allowed origin is told. No credentials: the public API knows none. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, idempotency-key',
  'access-control-max-age': '600',
};
