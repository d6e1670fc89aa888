import { parseCommentDraft, type CommentDraft } from '../contract/comment.ts';
import { commentFields, idempotencyHeader, type HeldAnswer } from '../contract/form.ts';
import type { Call } from '../contract/http.ts';
import { isObject, type JsonObject } from '../contract/json.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findParent, findSubmission } from '../record/comments.ts';
import { markSubject, type StandingSanction } from '../record/sanctions.ts';
import { addStoryFromUrl } from '../record/storyFromUrl.ts';
import { checkEligibility } from './eligibility.ts';
import type { Target } from './findTarget.ts';
import { isFormTokenValid } from './formToken.ts';
import { digestText, makeComment } from './makeComment.ts';
import { nameClient } from './nameClient.ts';
import { findSanctions, refuseSuspended, takeTurn } from './knownReader.ts';
import { markSpeaker } from '../record/speakers.ts';
import { findSpeaker, type Speaker } from './speaker.ts';
import { formSubmission, isIdempotencyKey, isSameForm, keyedSubmission, type SubmissionKey } from './submissionKey.ts';
import type { IntakeTools } from './tools.ts';

export type Submitted = { outcome: 'held'; held: HeldAnswer } | Refused;

// Parsed, with what the acts below ask of it again and again.
type Submission = { call: Call; target: Target; body: JsonObject; draft: CommentDraft; key: SubmissionKey | undefined };

/** How long a client is asked to wait when too many wait already. */
const overloadedSeconds = 2;

/** Takes a comment: parses it, asks whether it may be written, screens it, and stores it. 'held' is said only after the
 *  commit reached the disk. The same submission again gets the first one's answer, whatever has changed meanwhile; a
 *  refusal uses nothing up. */
export async function submitComment(tools: IntakeTools, target: Target, call: Call): Promise<Submitted> {
  const header = call.headers[idempotencyHeader];
  if (header !== undefined && (typeof header !== 'string' || !isIdempotencyKey(header)))
    return refused('key_malformed');
  const draft = parseCommentDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const body = isObject(call.body) ? call.body : {};
  if (body[commentFields.trap] !== undefined && body[commentFields.trap] !== '') return refused('trap_filled');
  const submission: Submission = {
    call,
    target,
    body,
    draft: draft.value,
    key: keyOf(tools, target, { call, draft: draft.value, header }),
  };
  if (!call.isForm || !submission.key) return admit(tools, submission);
  // A form's copies have no key that the database could tell apart at the border of two spans.
  return tools.turns(submission.key.fingerprint, async () => {
    return (await findEarlier(tools, submission)) ?? admit(tools, submission);
  });
}

function keyOf(
  tools: IntakeTools,
  { story }: Target,
  sent: { call: Call; draft: CommentDraft; header: string | undefined },
): SubmissionKey | undefined {
  const { call, draft, header } = sent;
  if (header !== undefined) return keyedSubmission(tools.keys.submission, story, { key: header, draft });
  return call.isForm ? formSubmission(tools.keys.submission, story, { draft, now: call.now }) : undefined;
}

/** Every reason against the submission, then its story where that is new, then the commit. Before a refusal stands the
 *  question whether it was accepted earlier: the story may have closed, the limit been reached and the proof been used since. */
async function admit(tools: IntakeTools, submission: Submission): Promise<Submitted> {
  const { call, target, body, draft } = submission;
  const place = { site: target.site.site, story: target.story.story };
  const refuse = async (refusal: Refused): Promise<Submitted> => (await findEarlier(tools, submission)) ?? refusal;

  const against = checkEligibility(target, call.now);
  if (against) return refuse(against);
  if (call.isForm && !isFormTokenValid(tools.keys.form, body[commentFields.token], { place, now: call.now })) {
    return refuse(refused('form_expired'));
  }
  const speaker = await speakerOf(tools, submission);
  if (speaker.outcome === 'refused') return refuse(speaker);
  const known = { name: speaker.name, account: speaker.mark?.account };
  const sanctions = await findSanctions(tools, { site: place.site, about: 'comments', ...known, call });
  const told = { site: target.site, call, language: target.story.language };
  const suspended = refuseSuspended(sanctions, told);
  if (suspended) return refuse(suspended);
  const parent =
    draft.parentId === undefined ? undefined : await findParent(tools.store, { ...place, id: draft.parentId });
  if (draft.parentId !== undefined && !parent)
    return refuse(refused('parent_unknown', { field: commentFields.parentId }));
  const client = nameClient(tools, call);
  const counted = await tools.limits.countSubmission({
    site: target.site,
    story: target.story,
    network: client.bucket,
    hasAddress: draft.email !== undefined,
    now: call.now,
  });
  if (counted.outcome === 'refused') return refuse(counted);
  const proof = await takeProof(tools, submission);
  if (proof.outcome === 'refused') return refuse(proof);
  const turn = await takeTurn(tools, sanctions, told);
  const spoken = turn.outcome === 'refused' ? turn : await speaker.take();
  const giveBack = (): void => {
    counted.giveBack();
    proof.giveBack();
    if (turn.outcome === 'taken') turn.giveBack();
    if (spoken.outcome === 'taken') spoken.giveBack();
  };
  if (spoken.outcome === 'refused') {
    giveBack();
    return refuse(spoken);
  }
  const admitted = { sanctions, parent, speaker, network: client.network, giveBack, countedBefore: counted.giveBack };
  return store(tools, submission, admitted).catch((error: unknown) => {
    giveBack();
    throw error;
  });
}

