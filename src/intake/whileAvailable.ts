import type { Answer, Call, Handler } from '../contract/http.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { isUnavailable } from '../record/failures.ts';

/** How long a client is asked to wait while the database is away. */
const retryAfterSeconds = 10;

/** The handler, with an outage of the database turned into a refusal that a client tries again after; `show` makes a page
 *  of it for plain forms. What is no outage stays thrown. */
export function whileAvailable(
  handle: Handler,
  show: (call: Call, outage: Refused) => Answer | Promise<Answer>,
): Handler {
  return async (call) => {
    try {
      return await handle(call);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const outage = refused('unavailable', { retryAfterSeconds });
      return call.isForm ? show(call, outage) : outage;
    }
  };
}
