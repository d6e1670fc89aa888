import { automationHandlers } from '../automation/automation.ts';
import { createPolicy, type Policy } from '../automation/policy.ts';
import type { Settings } from '../config/settings.ts';
import type { Call } from '../contract/http.ts';
import type { Principal } from '../contract/principal.ts';
import type { Refused } from '../contract/refusals.ts';
import { rulesOfSite } from '../contract/siteRules.ts';
import { startDispatch, type Dispatch } from '../dispatch/dispatch.ts';
import { createIdentity } from '../identity/identify.ts';
import { findScorePrograms } from '../identity/scoreKeys.ts';
import { createIntake, type Intake } from '../intake/intake.ts';
import { keepSiteHeads } from '../intake/siteHeads.ts';
import { createPublication, type Publication } from '../publication/publication.ts';
import { startReaders, type Readers } from '../readers/readers.ts';
import { keepRows, type Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import type { Watch } from '../record/watch.ts';
import { reviewHandlers } from '../review/review.ts';
import { createScoring, type Scoring } from '../scoring/scoring.ts';
import { putStory } from '../site/putStory.ts';
import { formPages, siteHandlers } from '../site/site.ts';
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
  intake: Intake;
  policy: Policy;
  dispatch: Dispatch;
  readers: Readers;
  scoring: Scoring;
  handlers: Handlers;
  identify: (call: Call) => Promise<Principal | undefined>;
  refuseForeign: (call: Call) => Refused | undefined;
};

/** Opens the rooms in the order of a comment's journey and hands each what it may not import. */
export function openRooms(deps: RoomDeps): Rooms {
  const { settings, store, watch, secret, publicUrl, assetsFolder, now, log } = deps;
  const kept = keepRows(store, watch);
  const pageDeps = { store, kept, publicUrl, assetsFolder };
  const headsOf = keepSiteHeads({ dataFolder: settings.dataFolder, log, clock: now });
  const policy = createPolicy({ store, kept, headsOf, clock: now, log });
  const intake = createIntake({
    store,
    kept,
    publicUrl,
    secret,
    dataFolder: settings.dataFolder,
    log,
    clock: now,
    headsOf,
    afterHeld: ({ target: { site, story }, comment: { id, text }, screening }) =>
      policy.consider({ site, story, id, text, screening }),
    ...formPages(pageDeps),
  });
  const publication = createPublication({ store, watch, kept, publicUrl, now: () => now().getTime() });
  const identity = createIdentity({ store, secret, publicUrl });
  const { smtpUrl, mailFrom } = settings;
  const dispatch = startDispatch({ store, kept, secret, smtpUrl, mailFrom, publicUrl, now, log });
  const { chatReader: chat, onnxFolder } = settings;
  const readers = startReaders({ store, kept, chat, onnxFolder, now, log });
  const { formToken, handlers: receiptForms } = intake;
  const findProgram = findScorePrograms(kept);
  const scoring = createScoring({
    ...settings.scoring,
    publicUrl,
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
  return {
    kept,
    publication,
    intake,
    policy,
    dispatch,
    readers,
    scoring,
    handlers: {
      ...intake.handlers,
      ...publication.handlers,
      ...siteHandlers({ ...pageDeps, publication, formToken, receiptForms }),
      ...identity.handlers,
      ...reviewHandlers({ store, kept }),
      ...automationHandlers({ store, kept, headsOf }),
      putStory: (call) => putStory(store, call),
    },
    identify: identity.identify,
    refuseForeign: identity.refuseForeign,
  };
}
