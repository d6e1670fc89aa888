import type { Handler } from '../contract/http.ts';
import type { RouteName } from '../contract/routes.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { decideAppeal, showAppeals } from './appeals.ts';
import { withContext } from './caseContext.ts';
import { claimComment, releaseComment } from './claim.ts';
import { showCounts } from './countQueue.ts';
import { decideComment, decideComments, removeComment } from './decide.ts';
import { eraseComment } from './erase.ts';
import { featureComment } from './feature.ts';
import { freeName } from './freeName.ts';
import { handOver, showColleagues, showHandOvers } from './handOver.ts';
import { postNote, showNotes } from './notes.ts';
import { setPreferences, showPreferences } from './preferences.ts';
import { recheckComment, showAgreement, showRecheck } from './recheck.ts';
import { replyAsNewsroom } from './reply.ts';
import { decideReports, showReports } from './reports.ts';
import { reverseDecision } from './reverse.ts';
import { decideSanctionAppeal, liftSanction, sanctionReader } from './sanctions.ts';
import { showAlike } from './showAlike.ts';
import { showGuidelines } from './showGuidelines.ts';
import { showComment, showQueue } from './showQueue.ts';
import { showReader, showSanctions } from './showSanctions.ts';
import { createStatistics } from './statistics/show.ts';
import { showPendingOnes, undoDecision, undoDecisions } from './undo.ts';
import { forgetView, saveView, showViews } from './views.ts';

/** The handlers of the desk: queue, claims, decisions and their undoing, hand-overs, notes, replies, reports, appeals,
 *  sanctions, erasure, preferences. Each asks for itself whether the principal may. */
export function reviewHandlers({ store, kept }: { store: Store; kept: Kept }): Partial<Record<RouteName, Handler>> {
  return {
    getQueue: (call) => showQueue(store, call),
    getQueueCounts: (call) => showCounts(store, call),
    getViews: (call) => showViews(store, call),
    postView: (call) => saveView(store, call),
    deleteView: (call) => forgetView(store, call),
    getAlike: (call) => showAlike(store, call),
    getComment: (call) => withContext({ store, kept }, call, showComment(store, call)),
    postClaim: (call) => withContext({ store, kept }, call, claimComment(store, call)),
    deleteClaim: (call) => releaseComment(store, call),
    postDecision: (call) => decideComment(store, call),
    postDecisions: (call) => decideComments(store, call),
    deletePending: (call) => undoDecision(store, call),
    getPending: (call) => showPendingOnes(store, call),
    postUndo: (call) => undoDecisions(store, call),
    postReversal: (call) => reverseDecision(store, call),
    postHandOver: (call) => handOver(store, call),
    getHandOvers: (call) => showHandOvers(store, call),
    getColleagues: (call) => showColleagues(store, call),
    getNotes: (call) => showNotes(store, call),
    postNote: (call) => postNote(store, call),
    postNewsroomReply: (call) => replyAsNewsroom({ store, kept }, call),
    putFeatured: (call) => featureComment({ store, kept }, call, true),
    deleteFeatured: (call) => featureComment({ store, kept }, call, false),
    postRemoval: (call) => removeComment(store, call),
    getReports: (call) => showReports(store, call),
    postReportDecision: (call) => decideReports(store, call),
    deleteProtectedName: (call) => freeName(store, call),
    postErasure: (call) => eraseComment(store, call),
    getAppeals: (call) => showAppeals(store, call),
    postAppealDecision: (call) => decideAppeal(store, call),
    getReader: (call) => showReader(store, call),
    postSanction: (call) => sanctionReader(store, call),
    getSanctions: (call) => showSanctions(store, call),
    postSanctionLifting: (call) => liftSanction(store, call),
    postSanctionAppealDecision: (call) => decideSanctionAppeal(store, call),
    getDeskGuidelines: (call) => showGuidelines(kept, call),
    getRecheck: (call) => showRecheck({ store, kept }, call),
    postRecheck: (call) => recheckComment({ store, kept }, call),
    getAgreement: (call) => showAgreement({ store, kept }, call),
    ...createStatistics({ store, kept }),
    getPreferences: (call) => showPreferences(store, call),
    putPreferences: (call) => setPreferences(store, call),
  };
}
