import { readBreachLines } from './breachLines.ts';
import { isOpeningHours } from './openingHours.ts';
import { readAllowed, readListed } from './siteWords.ts';
import { mostSlowSeconds } from './story.ts';
import { countCodePoints, hasRefusedNameCharacter, isBlank, nameCodePoints } from './text.ts';
import { areReaderKeys } from './readerKeys.ts';
import { isWebAddress } from './webAddress.ts';

/** The parts of the settings page, in its order. */
export const settingGroups = [
  'screening',
  'comments',
  'intake',
  'readers',
  'desk',
  'page',
  'retention',
  'alert',
] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** How a page asks for a setting. A number is whole, from `least` to `most`, or 0 where `orZero` says so;
 *  `own` has a part of the page for itself. */
export type SettingForm =
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'number'; least: number; most: number; orZero: boolean }
  | { kind: 'line' }
  | { kind: 'hours' }
  | { kind: 'own' };

/** One setting: where it stands on the page, its standard, who may change it at the desk (`stet site set` may always), and
 *  the one parser of what was written, whether in a command, in a request or in the page. Undefined is what does not fit. */
export type SettingShape<Value extends string | number> = {
  group: SettingGroup;
  standard: Value;
  who: 'editor' | 'admin';
  form: SettingForm;
  parse(written: string): Value | undefined;
};

/** The days in which an author may appeal (DSA Art. 20(1): at least six months). */
export const appealDays = 183;

const mostNumber = 1_000_000;
const mail = /^[^\s@]{1,64}@[^\s@]{1,189}$/;

/** Every setting of a site: the one table for `stet site set`, the API and the desk's page. A new setting is a line here; its
 *  sentence `setting.NAME` in each language of the desk (the types ask for it); a line of docs/reference/settings.md. */
