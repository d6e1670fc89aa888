import type { Role, TokenScope } from './desk.ts';

/** Who a request to the desk belongs to: one person's accounts on the sites where they moderate, or one program. */
export type Principal = {
  kind: 'person' | 'program';
  accounts: readonly Account[];
  /** The session a person came with, so that it can be ended; absent for a token. */
  session?: { site: string; secretHash: Uint8Array } | undefined;
};

export type Account = {
  site: string;
  id: string;
  name: string;
  email?: string | undefined;
  role: Role | 'program';
  scopes: readonly TokenScope[];
};

/** Everything that can be asked of the desk, and the least role that may. */
const leastRoles = {
  'queue.read': 'moderator',
  'comment.decide': 'moderator',
  'comment.remove': 'moderator',
  'appeal.decide': 'moderator',
  'comment.erase': 'editor',
  'automation.set': 'editor',
  'story.write': 'editor',
  'site.write': 'admin',
} as const satisfies Record<string, Role>;

export type Act = keyof typeof leastRoles;

// What a program's token opens: nothing but what its scope names.
const scopeActs: Record<TokenScope, readonly Act[]> = {
  desk: ['queue.read', 'comment.decide', 'comment.remove', 'appeal.decide'],
  stories: ['story.write'],
  score: [],
};

const rank: Record<Role, number> = { moderator: 1, editor: 2, admin: 3 };

/** The account with which the principal may do this on this site, or undefined: the default is no. */
export function accountFor(principal: Principal, act: Act, site: string): Account | undefined {
  return principal.accounts.find((account) => account.site === site && may(account, act));
}

function may(account: Account, act: Act): boolean {
  if (account.role === 'program') return account.scopes.some((scope) => scopeActs[scope].includes(act));
  return rank[account.role] >= rank[leastRoles[act]];
}

/** The author of events by this account: `moderator:<id>` or `program:<id>`. */
export function actorOf(account: Account): string {
  return `${account.role === 'program' ? 'program' : 'moderator'}:${account.id}`;
}
