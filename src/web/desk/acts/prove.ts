import type { Desk } from '../state.ts';

let answer: ((isProven: boolean) => void) | undefined;

/** Asks the person to sign in again for an act that cannot be taken back. Resolves to whether they did; `isAgain` says that
 *  the server has not seen it yet. */
export function askForProof(desk: Desk, isAgain: boolean): Promise<boolean> {
  answer?.(false);
  desk.change({ proving: isAgain ? 'notYet' : 'asked' });
  return new Promise((resolve) => (answer = resolve));
}

/** Ends the asking: the act is repeated, or left alone. */
export function answerProof(desk: Desk, isProven: boolean): void {
  desk.change({ proving: 'no' });
  answer?.(isProven);
  answer = undefined;
}
