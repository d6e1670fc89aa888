import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey as deriveProofKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Payload } from 'altcha-lib/types';
import { addMinutes } from '../contract/time.ts';
import type { ProofChallenge } from '../contract/form.ts';
import { isObject } from '../contract/json.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { deriveKey } from '../record/deriveKey.ts';
import type { FormPlace } from './formToken.ts';

/** A proof that was taken; `giveBack` when nothing came of the submission, so that the same one may be sent again. */
export type TakenProof = { outcome: 'taken'; giveBack(): void };

export type Proofs = {
  /** A challenge for this story, good for two hours. */
  challenge(place: FormPlace, now: Date): Promise<ProofChallenge>;
  /** Takes the solution in the field `proof`. Each is taken once; copies of one submission (`submission` is its digest)
   *  share theirs. Refused as `proof_missing` when it is absent, wrong, late, or of another story. */
  take(
    proof: unknown,
    at: { place: FormPlace; now: Date; submission?: string | undefined },
  ): Promise<TakenProof | Refused>;
};

/** Time to write a long comment, on a page that was open for a while. */
const challengeMinutes = 120;

// 256 tries of 2,000 iterations on average: a quarter of a second on a laptop, a second or two on an old phone, which it
// spends while the reader writes; one try for the server.
const algorithm = 'PBKDF2/SHA-256';
const cost = 2000;
const keyPrefix = '00';
const mostProof = 4096;

/** Challenges signed under the installation's secret. Which solutions were taken is known to this process alone: with
 *  several processes a solution may be taken once by each. */
export function createProofs(secret: string): Proofs {
  const hmacSignatureSecret = deriveKey(secret, 'proof of work').export().toString('base64url');
  const taken = new Map<string, { until: number; submission: string | undefined }>();
  return {
    challenge: async ({ site, story }, now) => {
      const { parameters, signature = '' } = await createChallenge({
        algorithm,
        cost,
        keyPrefix,
        deriveKey: deriveProofKey,
        data: { site, story },
        expiresAt: addMinutes(now, challengeMinutes),
        hmacSignatureSecret,
      });
      return { parameters: { ...parameters }, signature };
    },
    take: async (proof, { place, now, submission }) => {
      const payload = readPayload(proof);
      if (!payload || !isFor(payload, place, now)) return refused('proof_missing', { field: 'proof' });
      const signature = payload.challenge.signature ?? '';
      const verified = await verifySolution({ ...payload, deriveKey: deriveProofKey, hmacSignatureSecret }).catch(
        () => undefined,
      );
      if (!verified?.verified) return refused('proof_missing', { field: 'proof' });
      const before = taken.get(signature);
      if (before && (before.submission === undefined || before.submission !== submission)) {
        return refused('proof_missing', { field: 'proof' });
      }
      forgetPast(taken, now);
      taken.set(signature, { until: addMinutes(now, challengeMinutes + 1).getTime(), submission });
      return { outcome: 'taken', giveBack: () => void (before ?? taken.delete(signature)) };
    },
  };
}

function readPayload(proof: unknown): Payload | undefined {
  if (typeof proof !== 'string' || proof.length > mostProof) return undefined;
  try {
    const payload: unknown = JSON.parse(Buffer.from(proof, 'base64').toString());
    return isPayload(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

// As much as decides here; the library checks the rest against its signature.
function isPayload(value: unknown): value is Payload {
  if (!isObject(value) || !isObject(value['challenge']) || !isObject(value['solution'])) return false;
  const { parameters, signature } = value['challenge'];
  return isObject(parameters) && typeof signature === 'string';
}

function isFor({ challenge }: Payload, place: FormPlace, now: Date): boolean {
  const { data, expiresAt, cost: askedCost } = challenge.parameters;
  if (typeof expiresAt !== 'number' || expiresAt * 1000 < now.getTime() || askedCost !== cost) return false;
  return data?.['site'] === place.site && data['story'] === place.story;
}

// The oldest come first: what has run out stands at the front.
function forgetPast(taken: Map<string, { until: number }>, now: Date): void {
  for (const [signature, { until }] of taken) {
    if (until > now.getTime()) return;
    taken.delete(signature);
  }
}
