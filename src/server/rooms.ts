import { automationHandlers } from '../automation/automation.ts';
import { createPolicy, type Policy } from '../automation/policy.ts';
import type { Settings } from '../config/settings.ts';
import type { Call } from '../contract/http.ts';
import type { Principal } from '../contract/principal.ts';
import type { Refused } from '../contract/refusals.ts';
import { rulesOfSite } from '../contract/siteRules.ts';
import { startDispatch, type Dispatch } from '../dispatch/dispatch.ts';
import { createIdentity, type Identity } from '../identity/identify.ts';
import { mailSignIn } from '../identity/moderators.ts';
import { createReaderAccounts, type ReaderAccounts } from '../identity/readerAccounts.ts';
import { openReaderSessions } from '../identity/readerSessions.ts';
import { readerSignInHandlers } from '../identity/readerSignIn.ts';
import { findScorePrograms } from '../identity/scoreKeys.ts';
import { createIntake, type Intake } from '../intake/intake.ts';
import { keepSiteHeads, type SiteHeads } from '../intake/siteHeads.ts';
import { createPublication, type Publication } from '../publication/publication.ts';
import { startReaders, type Readers } from '../readers/readers.ts';
import { keepRows, type Kept } from '../record/kept.ts';
import { pushKey } from '../record/pushKey.ts';
import type { Store } from '../record/store.ts';
import type { Watch } from '../record/watch.ts';
import { openLiveDesk, type LiveDesk } from '../review/live.ts';
import { startCarryingOut, type CarryingOut } from '../review/carryOut.ts';
import { reviewHandlers } from '../review/review.ts';
import { rulebookHandlers } from '../rulebook/rulebook.ts';
import { createScoring, type Scoring } from '../scoring/scoring.ts';
import { putStory } from '../site/putStory.ts';
import { formPages, siteHandlers } from '../site/site.ts';
import { startSorting, type Sorting } from '../sorting/sorting.ts';
import type { Handlers } from './mount.ts';

export type RoomDeps = {
  settings: Settings;
  version: string;
  store: Store;
  watch: Watch;
  secret: string;
  publicUrl: string;
  assetsFolder: string;
  now: () => Date;
  log: (line: string) => void;
  countUnknownFields: (fields: number) => void;
};

export type Rooms = {
  kept: Kept;
  publication: Publication;
  liveDesk: LiveDesk;
  intake: Intake;
  policy: Policy;
  dispatch: Dispatch;
  readers: Readers;
  carryingOut: CarryingOut;
  sorting: Sorting;
  scoring: Scoring;
  handlers: Handlers;
  identify: (call: Call) => Promise<Principal | undefined>;
  refuseForeign: (call: Call) => Refused | undefined;
};

/** Opens the rooms in the order of a comment's journey and hands each what it may not import. */
export function openRooms(deps: RoomDeps): Rooms {
  const { settings, store, watch, secret, publicUrl, assetsFolder, now, log } = deps;
  const kept = keepRows(store, watch);
  const pageDeps = {
    store,
    kept,
    publicUrl,
    assetsFolder,
    oidcName: settings.oidc?.name,
    signInSites: sitesOf(settings),
    pushKey: pushKey(secret).publicKey,
  };
  const headsOf = keepSiteHeads({ dataFolder: settings.dataFolder, log, clock: now });
  const policy = createPolicy({ store, kept, headsOf, clock: now, log });
  const identity = openIdentity(deps);
  const readerIdentity = openReaderIdentity(deps, kept);
  const liveDesk = openLiveDesk({ store, watch, renew: identity.renew, now });
  const intake = createIntake({
    store,
    kept,
    publicUrl,
    secret,
    dataFolder: settings.dataFolder,
    log,
    clock: now,
    headsOf,
    pushServices: settings.pushServices,
    afterHeld: ({ target: { site, story }, comment: { id, text }, screening, isWatched }) => {
      liveDesk.noteHeld(site.site);
      if (!isWatched) policy.consider({ site, story, id, text, screening });
    },
    identifyReader: readerIdentity.accounts.identify,
    recallReader: readerIdentity.accounts.recall,
    ...formPages(pageDeps),
  });
  const publication = createPublication({ store, watch, kept, publicUrl, now: () => now().getTime() });
  const behind = startBehind(deps, kept);
  const { formToken, handlers: receiptForms } = intake;
  const scoring = openScoring(deps, kept, headsOf);
  return {
    kept,
    publication,
    liveDesk,
    intake,
    policy,
    ...behind,
    scoring,
    handlers: {
      ...intake.handlers,
      ...publication.handlers,
      ...siteHandlers({ ...pageDeps, publication, formToken, receiptForms }),
      ...identity.handlers,
      ...readerIdentity.handlers,
      ...reviewHandlers({ store, kept }),
      ...liveDesk.handlers,
      ...automationHandlers({ store, kept, headsOf }),
      ...rulebookHandlers({ store, kept }),
      putStory: (call) => putStory(store, call),
    },
    identify: identity.identify,
    refuseForeign: identity.refuseForeign,
  };
}

