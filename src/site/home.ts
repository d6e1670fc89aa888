import type { Answer, Call } from '../contract/http.ts';
import type { PageDeps } from './deps.ts';
import { answerNotFound } from './messagePages.ts';

/** `GET /`: leads to the only site, for whoever types the bare address. An installation of several publishers tells
 *  nobody which they are. */
export async function getHome(deps: PageDeps, call: Call): Promise<Answer> {
  const [only, ...more] = await deps.kept.listSites();
  if (!only || more.length > 0) return answerNotFound(deps, call);
  return { outcome: 'answered', status: 302, headers: { location: `/s/${only.site}`, 'cache-control': 'no-store' } };
}