export const siteSettings = {
  /** Whether the machine reads each comment before it is queued. */
  screening: oneOf('screening', ['on', 'off']),
  /** Whether a second reader, where the installation has one, reads what screening is unsure about. */
  secondReader: oneOf('screening', ['off', 'on']),
  /** From which score on a suspected breach is marked (contract/breachLines.ts), for comments that come in from then on. */
  'screening.lines': lines((text) => readBreachLines(text) !== undefined),
  /** The site's own words, and words that are no breach here (contract/siteWords.ts), beside the shipped lists. */
  'words.listed': lines((text) => readListed(text).outcome === 'read'),
  'words.allowed': lines((text) => readAllowed(text).outcome === 'read'),
  /** When readers may write (contract/openingHours.ts), in the zone of `page.timeZone`; empty is always. */
  'comments.hours': { ...written('comments', { standard: '', fits: isOpeningHours }), form: { kind: 'hours' } },
  /** Days after its publication in which a story takes comments, unless it names its own end; 0 is for ever. */
  'comments.closeAfterDays': whole('comments', { standard: 0, most: 36_500 }),
  /** Whether moderators may mark published comments as featured by the newsroom, and readers see the marks. */
  featured: oneOf('comments', ['on', 'off']),
  /** Whether readers may say of a comment, in a word of a small set, why it is worth reading. */
  reactions: oneOf('comments', ['off', 'on']),
  /** Whether readers may press the addresses in published comments (contract/links.ts). */
  'comments.links': oneOf('comments', ['off', 'on']),
  /** `off` lifts the rate limits, for load tests. */
  'intake.limits': byAdmin(oneOf('intake', ['on', 'off'])),
  /** Most submissions in ten minutes from one network prefix (/24 or /48), and for one story. */
  'intake.perNetwork': whole('intake', { standard: 60 }),
  'intake.perStory': whole('intake', { standard: 600 }),
  /** Seconds between two comments from one network; 0 asks for no pause. A story may say otherwise. */
  'intake.slowSeconds': whole('intake', { standard: 0, most: mostSlowSeconds }),
  /** Whether a submission carries a proof of work. */
  'intake.proof': oneOf('intake', ['off', 'on']),
  /** Whether readers are told before sending when screening is sure of a breach. They may send it all the same. */
  'intake.notice': oneOf('intake', ['off', 'on']),
  /** Whether an unknown story named by `?url=` is created with the first comment that is taken. */
  'stories.fromUrl': byAdmin(oneOf('intake', ['off', 'on'])),
  /** Whether readers may protect a name with a key that their browser keeps, and the days without use after which a protected
   *  name is free again. */
  'names.protect': oneOf('readers', ['off', 'on']),
  'names.unusedDays': whole('readers', { standard: 180, least: 1, most: 3650 }),
  /** Whether readers may, or must, write with an account of the publisher (docs/guide/accounts.md). */
  'reader.accounts': oneOf('readers', ['off', 'optional', 'required']),
  /** Who issues the tokens of accounts (`iss`), and the public keys: the https address of a JWKS, or the JWKS itself. */
  'reader.issuer': byAdmin(written('readers', { standard: '', fits: /^[!-~]{1,200}$/ })),
  'reader.keys': byAdmin(written('readers', { standard: '', fits: areReaderKeys })),
  /** The accounts (`sub`) of the newsroom's people, apart by commas: what they write carries the newsroom's badge. */
  'reader.staff': byAdmin(written('readers', { standard: '', fits: /^[^\p{Cc}]{1,4000}$/u })),
  /** Whether an author who confirmed an address may be told of replies by mail. */
  'mail.replies': oneOf('readers', ['on', 'off']),
  /** Whether an author's browser may be told of the decision and of replies, by the push service of its maker. */
  push: oneOf('readers', ['on', 'off']),
  /** Where a moderator may have a comment translated: an https address with {text}, {from}, {to}. A link that somebody has to
   *  press; empty shows none. */
  'desk.translate': written('desk', { standard: '', fits: isTranslateAddress }),
  /** How much each part of the need counts in the queue's order, in hundredths (contract/need.ts). */
  'queue.weight.screening': whole('desk', { standard: 100, most: 100 }),
  'queue.weight.age': whole('desk', { standard: 10, most: 100 }),
  'queue.weight.reports': whole('desk', { standard: 30, most: 100 }),
  'queue.weight.traffic': whole('desk', { standard: 10, most: 100 }),
  /** How a story's publication time is shown: a pattern of dd, MM, yyyy, HH, mm, `language`, or `relative`. */
  'page.date': written('page', { standard: 'dd-MM-yyyy HH:mm', fits: /^(?:language|relative|[dMyHm .,/:-]{4,40})$/ }),
  'page.timeZone': written('page', { standard: 'UTC', fits: isTimeZone }),
  /** Whether the pages bring a face with the letters of Sorani, Arabic and Persian (site/fonts.ts). */
  'page.font': oneOf('page', ['system', 'served']),
  /** In which name the newsroom answers readers; empty is the site's name. No reader may take it. */
  'newsroom.name': written('desk', { standard: '', fits: isName }),
  /** The names of the newsroom's people, apart by commas, under which no reader may write. */
  'newsroom.names': written('desk', { standard: '', fits: areNames }),
  /** Shown on the privacy notice: whom a reader may write to. */
  'contact.mail': written('page', { standard: '', fits: mail }),
  /** Days after which the text of a rejected, removed or withdrawn comment is erased; at least the days in which its author
   *  may appeal, or 0 to keep it. */
  'retention.rejectedDays': byAdmin(whole('retention', { standard: 365, least: appealDays, orZero: true })),
  /** Days after the appeal window for which an author's address is kept. */
  'retention.contactDays': byAdmin(whole('retention', { standard: 30 })),
  /** Of how many decided comments in a hundred another moderator is asked for a second judgement; 0 asks for none. */
  'recheck.percent': whole('desk', { standard: 0, most: 20 }),
  /** Minutes that the oldest held comment may wait before somebody is told; 0 tells nobody. */
  'alert.heldMinutes': whole('alert', { standard: 0 }),
  'alert.mail': written('alert', { standard: '', fits: mail }),
  'alert.webhook': byAdmin(written('alert', { standard: '', fits: isCallable })),
} as const satisfies Record<string, SettingShape<string> | SettingShape<number>>;