function openIdentity({ settings, store, secret, publicUrl, log }: RoomDeps): Identity {
  const { oidc, smtpUrl } = settings;
  return createIdentity({ store, secret, publicUrl, mails: smtpUrl !== undefined, oidc, log });
}

/** The readers' accounts: by the publisher's tokens, and by signing in at the provider of a site. */
function openReaderIdentity(
  { settings, store, secret, publicUrl, log }: RoomDeps,
  kept: Kept,
): { accounts: ReaderAccounts; handlers: Handlers } {
  const providers = settings.readerOidc ?? new Map();
  const issuerOf = (site: string): string | undefined => settings.readerOidc?.get(site)?.issuer;
  const sessions = openReaderSessions({ secret, publicUrl, issuerOf });
  const accounts = createReaderAccounts({ secret, publicUrl, log, sessions });
  return { accounts, handlers: readerSignInHandlers({ store, kept, publicUrl, providers, sessions, accounts, log }) };
}

function sitesOf({ readerOidc }: Settings): ReadonlySet<string> {
  return new Set(readerOidc?.keys());
}

function openScoring(deps: RoomDeps, kept: Kept, headsOf: SiteHeads): Scoring {
  const findProgram = findScorePrograms(kept);
  return createScoring({
    ...deps.settings.scoring,
    publicUrl: deps.publicUrl,
    version: deps.version,
    countUnknownFields: deps.countUnknownFields,
    findHolder: async (key) => {
      const program = await findProgram(key);
      if (!program) return undefined;
      const site = await kept.findSite(program.site);
      const rules = site ? { ...rulesOfSite(site), heads: headsOf(site.site) } : {};
      return { name: program.name, rules };
    },
  });
}

/** What is done for nobody who waits, over connections of its own. */
function startBehind(deps: RoomDeps, kept: Kept): Pick<Rooms, 'dispatch' | 'readers' | 'carryingOut' | 'sorting'> {
  const { settings, watch, now, log } = deps;
  const store = { ...deps.store, writer: deps.store.background };
  const { chatReader: chat, onnxFolder } = settings;
  return {
    dispatch: openDispatch({ ...deps, store }, kept),
    readers: startReaders({ store, kept, chat, onnxFolder, now, log }),
    carryingOut: startCarryingOut({ store, watch, now, log }),
    sorting: startSorting({ store, kept, now, log }),
  };
}

function openDispatch({ settings, store, secret, publicUrl, now, log }: RoomDeps, kept: Kept): Dispatch {
  return startDispatch({
    store,
    kept,
    secret,
    smtpUrl: settings.smtpUrl,
    mailFrom: settings.mailFrom,
    publicUrl,
    pushServices: settings.pushServices,
    mailSignIn: (account, at) => mailSignIn(store, account, at),
    now,
    log,
  });
}
