import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';

/** The value of the field `proof` for a fresh challenge, or '' where there is no solution: the server then says what is
 *  missing. */
export async function solveProof(address: string): Promise<string> {
  try {
    const answer = await fetch(address, { cache: 'no-store' });
    const { challenge } = (await answer.json()) as { challenge?: Challenge };
    if (!challenge) return '';
    const solution = await solveChallenge({ challenge, deriveKey });
    return solution ? btoa(JSON.stringify({ challenge, solution })) : '';
  } catch {
    return '';
  }
}