export type SettingName = keyof typeof siteSettings;
export type SiteSettings = {
  [Name in SettingName]: NonNullable<ReturnType<(typeof siteSettings)[Name]['parse']>>;
};

export const settingNames = Object.keys(siteSettings) as readonly SettingName[];

/** Whether readers are told of a sure breach before they send. */
export function isNoticing({ settings }: { settings: Pick<SiteSettings, 'intake.notice' | 'screening'> }): boolean {
  return settings['intake.notice'] === 'on' && settings.screening === 'on';
}

/** One of a few words; the first is the standard. */
function oneOf<const Value extends string>(
  group: SettingGroup,
  values: readonly [Value, ...Value[]],
): SettingShape<Value> {
  const parse = (written: string): Value | undefined => values.find((value) => value === written);
  return { group, standard: values[0], who: 'editor', form: { kind: 'choice', values }, parse };
}

/** A whole number, 0 to a million unless it says otherwise. */
function whole(
  group: SettingGroup,
  {
    standard,
    least = 0,
    most = mostNumber,
    orZero = false,
  }: {
    standard: number;
    least?: number;
    most?: number;
    orZero?: boolean;
  },
): SettingShape<number> {
  const parse = (written: string): number | undefined => {
    const number = Number(written);
    if (!/^\d{1,7}$/.test(written) || number > most) return undefined;
    return number >= least || (orZero && number === 0) ? number : undefined;
  };
  return { group, standard, who: 'editor', form: { kind: 'number', least, most, orZero }, parse };
}

/** Lines that have a part of the settings' page for themselves; none is the standard. */
function lines(fits: (text: string) => boolean): SettingShape<string> {
  return { ...written('screening', { standard: '', fits }), form: { kind: 'own' } };
}

/** A line that fits, or the standard: empty where that is empty. */
function written(
  group: SettingGroup,
  { standard, fits }: { standard: string; fits: RegExp | ((line: string) => boolean) },
): SettingShape<string> {
  const isFit = (line: string): boolean => (fits instanceof RegExp ? fits.test(line) : fits(line));
  const parse = (line: string): string | undefined => (line === standard || isFit(line) ? line : undefined);
  return { group, standard, who: 'editor', form: { kind: 'line' }, parse };
}

/** Changed at the desk by admins alone: what lifts a protection, sends something out, or cannot be brought back. */
function byAdmin<Value extends string | number>(shape: SettingShape<Value>): SettingShape<Value> {
  return { ...shape, who: 'admin' };
}

function isName(line: string): boolean {
  return !isBlank(line) && countCodePoints(line) <= nameCodePoints && !hasRefusedNameCharacter(line);
}

/** The most names that a newsroom keeps for its people. */
const mostNames = 100;

/** The names of a line that are apart by commas. */
export function listNames(line: string): string[] {
  return line
    .split(/[,،]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function areNames(line: string): boolean {
  const names = listNames(line);
  return names.length > 0 && names.length <= mostNames && names.every(isName);
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The places may stand anywhere but in the host, or a comment could choose where its text goes. */
function isTranslateAddress(value: string): boolean {
  const [one, two] = ['a', 'b'].map((fill) => URL.parse(value.replaceAll(/\{(?:text|from|to)\}/g, fill)));
  const isSafe = one?.protocol === 'https:' && one.username === '' && one.password === '' && one.host === two?.host;
  return isSafe && value.length <= 500 && value.includes('{text}');
}

function isCallable(value: string): boolean {
  return isWebAddress(value) && URL.parse(value)?.username === '';
}