function speakerOf(tools: IntakeTools, { call, target, body, draft }: Submission): Promise<Speaker | Refused> {
  const header = call.headers[idempotencyHeader];
  const submission = typeof header === 'string' ? header : undefined;
  return findSpeaker(tools, { target, ...draft, body, call, submission });
}

type Admitted = {
  speaker: Speaker;
  sanctions: readonly StandingSanction[];
  parent: { text: string } | undefined;
  network: string | null;
  /** Gives back everything that was counted and taken. */
  giveBack(): void;
  /** For a comment that was there before: its proof was taken and its turn used. */
  countedBefore(): void;
};

/** The commit of a comment that nothing stands against, and of its story where that is new. */
async function store(tools: IntakeTools, submission: Submission, admitted: Admitted): Promise<Submitted> {
  const { call, target, key } = submission;
  const { sanctions, parent, speaker, giveBack } = admitted;
  const draft = { ...submission.draft, name: speaker.name };
  const unstored = await storeStory(tools, submission);
  if (unstored) {
    giveBack();
    return unstored;
  }
  const reading = tools.reader.read(target, draft, parent?.text);
  const digest = digestText(draft.text);
  // A network is named for the limits' sake. Where a site has none, its privacy notice says that nothing is written down.
  const network = target.site.settings['intake.limits'] === 'on' ? admitted.network : null;
  const comment = makeComment(tools, { target, draft, digest, reading, now: call.now, key, network });
  await markSubject(tools.store, { site: comment.site, subject: comment.id, sanctions, at: call.now });
  if (speaker.mark) await markSpeaker(tools.store, { site: comment.site, comment: comment.id, ...speaker.mark });
  const stored = await tools.batch.add(comment);
  if (stored === true) {
    const isWatched = sanctions.some(({ measure }) => measure === 'watch');
    tools.afterHeld({ target, comment, screening: reading.screening, isWatched });
    return held(tools, { site: comment.site, id: comment.id, sha256: digest });
  }
  if (stored === false) admitted.countedBefore();
  else giveBack();
  if (stored === 'overloaded') return refused('overloaded', { retryAfterSeconds: overloadedSeconds });
  return (await findEarlier(tools, submission)) ?? refused('unavailable', { retryAfterSeconds: overloadedSeconds });
}

/** Stores the story of a comment that nothing stands against any more; why it cannot be, or undefined. */
async function storeStory({ store }: IntakeTools, { target }: Submission): Promise<Refused | undefined> {
  if (!target.isNew) return undefined;
  const { story, url } = await addStoryFromUrl(store, target.story);
  // Another request gave the address to another key, or the key to another address, in the same moment. The key of the
  // submission is bound to the story, so it begins anew and finds what stands there now.
  const isSame = story === target.story.story && url === target.story.url;
  return isSame ? undefined : refused('unavailable', { retryAfterSeconds: overloadedSeconds });
}

async function takeProof(
  { proofs }: IntakeTools,
  { target, body, call, key }: Submission,
): Promise<{ outcome: 'taken'; giveBack(): void } | Refused> {
  if (target.site.settings['intake.proof'] === 'off') return { outcome: 'taken', giveBack: () => {} };
  const place = { site: target.site.site, story: target.story.story };
  return proofs.take(body[commentFields.proof], { place, now: call.now, submission: key?.id });
}

/** The answer that this submission got before, or undefined; refused where its key came with another body. */
async function findEarlier(tools: IntakeTools, submission: Submission): Promise<Submitted | undefined> {
  const { key } = submission;
  if (!key) return undefined;
  const found = await tools.lookUps(() => lookUp(tools, submission, key));
  return found === 'overloaded' ? refused('overloaded', { retryAfterSeconds: overloadedSeconds }) : found;
}

async function lookUp(
  tools: IntakeTools,
  { call, target, draft }: Submission,
  key: SubmissionKey,
): Promise<Submitted | undefined> {
  const { site } = target.site;
  const found = await findSubmission(tools.store, site, key.id);
  if (found) {
    // A fingerprint that retention took away leaves the text to compare.
    const isSame =
      found.fingerprint === null ? found.sha256 === digestText(draft.text) : found.fingerprint === key.fingerprint;
    if (!found.sha256 || !isSame) return refused('submission_differs');
    return held(tools, { site, id: found.id, sha256: found.sha256 });
  }
  for (const id of key.nearbyIds ?? []) {
    const same = await findSubmission(tools.store, site, id);
    if (same?.sha256 && isSameForm(same.submittedAt, call.now)) return held(tools, { site, id, sha256: same.sha256 });
  }
  return undefined;
}

function held(tools: IntakeTools, { site, id, sha256 }: { site: string; id: string; sha256: string }): Submitted {
  const receipt = tools.receipts.make({ site, id });
  return { outcome: 'held', held: { id, state: 'held', sha256, receipt } };
}
