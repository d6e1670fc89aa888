import { randomUUID } from 'node:crypto';
import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import {
  parseDelivery,
  parsePersonChange,
  parsePersonDraft,
  type PeopleView,
  type PersonRow,
  type SignInDelivery,
} from '../contract/people.ts';
import { actorOf, allowAct } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { publicTime } from '../contract/time.ts';
import { changeAccount, listAccounts, removeAccount, saveModerator, saveSignIn } from '../record/accounts.ts';
import { listPeople, listSections, listSessions } from '../record/people.ts';
import type { Identity, IdentityContext } from './identify.ts';
import { makeSignIn } from './moderators.ts';
import { limitsOf, showSessionLine } from './sessionList.ts';

/** The accounts of a site, kept by its admins. */
export function peopleHandlers(context: IdentityContext): Identity['handlers'] {
  return {
    getPeople: (call) => showPeople(context, call),
    postPerson: (call) => addPerson(context, call),
    putPerson: (call) => changePerson(context, call),
    deletePerson: (call) => removePerson(context, call),
    postPersonSignIn: (call) => giveSignIn(context, call),
  };
}

/** 200 with a `PeopleView`. */
async function showPeople({ store, mails }: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'account.read', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const { site } = allowed.account;
  const [people, accounts, sections] = await Promise.all([
    listPeople(store, site, call.now),
    listAccounts(store, site),
    listSections(store, site),
  ]);
  const emails = people.map(({ email }) => email);
  const sessions = await listSessions(store, emails, limitsOf(call));
  const rows = people.map((person): PersonRow => ({
    ...person,
    createdAt: publicTime(person.createdAt),
    seenAt: person.seenAt && publicTime(person.seenAt),
    sessions: sessions.filter(({ email }) => email === person.email).map((session) => showSessionLine(session, call)),
  }));
  const programs = accounts
    .filter(({ kind }) => kind === 'program')
    .map(({ id, name, scopes, createdAt }) => ({ id, name, scopes, createdAt: publicTime(createdAt) }));
  const view: PeopleView = { site, people: rows, programs, sections, mails };
  return answerJson(200, view);
}

/** 201 with the account's `id` and its one-time address in `signIn`; null where a mail brings it. 409 `account_known` for
 *  an address that has an account here. */
async function addPerson(context: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'account.write', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const draft = parsePersonDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const { delivery, ...person } = draft.value;
  const byMail = choosesMail(context, delivery);
  if (byMail === undefined) return refused('field_malformed', { field: 'delivery' });
  const { site } = allowed.account;
  const { secret, signIn } = makeSignIn(site, call.now);
  const id = await saveModerator(context.store, {
    ...person,
    site,
    id: randomUUID(),
    onlyNew: true,
    signIn: { ...signIn, byMail },
    actor: actorOf(allowed.account),
    at: call.now,
  });
  if (id === undefined) return refused('account_known', { field: 'email' });
  return answerJson(201, { id, signIn: byMail ? null : addressOf(context, secret) });
}

/** 200 with what the account has become. 409 `last_admin` where nobody would be left to keep the accounts. */
async function changePerson({ store }: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'account.write', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const change = parsePersonChange(call.body);
  if (change.outcome === 'refused') return change;
  const { person: id } = call.params;
  if (!isPublicId(id)) return refused('not_found');
  const named = { site: allowed.account.site, id };
  const author = { actor: actorOf(allowed.account), at: call.now };
  const changed = await changeAccount(store, { ...change.value, ...named, ...author });
  if (changed.outcome === 'refused') return changed;
  const { role, sections } = change.value;
  return answerJson(200, { id, role, sections });
}

/** 204; sessions, sign-ins, passkeys and claims of the account have ended. 409 `last_admin` as above. */
async function removePerson({ store }: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'account.write', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const { person: id } = call.params;
  if (!isPublicId(id)) return refused('not_found');
  const { site } = allowed.account;
  const removed = await removeAccount(store, { site, id, actor: actorOf(allowed.account), at: call.now });
  if (removed.outcome === 'refused') return removed;
  return answerEmpty();
}

/** 201 with a fresh one-time address in `signIn`, in the place of older ones; null where a mail brings it. */
async function giveSignIn(context: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'account.write', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const delivery = parseDelivery(isObject(call.body) ? call.body : {});
  if (delivery.outcome === 'refused') return delivery;
  const byMail = choosesMail(context, delivery.value);
  if (byMail === undefined) return refused('field_malformed', { field: 'delivery' });
  const { person: id } = call.params;
  const { site } = allowed.account;
  const { secret, signIn } = makeSignIn(site, call.now);
  const author = { actor: actorOf(allowed.account), at: call.now };
  const saved = isPublicId(id) && (await saveSignIn(context.store, { site, id }, { ...signIn, byMail, ...author }));
  if (!saved) return refused('not_found');
  return answerJson(201, { id, signIn: byMail ? null : addressOf(context, secret) });
}

/** Whether a mail brings the sign-in; undefined where one is asked for and none can be sent. */
function choosesMail({ mails }: IdentityContext, delivery: SignInDelivery | undefined): boolean | undefined {
  if (delivery === undefined) return mails;
  return delivery === 'mail' && !mails ? undefined : delivery === 'mail';
}

function addressOf({ publicUrl }: IdentityContext, secret: string): string {
  return `${publicUrl}/desk/sign-in#${secret}`;
}
