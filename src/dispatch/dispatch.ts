import type { Kept } from '../record/kept.ts';
import { countOutbox, wakeMails } from '../record/outbox.ts';
import type { Store } from '../record/store.ts';
import { sweepForgotten } from '../record/sweep.ts';
import { listWaiting } from '../record/waiting.ts';
import { checkWaits } from './alert.ts';
import { carry } from './courier.ts';
import type { CourierDeps, MailSignIn } from './courierDeps.ts';
import { deliverDue, type Lane } from './deliver.ts';
import { listRetention, retain } from './retain.ts';
import { atMostEvery, startRounds } from './rounds.ts';
import { openMailer } from './smtp.ts';

export type DispatchDeps = {
  store: Store;
  kept: Kept;
  secret: string;
  /** Absent: mails wait in the outbox, and `waitingFigures` counts them. */
  smtpUrl?: string | undefined;
  mailFrom?: string | undefined;
  publicUrl: string;
  mailSignIn: MailSignIn;
  pushServices?: readonly string[] | undefined;
  now: () => Date;
  log: (line: string) => void;
  /** Lets webhooks go to this machine and its neighbours. For tests. */
  allowPrivateWebhooks?: boolean | undefined;
  /** Longest attempt at one mail; 30,000 unless given. */
  mailMilliseconds?: number | undefined;
  /** How long `close` waits for attempts under way; 3,000 unless given. */
  graceMilliseconds?: number | undefined;
};

/** Plain numbers for /metrics. A site without held comments has 0 and 0. */
export type WaitingFigures = {
  sites: { site: string; held: number; oldestSeconds: number }[];
  outboxDue: number;
  /** Those of `outboxDue` that wait for an SMTP_URL. */
  outboxWithoutSmtp: number;
  outboxFailed: number;
};

export type Dispatch = {
  /** Takes no more rows, gives attempts under way a few seconds, then breaks them off for the next process. */
  close(): Promise<void>;
  waitingFigures(): Promise<WaitingFigures>;
  /** Resolves after a whole round that began after this call: alerts, retention, everything due. */
  settled(): Promise<void>;
};

const pollMilliseconds = 1000;
const graceMilliseconds = 3000;
const mailMilliseconds = 30_000;
const waitsEveryMinutes = 0.5;
const retentionEveryMinutes = 60;

/** Starts to deliver what is owed, to watch how long comments wait, and to forget what is to be forgotten; every server
 *  process does so, over the same rows. */
export function startDispatch(deps: DispatchDeps): Dispatch {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const { smtpUrl, mailFrom, publicUrl, log, store, now } = deps;
  const limits = { mailFrom, publicUrl, attemptMilliseconds: deps.mailMilliseconds ?? mailMilliseconds };
  const mailer = smtpUrl === undefined ? undefined : openMailer(smtpUrl, limits);
  const courier: CourierDeps = {
    ...deps,
    mailer,
    outbound: { allowPrivate: deps.allowPrivateWebhooks ?? false },
    pushServices: deps.pushServices ?? [],
  };
  const lane = (kinds: Lane['kinds']): Lane => ({
    store,
    kinds,
    carry: (delivery, at) => carry(courier, delivery, at),
    now,
    log,
    stopping: stopping.signal,
    aborting: aborting.signal,
  });
  const mails = lane(['confirm', 'decision', 'appeal', 'replies', 'alert_mail', 'sign_in', 'report']);
  const webhooks = lane(['alert_webhook']);
  const pushes = lane(['push']);
  const repeat = (work: () => Promise<void>): ReturnType<typeof startRounds> =>
    startRounds(work, { pauseMilliseconds: pollMilliseconds, onError: (error) => log(`dispatch: ${describe(error)}`) });
  const rounds = [
    repeat(watchAndForget(deps, stopping.signal)),
    repeat(mailRound(mails, { hasMailer: mailer !== undefined })),
    repeat(() => deliverDue(webhooks)),
    repeat(() => deliverDue(pushes)),
  ];
  return {
    settled: async () => {
      for (const round of rounds) await round.settled();
    },
    waitingFigures: () => readFigures(deps),
    close: async () => {
      stopping.abort();
      const grace = setTimeout(() => aborting.abort(), deps.graceMilliseconds ?? graceMilliseconds);
      await Promise.all(rounds.map((round) => round.close()));
      clearTimeout(grace);
      mailer?.close();
    },
  };
}

function mailRound(lane: Lane, { hasMailer }: { hasMailer: boolean }): () => Promise<void> {
  let woken = !hasMailer;
  return async () => {
    if (!woken) await wakeMails(lane.store, lane.now());
    woken = true;
    await deliverDue(lane);
  };
}

function watchAndForget({ store, kept, now, log }: DispatchDeps, stopping: AbortSignal): () => Promise<void> {
  const watch = atMostEvery(waitsEveryMinutes, async (at) => checkWaits(store, await kept.listSites(), at));
  const forget = atMostEvery(retentionEveryMinutes, async (at) => {
    const rows = await retain(store, listRetention(await kept.listSites(), at), stopping);
    if (rows > 0) log(`retention: ${rows} rows were forgotten`);
    // Also where there were none: what an editor erased is to go as well.
    if (!stopping.aborted) await sweepForgotten(store, stopping);
  });
  return async () => {
    await watch(now());
    await forget(now());
  };
}

async function readFigures({ store, kept, now }: DispatchDeps): Promise<WaitingFigures> {
  const [sites, waiting, outbox] = await Promise.all([kept.listSites(), listWaiting(store), countOutbox(store)]);
  const at = now().getTime();
  const rows = new Map(waiting.map((row) => [row.site, row]));
  return {
    sites: sites.map(({ site }) => {
      const row = rows.get(site);
      const oldestSeconds = row ? Math.max(0, Math.floor((at - row.oldestAt.getTime()) / 1000)) : 0;
      return { site, held: row?.held ?? 0, oldestSeconds };
    }),
    outboxDue: outbox.due,
    outboxWithoutSmtp: outbox.withoutSmtp,
    outboxFailed: outbox.failed,
  };
}

/** Code and message alone: a database's `detail` repeats rows. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}: ${error.message.slice(0, 300)}`;
}
