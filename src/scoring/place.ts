import { scoringPrefixes, scoringRoutes, type ScoringRoute, type ScoringRouteName } from '../contract/routes.ts';
import { addressUnknown, type Fault, methodUnknown } from './faults.ts';

/** What a request asks for, and the prefix that it asked under. */
export type Place = { outcome: 'found'; call: ScoringRouteName; prefix: string };

/** The place of an address. The colon may come as `%3A`, the dollar as `%24`, a slash twice or at the end: people put
 *  addresses together by hand. A HEAD is answered where a GET is. */
export function findPlace({ method, path }: { method: string; path: string }): Place | Fault {
  const plain = path
    .replace(/%3a/gi, ':')
    .replace(/%24/g, '$')
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');
  const asked = method === 'HEAD' ? 'GET' : method;
  let allow: string[] | undefined;
  for (const prefix of scoringPrefixes) {
    for (const [call, route] of Object.entries<ScoringRoute>(scoringRoutes)) {
      if (plain !== prefix + route.path) continue;
      if (route.method === asked) return { outcome: 'found', call: call as ScoringRouteName, prefix };
      allow = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    }
  }
  return allow ? methodUnknown(allow) : addressUnknown();
}

/** Whether an address, read or not, belongs to this contract, so that it is refused as the contract has it. */
export function isScoringAddress(url: string): boolean {
  return /^\/(?:perspective|v1alpha1|\$discovery|%24discovery)(?:[/?]|$)/.test(url);
}
