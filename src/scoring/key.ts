import { invalidRequest, type Fault } from './faults.ts';
import type { Head } from './exchange.ts';

/** The key that a request brings: `?key=`, as every known client has it, or the header `X-Goog-Api-Key`. Undefined
 *  without one. Two that differ are refused: whoever looked at the request before us may have gone by the other. */
export function readKey({ query, headers }: Head): { outcome: 'read'; key: string | undefined } | Fault {
  const brought = [query['key'], headers['x-goog-api-key']].flat().filter((key) => key !== undefined && key !== '');
  const keys = new Set(brought.map(String));
  if (keys.size > 1) return invalidRequest('The request brings more than one API key.');
  return { outcome: 'read', key: [...keys][0] };
}
