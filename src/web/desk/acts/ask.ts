import type { RouteName } from '../../../contract/routes.ts';
import { callApi, type ApiAnswer, type ApiCall } from '../../api.ts';
import type { Desk } from '../state.ts';
import { askForProof } from './prove.ts';

/** Calls the API for the desk and notices on the way whether the session still stands and the network still carries. */
export async function ask<Body>(desk: Desk, name: RouteName, call: ApiCall = {}): Promise<ApiAnswer<Body>> {
  let answer = await callApi<Body>(name, call);
  // What cannot be taken back is done once the person has signed in again, or not at all.
  for (let isAgain = false; needsProof(answer) && (await askForProof(desk, isAgain)); isAgain = true)
    answer = await callApi<Body>(name, call);
  const offline = answer.outcome === 'unreachable';
  if (offline !== desk.read().offline) desk.change({ offline });
  if (isSignedOut(answer) && !desk.read().sessionEnded) desk.change({ sessionEnded: true, keysShown: false });
  return answer;
}

function needsProof(answer: ApiAnswer<unknown>): boolean {
  return answer.outcome === 'refused' && answer.reason === 'step_up_required';
}

/** Whether the answer says that nobody is signed in any more. */
export function isSignedOut(answer: ApiAnswer<unknown>): boolean {
  return answer.outcome === 'refused' && answer.status === 401;
}
