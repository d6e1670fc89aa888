import type { Words } from '../words.ts';
import type {
  AppealRow,
  AutomationRow,
  DeskGuideline,
  KeptDecision,
  Notice,
  QueueFilter,
  QueueRow,
  Session,
  VerdictForm,
} from './shapes.ts';
import { deskWords, type DeskLanguage } from './words.ts';
import type { WordKey } from './wordKeys.ts';

/** Where the keyboard's focus is to go after the next paint. `number` grows with each wish. */
export type FocusWish = {
  number: number;
  on: 'case' | 'row' | 'guidelines' | 'explanation' | 'verdicts' | 'appeal' | 'nowhere';
};

export type DeskState = {
  language: DeskLanguage;
  phase: 'starting' | 'open' | 'unreachable' | 'siteless';
  session: Session;
  /** The session ended while somebody worked: everything stays as it is until they have signed in again. */
  sessionEnded: boolean;
  site: string;
  guidelines: readonly DeskGuideline[];
  place: 'queue' | 'appeals' | 'automation';
  /** Which half a narrow window shows. */
  face: 'list' | 'case';
  filter: QueueFilter;
  queue: { rows: readonly QueueRow[]; total: number; next: string | null; phase: 'loading' | 'ready' | 'unreachable' };
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
  singleKeys: boolean;
  passkeyOffered: boolean;
  notice: Notice;
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
  focus: FocusWish;
  /** The clock of the page, moved on by the minute, so that ages stay true. */
  now: number;
};

const nobody: Session = { name: '', email: '', accounts: [], passkeys: 0 };

/** The desk before anything was read. */
export function freshState(language: DeskLanguage): DeskState {
  return {
    language,
    phase: 'starting',
    session: nobody,
    sessionEnded: false,
    site: '',
    guidelines: [],
    place: 'queue',
    face: 'list',
    filter: { state: 'held', order: 'need' },
    queue: { rows: [], total: 0, next: null, phase: 'loading' },
    shown: null,
    ready: null,
    nothingLeft: false,
    form: null,
    busy: false,
    kept: [],
    offline: false,
    keysShown: false,
    singleKeys: true,
    passkeyOffered: false,
    notice: { number: 0, tone: 'plain', text: '' },
    appeals: { rows: [], total: 0, shown: null, phase: 'loading' },
    automation: { rows: [], chosen: {}, busy: false, phase: 'loading' },
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

/** The account with which the moderator works on the chosen site. */
export function accountHere({ session, site }: DeskState): Session['accounts'][number] | undefined {
  return session.accounts.find((account) => account.site === site);
}

/** Whether a verdict on this comment is kept here and waits for the network. */
export function isKept({ kept }: DeskState, id: string): boolean {
  return kept.some((decision) => decision.id === id);
}
