import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import type { SessionLine } from '../contract/people.ts';
import { actorOf, allowAct, type Account } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { addMinutes, publicTime } from '../contract/time.ts';
import { endSession, findEmail, listSessions, type LivingSession, type SessionLimits } from '../record/people.ts';
import { idleMinutes } from './cookie.ts';
import type { Identity, IdentityContext } from './identify.ts';

/** Sessions that hold, listed and ended: one's own by everybody, another's by an admin. */
export function sessionListHandlers(context: IdentityContext): Identity['handlers'] {
  return {
    getSessions: (call) => showSessions(context, call),
    deleteOwnSession: (call) => endOwnSession(context, call),
    deletePersonSession: (call) => endPersonSession(context, call),
  };
}

/** Which sessions hold now. */
export function limitsOf({ now }: Call): SessionLimits {
  return { now, seenAfter: addMinutes(now, -idleMinutes) };
}

/** A session as lists show it. */
export function showSessionLine({ id, createdAt, seenAt }: LivingSession, { principal }: Call): SessionLine {
  return { id, createdAt: publicTime(createdAt), seenAt: publicTime(seenAt), isOwn: principal?.session?.id === id };
}

/** 200 with one's own `{sessions}`, the newest first. */
async function showSessions({ store }: IdentityContext, call: Call): Promise<Answer> {
  const person = findPerson(call);
  if (person.outcome === 'refused') return person;
  const sessions = await listSessions(store, [person.email], limitsOf(call));
  return answerJson(200, { sessions: sessions.map((session) => showSessionLine(session, call)) });
}

/** 204; 404 for a session that is not one's own or has ended. */
async function endOwnSession(context: IdentityContext, call: Call): Promise<Answer> {
  const person = findPerson(call);
  return person.outcome === 'refused' ? person : end(context, call, { ...person, author: person.account });
}

/** 204; 404 for a session that is not this person's or has ended. */
async function endPersonSession(context: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'session.end', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const { site } = allowed.account;
  const { person: id } = call.params;
  const email = isPublicId(id) ? await findEmail(context.store, { site, id }) : undefined;
  if (id === undefined || email === undefined) return refused('not_found');
  return end(context, call, { email, account: { site, id }, author: allowed.account });
}

type Ended = { email: string; account: Pick<Account, 'site' | 'id'>; author: Account };

async function end({ store }: IdentityContext, call: Call, { email, account, author }: Ended): Promise<Answer> {
  const { session: id } = call.params;
  const named = { site: account.site, account: account.id, email };
  const ended = isPublicId(id) && (await endSession(store, { ...named, id, actor: actorOf(author), at: call.now }));
  if (!ended) return refused('not_found');
  return answerEmpty();
}

/** The person who asks. Programs have no session. */
function findPerson({ principal }: Call): { outcome: 'found'; email: string; account: Account } | Refused {
  if (!principal) return refused('credentials_missing');
  const account = principal.accounts.find(({ email }) => email !== undefined);
  if (principal.kind !== 'person' || account?.email === undefined) return refused('not_allowed');
  return { outcome: 'found', email: account.email, account };
}
