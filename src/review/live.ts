import { randomUUID } from 'node:crypto';
import { answerEmpty, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import type { Principal } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import type { RouteName } from '../contract/routes.ts';
import { enterDesk, noteLook } from '../record/presence.ts';
import type { Store } from '../record/store.ts';
import {
  answerStream,
  keepStreams,
  writeEvent,
  writeRetry,
  type StreamLimits,
  type Streams,
} from '../record/streams.ts';
import type { Change, Watch } from '../record/watch.ts';
import { allowOnSiteOfPath, allowOnSitesOfPath } from './authorise.ts';
import { createHeldNotices } from './heldNotices.ts';
import { createListeners, type Listener, type Listeners } from './listeners.ts';
import { createDeskTeller, groupOf, type DeskTeller } from './tellDesk.ts';

export type LiveDesk = {
  handlers: Partial<Record<RouteName, Handler>>;
  /** Comments of a site were held: its desks hear of it, at most once a second. */
  noteHeld(site: string): void;
  /** Ends the streams and stops listening. Twice is once. */
  close(): Promise<void>;
};

export type LiveDeskDeps = {
  store: Store;
  watch: Watch;
  /** The principal as it stands now; undefined once it may nothing any more. */
  renew: (principal: Principal, now: Date) => Promise<Principal | undefined>;
  now: () => Date;
  limits?: StreamLimits;
};

/** `mostEach` for one account: a browser has six connections to a server over HTTP/1.1, and each tab's stream keeps one. */
const standardLimits: StreamLimits = { most: 2_000, mostEach: 4 };

/** How often open tabs are spoken for, and every stream's right to listen is looked at anew. */
const roundMilliseconds = 20_000;

/** Seconds after which somebody may ask again, when there are too many streams. */
const retrySeconds = 60;

/** Server-sent events of a site's desk, or of all of one's sites in one stream: claims, decisions, appeals, what came in,
 *  and who else is there. A stream lasts as long as the session or token that opened it, and no longer: whoever is signed
 *  out hears nothing more. */
export function openLiveDesk({ store, watch, renew, now, limits = standardLimits }: LiveDeskDeps): LiveDesk {
  const streams = keepStreams(limits);
  const listeners = createListeners({ store, renew, now });
  const teller = createDeskTeller({ store, streams, reachesOf: listeners.reachesOf, now });
  const notices = createHeldNotices(store);
  const round = setInterval(() => {
    void listeners.lookAnew();
    void listeners.keepTabs().catch(() => {});
  }, roundMilliseconds);
  round.unref();
  const unsubscribe = watch.subscribe((change: Change | undefined) => {
    if (change?.kind === 'access' || change?.kind === 'token') void listeners.lookAnew();
    else teller.hear(change);
  });
  return {
    handlers: {
      getDeskEvents: (call) => listen({ store, watch, streams, listeners, teller }, call),
      putPresence: (call) => takePresence(store, call),
    },
    noteHeld: notices.note,
    close: async () => {
      unsubscribe();
      clearInterval(round);
      notices.close();
      streams.close();
      await listeners.settle();
    },
  };
}

type Parts = { store: Store; watch: Watch; streams: Streams; listeners: Listeners; teller: DeskTeller };

async function listen({ store, watch, streams, listeners, teller }: Parts, call: Call): Promise<Answer> {
  const allowed = allowOnSitesOfPath(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const { principal } = call;
  const [first] = allowed.all;
  if (!principal || !first) return refused('credentials_missing');
  // Nothing is heard at the moment: the browser is sent away and comes back, which is polling.
  if (!watch.isFresh()) return answerStream(`${writeRetry('deaf')}\n`);
  const tab = randomUUID();
  const groups = allowed.all.map(({ reach }) => groupOf(reach));
  const stream = streams.open(groups, first.account.id, () => here.forEach(listeners.leave));
  if (!stream) return refused('overloaded', { retryAfterSeconds: retrySeconds });
  const here = allowed.all.map(({ site, reach }): Listener => ({ end: stream.end, site, tab, principal, reach }));
  for (const listener of here) listeners.add(listener);
  try {
    stream.send(writeRetry('hears'));
    for (const { site, account, reach } of allowed.all) {
      if (principal.kind === 'person') await enterDesk(store, { site, tab, account: account.id, at: call.now });
      stream.send(writeEvent('begun', { site, tab, account: account.id }));
      await teller.greet(reach, stream);
    }
  } catch (error) {
    stream.end();
    throw error;
  }
  return answerStream(stream.body);
}

/** Notes before which comment a tab sits: 204; 404 `not_found` for a tab whose stream is not open, or is somebody else's. */
async function takePresence(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnSiteOfPath(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const { tab, comment = null } = call.body;
  if (!isPublicId(tab)) return refused('field_malformed', { field: 'tab' });
  if (comment !== null && !isPublicId(comment)) return refused('field_malformed', { field: 'comment' });
  const look = { site: allowed.site, tab, account: allowed.account.id, comment, at: call.now };
  if (!(await noteLook(store, look))) return refused('not_found');
  return answerEmpty();
}
