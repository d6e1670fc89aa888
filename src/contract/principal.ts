import type { Role, TokenScope } from './desk.ts';
import { refused, type Refused } from './refusals.ts';

/** Who a request to the desk belongs to: one person's accounts on the sites where they moderate, or one program. */
export type Principal = {
  kind: 'person' | 'program';
  accounts: readonly Account[];
  /** Whether the person proved within `provenMinutes` who they are, by a sign-in. Absent is no; a program never does. */
  isProven?: boolean | undefined;
  /** The session a person came with, so that it can be ended; absent for a token. */
  session?: { id: string; site: string; secretHash: Uint8Array } | undefined;
};

export type Account = {
  site: string;
  id: string;
  name: string;
  email?: string | undefined;
  role: Role | 'program';
  scopes: readonly TokenScope[];
  /** The sections of the site that the account is limited to; empty is all of the site. */
  sections: readonly string[];
};

/** What an account reaches: a site, and of it the comments under stories of these sections, or of all where there are
 *  none. A story without a section is reached by those alone who reach all. */
export type Reach = { site: string; sections: readonly string[] };

/** How long ago a sign-in may be for an act that asks for one: long enough to finish what one began, short enough that a
 *  desk left alone for a coffee erases nothing. */
export const provenMinutes = 10;

/** Everything that can be asked of the desk, and the least role that may. */
const leastRoles = {
  'queue.read': 'moderator',
  'comment.decide': 'moderator',
  'comment.remove': 'moderator',
  'report.decide': 'moderator',
  'claim.takeOver': 'editor',
  'comment.note': 'moderator',
  'comment.reply': 'moderator',
  // An editorial choice in the newsroom's name: a person answers for it, so no scope of a token has it.
  'comment.feature': 'moderator',
  'decision.reverse': 'moderator',
  'decision.reverseAny': 'editor',
  'appeal.decide': 'moderator',
  // A warning, a slower pace and a note take nothing away for long; to be kept out altogether is for an editor to say.
  // Whoever may impose a measure may lift it; an appeal against one is `appeal.decide`, and never for whoever imposed it.
  // No scope of a token has these acts: a person answers for them. They hold on the whole site, so that an account that is
  // limited to sections has none of them.
  'reader.warn': 'moderator',
  'reader.suspend': 'editor',
  // It takes a reader's name away: for whoever may keep a reader out.
  'name.free': 'editor',
  'comment.erase': 'editor',
  'agreement.read': 'editor',
  // Who decided how much and how is in it: for those who answer for the whole desk.
  'statistics.read': 'editor',
  'automation.set': 'editor',
  'automation.start': 'editor',
  'story.write': 'editor',
  'rulebook.read': 'moderator',
  'rulebook.write': 'editor',
  'site.write': 'admin',
  'account.read': 'admin',
  'account.write': 'admin',
  'session.end': 'admin',
  'token.add': 'admin',
  'token.revoke': 'admin',
} as const satisfies Record<string, Role>;

export type Act = keyof typeof leastRoles;

// What a program's token opens: nothing but what its scope names.
const scopeActs: Record<TokenScope, readonly Act[]> = {
  desk: [
    'queue.read',
    'comment.decide',
    'comment.remove',
    'report.decide',
    'comment.note',
    'decision.reverse',
    'appeal.decide',
  ],
  stories: ['story.write'],
  score: [],
};

const rank: Record<Role, number> = { moderator: 1, editor: 2, admin: 3 };

// What an account that is limited to sections may do, within them. Everything else is about the whole site: a story could be
// moved from one section to another, a rule or a guideline holds in all of them.
const sectionActs: ReadonlySet<Act> = new Set([
  'queue.read',
  'comment.decide',
  'comment.remove',
  'report.decide',
  'claim.takeOver',
  'comment.note',
  'comment.reply',
  'comment.feature',
  'decision.reverse',
  'decision.reverseAny',
  'appeal.decide',
  'comment.erase',
  'rulebook.read',
]);

// What cannot be taken back, or opens the desk to others: asked of a person who just proved who they are.
const provenActs: ReadonlySet<Act> = new Set(['comment.erase', 'automation.start', 'account.write', 'token.add']);

/** The account with which the principal may do this on this site, or undefined: the default is no. Whether an account that
 *  is limited to sections reaches a certain comment is asked with `reachOf`. */
export function accountFor(principal: Principal, act: Act, site: string): Account | undefined {
  if (provenActs.has(act) && !(principal.kind === 'person' && principal.isProven)) return undefined;
  return principal.accounts.find((account) => account.site === site && may(account, act));
}

/** Why `accountFor` found none: `step_up_required` where a fresh sign-in would change the answer, else `not_allowed`.
 *  Without a site it is asked of all that the principal has accounts on. */
export function denyAct(principal: Principal, act: Act, site?: string): Refused {
  const proven = { ...principal, isProven: true };
  const sites = principal.accounts.map((account) => account.site).filter((one) => site === undefined || one === site);
  return refused(sites.some((one) => accountFor(proven, act, one)) ? 'step_up_required' : 'not_allowed');
}

/** The account for an act on the site that an address names, or why there is none. */
export function allowAct(
  principal: Principal | undefined,
  act: Act,
  site: string | undefined,
): { outcome: 'allowed'; account: Account } | Refused {
  if (!principal) return refused('credentials_missing');
  const account = accountFor(principal, act, site ?? '');
  return account ? { outcome: 'allowed', account } : denyAct(principal, act, site ?? '');
}

/** What an account reaches of its site. */
export function reachOf({ site, sections }: Account): Reach {
  return { site, sections };
}

function may(account: Account, act: Act): boolean {
  if (account.role === 'program') return account.scopes.some((scope) => scopeActs[scope].includes(act));
  if (account.sections.length > 0 && !sectionActs.has(act)) return false;
  return rank[account.role] >= rank[leastRoles[act]];
}

/** The author of events by this account: `moderator:<id>` or `program:<id>`. */
export function actorOf(account: Account): string {
  return `${account.role === 'program' ? 'program' : 'moderator'}:${account.id}`;
}
