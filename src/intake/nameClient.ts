import type { Call } from '../contract/http.ts';
import { networkPrefix } from '../record/networkPrefix.ts';
import type { IntakeTools } from './tools.ts';

/** Who asks, as far as anybody here may know: `network` goes beside the comment, `bucket` into the counters. Clients
 *  whose address is none (a socket without one) share a bucket and leave no name. */
export function nameClient(
  { dayKeys }: Pick<IntakeTools, 'dayKeys'>,
  call: Call,
): { network: string | null; bucket: string } {
  const prefix = networkPrefix(call.address);
  if (prefix === undefined) return { network: null, bucket: 'none' };
  const network = dayKeys.nameNetwork(prefix, call.now);
  return { network, bucket: network };
}
