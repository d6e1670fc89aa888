import { standardKeys, type KeyAct, type KeyMap } from '../../contract/keys.ts';
import type { AgreementView, Recheck } from '../../contract/agreement.ts';
import type { Colleague } from '../../contract/deskEvents.ts';
import type { QueueCounts, QueueView } from '../../contract/queueFilter.ts';
import { standardPreferences, type Preferences } from '../../contract/preferences.ts';
import type { Words } from '../words.ts';
import type {
  AppealRow,
  AutomationRow,
  KeptDecision,
  Notice,
  QueueFilter,
  QueueRow,
  Session,
  SiteRules,
  VerdictForm,
} from './shapes.ts';
import type { Shift } from './shift.ts';
import type { Place } from './places.ts';
import { freshHappened, type HappenedState } from './happenedState.ts';
import { freshRulebook, type RulebookState } from './rulebookState.ts';
import { freshPeople, type PeopleState } from './peopleState.ts';
import { freshDeciding, type DecidingState } from './decidingState.ts';
import { freshSettings, type SettingsState } from './settingsState.ts';
import { deskWords, type DeskLanguage } from './words.ts';
import type { WordKey } from './wordKeys.ts';

/** Where the keyboard's focus is to go after the next paint. `number` grows with each wish. */
export type FocusWish = {
  number: number;
  on:
    | 'recheck'
    | 'case'
    | 'row'
    | 'guidelines'
    | 'explanation'
    | 'verdicts'
    | 'appeal'
    | 'note'
    | 'search'
    | 'filters'
    | 'views'
    | 'nowhere';
};

export type DeskState = {
  language: DeskLanguage;
  phase: 'starting' | 'open' | 'unreachable' | 'siteless';
  session: Session;
  /** The session ended while somebody worked: everything stays as it is until they have signed in again. */
  sessionEnded: boolean;
  /** The site chosen last: whatever belongs to one site, such as its settings, is asked of it. A comment has a site of its
   *  own, which in the list of all of one's sites may be another. */
  site: string;
  /** What holds on each of one's sites, by its key. */
  rules: Readonly<Record<string, SiteRules>>;
  place: Place;
  /** Which half a narrow window shows. */
  face: 'list' | 'case';
  filter: QueueFilter;
  queue: {
    rows: readonly QueueRow[];
    total: number;
    /** There are at least `total`: beyond ten thousand nobody counts. */
    totalIsLeast: boolean;
    next: string | null;
    phase: 'loading' | 'ready' | 'unreachable';
  };
  /** What opens above the list, one's views of it, and how many comments each list has. */
  lists: {
    filtersShown: boolean;
    viewsShown: boolean;
    views: readonly QueueView[];
    counts: QueueCounts | null;
  };
  /** The case on the table. What a key decides is always what is shown large. */
  shown: QueueRow | null;
  /** A comment claimed while another was being decided, not shown yet. */
  ready: QueueRow | null;
  nothingLeft: boolean;
  form: VerdictForm | null;
  busy: boolean;
  kept: readonly KeptDecision[];
  offline: boolean;
  keysShown: boolean;
  /** The key of each act now, as the preferences have it. */
  keys: KeyMap;
  preferences: Preferences;
  wordingShown: boolean;
  /** The veiled comment whose text was asked for. */
  unveiled: string | null;
  /** This moderator's shift, which no server hears of. */
  shift: Shift | null;
  passkeyOffered: boolean;
  notice: Notice;
  /** What is heard at the moment: `tab` is null while nothing is, and nobody then knows who is there. `people` by site. */
  live: { tab: string | null; people: Readonly<Record<string, readonly Colleague[]>> };
  agreement: { view: AgreementView | null; phase: 'loading' | 'ready' | 'unreachable' };
  /** A decided comment to judge again, and how many of them there are. */
  recheck: { comment: Recheck | null; waiting: number; phase: 'loading' | 'ready' | 'unreachable' };
  /** Appeals against warnings, slower paces, notes and suspensions that wait on this site. */
  sanctionAppeals: number;
  appeals: {
    rows: readonly AppealRow[];
    total: number;
    shown: string | null;
    phase: 'loading' | 'ready' | 'unreachable';
  };
  /** `chosen` are scores by the name of a row. */
  automation: {
    rows: readonly AutomationRow[];
    chosen: Readonly<Record<string, number>>;
    busy: boolean;
    phase: 'loading' | 'ready' | 'unreachable';
  };
  happened: HappenedState;
  settings: SettingsState;
  rulebook: RulebookState;
  people: PeopleState;
  /** Whether a fresh sign-in is asked for; `notYet` after one that the server has not seen. */
  proving: 'no' | 'asked' | 'notYet';
  /** What the identity provider is called; '' without one. */
  provider: string;
  deciding: DecidingState;
  focus: FocusWish;
  /** The clock of the page, moved on by the minute, so that ages stay true. */
  now: number;
};

