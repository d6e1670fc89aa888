import type { Answer, Call, Handler } from '../contract/http.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { RouteName } from '../contract/routes.ts';
import { recordHeldComments, type NewComment } from '../record/comments.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { isUnavailable } from '../record/failures.ts';
import type { Kept } from '../record/kept.ts';
import { createMac } from '../record/mac.ts';
import { receiptTokens } from '../record/receiptToken.ts';
import type { Store } from '../record/store.ts';
import { postAppeal } from './appeal.ts';
import { getMailStop, postMail, postMailStop } from './authorMail.ts';
import { batchLimits, createBatch, type Batch, type BatchLimits } from './batch.ts';
import { openDayKeys } from './dayKeys.ts';
import { makeFormToken } from './formToken.ts';
import { createGate } from './gate.ts';
import { createLimits } from './limits.ts';
import { postCheck } from './check.ts';
import { getFormToken, postComment } from './postComment.ts';
import { createProofs } from './proof.ts';
import { postPush } from './push.ts';
import { createReader, type Screen } from './readComment.ts';
import { answerReceipt } from './receipts.ts';
import { postReaction } from './react.ts';
import { postNameRelease } from './nameRelease.ts';
import { postReport } from './report.ts';
import { postAnyReceipt, postReportReceipt } from './reportReceipt.ts';
import { keepSiteHeads, type SiteHeads } from './siteHeads.ts';
import type { IntakePages, IntakeTools } from './tools.ts';
import { postSanctionAppeal } from './sanctionAppeal.ts';
import { createTurns } from './turns.ts';
import { whileAvailable } from './whileAvailable.ts';
import { postWithdrawal } from './withdrawal.ts';

export type IntakeDeps = IntakePages & {
  store: Store;
  kept: Kept;
  /** The address of this installation, without a slash at its end. */
  publicUrl: string;
  /** The installation's secret: what is signed and sealed under it stays valid as long as it is the same. */
  secret: string;
  /** Where the one file of day keys stands, and what `stet train` wrote for each site. */
  dataFolder: string;
  log: (line: string) => void;
  /** The sites' own heads; read from the data folder unless given. */
  headsOf?: SiteHeads;
  /** Absent where no site has accounts: then every token is unknown. */
  identifyReader?: IntakeTools['identifyReader'];
  /** Absent where nobody signs in here. */
  recallReader?: IntakeTools['recallReader'];
  /** Told of each comment that was stored and screened. */
  afterHeld?: IntakeTools['afterHeld'];
  pushServices?: readonly string[];
  /** For the hourly destruction of old keys; requests bring their own time. */
  clock?: () => Date;
  /** For tests. */
  batch?: BatchLimits;
  screen?: Screen;
};

type IntakeRoute = Extract<
  RouteName,
  | 'postComment'
  | 'postCheck'
  | 'getFormToken'
  | 'postReceipt'
  | 'postAppeal'
  | 'postWithdrawal'
  | 'postSanctionAppeal'
  | 'postReport'
  | 'postReaction'
  | 'postReportReceipt'
  | 'postMail'
  | 'postPush'
  | 'getMailStop'
  | 'postMailStop'
  | 'postNameRelease'
>;

/** The room's public face. */
export type Intake = {
  handlers: Record<IntakeRoute, Handler>;
  /** The token that a story's plain form carries. */
  formToken(site: string, story: string, now: Date): string;
  /** Comments that could not be screened since the start of this process. */
  countUnscreened(): number;
  /** Resolves when every submission taken so far has its answer. */
  close(): Promise<void>;
};

/** Connections of the writer's pool, and submissions that wait for them. */
const lookUps = { open: 2, waiting: 256 };

const purgeMilliseconds = 3_600_000;

/** Opens the room: keys derived, day keys older than yesterday's destroyed, counters at zero. */
export function createIntake(deps: IntakeDeps): Intake {
  const clock = deps.clock ?? (() => new Date());
  const tools = makeTools(deps, clock());
  const timer = setInterval(() => tools.dayKeys.purge(clock()), purgeMilliseconds);
  timer.unref();
  const showOutage = (call: Call, outage: Refused): Promise<Answer> => answerReceipt(tools, call, outage);
  return {
    handlers: {
      postComment: postComment(tools),
      postCheck: postCheck(tools),
      getFormToken: whileAvailable(getFormToken(tools), (_, outage) => outage),
      postReceipt: whileAvailable(postAnyReceipt(tools), showOutage),
      postAppeal: whileAvailable(postAppeal(tools), showOutage),
      postWithdrawal: whileAvailable(postWithdrawal(tools), showOutage),
      postSanctionAppeal: whileAvailable(postSanctionAppeal(tools), showOutage),
      postReport: postReport(tools),
      postReaction: postReaction(tools),
      postReportReceipt: whileAvailable(postReportReceipt(tools), showOutage),
      postPush: whileAvailable(postPush(tools), showOutage),
      postMail: whileAvailable(postMail(tools), showOutage),
      getMailStop: whileAvailable(getMailStop(tools), showOutage),
      postMailStop: whileAvailable(postMailStop(tools), showOutage),
      postNameRelease: whileAvailable(postNameRelease(tools), (_, outage) => outage),
    },
    formToken: (site, story, now) => makeFormToken(tools.keys.form, { site, story }, now),
    countUnscreened: tools.reader.countUnscreened,
    close: async () => {
      clearInterval(timer);
      await tools.batch.close();
      tools.dayKeys.close();
    },
  };
}

function makeTools(deps: IntakeDeps, now: Date): IntakeTools {
  const { store, kept, publicUrl, secret, dataFolder, log } = deps;
  const headsOf = deps.headsOf ?? keepSiteHeads({ dataFolder, log, clock: deps.clock ?? (() => new Date()) });
  return {
    store,
    kept,
    publicUrl,
    secret,
    keys: {
      form: deriveKey(secret, 'form token'),
      submission: createMac(deriveKey(secret, 'submission')),
      name: createMac(deriveKey(secret, 'protected name')),
      reaction: createMac(deriveKey(secret, 'reaction')),
    },
    receipts: receiptTokens(secret, 'comment'),
    reportReceipts: receiptTokens(secret, 'report'),
    mailCodes: receiptTokens(secret, 'mail'),
    stopCodes: receiptTokens(secret, 'mail stop'),
    dayKeys: openDayKeys(dataFolder, now),
    limits: createLimits(),
    proofs: createProofs(secret),
    batch: batchComments(store, deps.batch),
    turns: createTurns(),
    lookUps: createGate(lookUps),
    reader: createReader({ headsOf, log, screenWith: deps.screen }),
    identifyReader: deps.identifyReader ?? (async () => refused('account_unknown', { field: 'account' })),
    recallReader: deps.recallReader ?? (async () => undefined),
    afterHeld: deps.afterHeld ?? (() => {}),
    pushServices: deps.pushServices ?? [],
    pages: deps,
  };
}

function batchComments(store: Store, limits: BatchLimits = batchLimits): Batch<NewComment> {
  const write = async (rows: readonly NewComment[]): Promise<ReadonlySet<NewComment>> => {
    // Copies of one submission carry one id; the first of them is stored, and the others are told that it is there.
    const firsts = new Map<string, NewComment>();
    for (const row of rows) if (!firsts.has(row.id)) firsts.set(row.id, row);
    const stored = await recordHeldComments(store, [...firsts.values()]);
    return new Set([...firsts.values()].filter(({ id }) => stored.has(id)));
  };
  return createBatch(write, (error) => !isUnavailable(error), limits);
}
