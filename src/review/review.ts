import type { Handler } from '../contract/http.ts';
import type { RouteName } from '../contract/routes.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { decideAppeal, showAppeals } from './appeals.ts';
import { claimComment, releaseComment } from './claim.ts';
import { decideComment, decideComments, removeComment } from './decide.ts';
import { eraseComment } from './erase.ts';
import { showGuidelines } from './showGuidelines.ts';
import { showComment, showQueue } from './showQueue.ts';

/** The handlers of the desk: queue, claims, decisions, appeals, erasure. Each asks for itself whether the principal may. */
export function reviewHandlers({ store, kept }: { store: Store; kept: Kept }): Partial<Record<RouteName, Handler>> {
  return {
    getQueue: (call) => showQueue(store, call),
    getComment: (call) => showComment(store, call),
    postClaim: (call) => claimComment(store, call),
    deleteClaim: (call) => releaseComment(store, call),
    postDecision: (call) => decideComment(store, call),
    postDecisions: (call) => decideComments(store, call),
    postRemoval: (call) => removeComment(store, call),
    postErasure: (call) => eraseComment(store, call),
    getAppeals: (call) => showAppeals(store, call),
    postAppealDecision: (call) => decideAppeal(store, call),
    getDeskGuidelines: (call) => showGuidelines(kept, call),
  };
}