/** No list was read yet. */
export const noQueue: DeskState['queue'] = { rows: [], total: 0, totalIsLeast: false, next: null, phase: 'loading' };

/** Nothing is heard. */
export const silence: DeskState['live'] = { tab: null, people: {} };

const nobody: Session = { name: '', email: '', accounts: [], passkeys: 0 };

/** The desk before anything was read. */
export function freshState(language: DeskLanguage): DeskState {
  return {
    language,
    phase: 'starting',
    session: nobody,
    sessionEnded: false,
    site: '',
    rules: {},
    place: 'queue',
    face: 'list',
    filter: { state: 'held', order: 'need', asked: {} },
    queue: noQueue,
    lists: { filtersShown: false, viewsShown: false, views: [], counts: null },
    shown: null,
    ready: null,
    nothingLeft: false,
    form: null,
    busy: false,
    kept: [],
    offline: false,
    keysShown: false,
    keys: standardKeys,
    preferences: standardPreferences,
    wordingShown: false,
    unveiled: null,
    shift: null,
    passkeyOffered: false,
    notice: { number: 0, tone: 'plain', text: '' },
    live: silence,
    agreement: { view: null, phase: 'loading' },
    recheck: { comment: null, waiting: 0, phase: 'loading' },
    appeals: { rows: [], total: 0, shown: null, phase: 'loading' },
    sanctionAppeals: 0,
    automation: { rows: [], chosen: {}, busy: false, phase: 'loading' },
    happened: freshHappened,
    settings: freshSettings,
    rulebook: freshRulebook,
    people: freshPeople,
    proving: 'no',
    provider: '',
    deciding: freshDeciding,
    focus: { number: 0, on: 'nowhere' },
    now: Date.now(),
  };
}

/** The one place that holds what the page shows. Acts read and change it; views watch it. */
export type Desk = {
  read: () => DeskState;
  change: (patch: Partial<DeskState>) => void;
  watch: (listener: () => void) => void;
};

/** A desk with its first state. */
export function createDesk(first: DeskState): Desk {
  let state = first;
  const listeners: (() => void)[] = [];
  return {
    read: () => state,
    change: (patch) => {
      state = { ...state, ...patch };
      for (const listener of listeners) listener();
    },
    watch: (listener) => void listeners.push(listener),
  };
}

/** The sentences of the language that the desk speaks now. */
export function wordsFor(desk: Desk): Words<WordKey> {
  return deskWords(desk.read().language);
}

/** Says what happened, on the page and to screen readers. */
export function tell(desk: Desk, text: string, tone: Notice['tone'] = 'plain'): void {
  desk.change({ notice: { number: desk.read().notice.number + 1, tone, text } });
}

/** Asks for the focus after the next paint. */
export function wishFocus(desk: Desk, on: FocusWish['on']): void {
  desk.change({ focus: { number: desk.read().focus.number + 1, on } });
}

/** The account with which the moderator works on a site: the chosen one, or that of a comment. */
export function accountHere(
  { session, site: chosen }: Pick<DeskState, 'session' | 'site'>,
  site = chosen,
): Session['accounts'][number] | undefined {
  return session.accounts.find((account) => account.site === site);
}

/** Whether an account is one of this person's: they have another on each site. */
export function isMine({ session }: DeskState, account: string | null): boolean {
  return session.accounts.some(({ id }) => id === account);
}

/** The guidelines and the like that hold on a site: the chosen one, or that of a comment. None hold where they were not
 *  read, so that nothing is ever rejected under another site's guideline. */
export function rulesOf({ rules, site: chosen }: Pick<DeskState, 'rules' | 'site'>, site = chosen): SiteRules {
  return rules[site] ?? noRules;
}

const noRules: SiteRules = { guidelines: [], translate: '', lines: undefined };

/** How all of one's sites are asked for at once. */
export const everySite = '*';

/** The site that the queue is asked for: `*` for all of one's own. */
export function askedSite({ filter, session, site }: DeskState): string {
  return filter.everywhere === true && session.accounts.length > 1 ? everySite : site;
}

/** Whether a verdict on this comment is kept here and waits for the network. */
export function isKept({ kept }: DeskState, id: string): boolean {
  return kept.some((decision) => decision.id === id);
}

/** The key that does this now, as `aria-keyshortcuts` writes it; undefined where none does. */
export function keyFor({ preferences, keys }: DeskState, act: KeyAct): string | undefined {
  return preferences.singleKeys && keys[act] !== '' ? keys[act] : undefined;
}

/** The key for a sentence that says what to press, or what the act is called where it has no key. */
export function nameKey(state: DeskState, act: KeyAct): string {
  return keyFor(state, act) ?? deskWords(state.language)(`keys.${act}`);
}
