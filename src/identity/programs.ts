import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { parseTokenDraft } from '../contract/people.ts';
import { actorOf, allowAct } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import type { Identity, IdentityContext } from './identify.ts';
import { addToken, revokeToken } from './tokens.ts';

/** Bearer tokens of programs, made and revoked at the desk. */
export function programHandlers(context: IdentityContext): Identity['handlers'] {
  return {
    postToken: (call) => makeProgram(context, call),
    deleteToken: (call) => revokeProgram(context, call),
  };
}

/** 201 with `{name, scopes, token}`: the token is told this once, since only its hash is kept. */
async function makeProgram({ store }: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'token.add', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const draft = parseTokenDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const { site } = allowed.account;
  const token = await addToken(store, { ...draft.value, site, actor: actorOf(allowed.account) }, call.now);
  return answerJson(201, { ...draft.value, token });
}

/** 204: from now on the token opens nothing; what was decided with it stays. 404 for a program that is not there. */
async function revokeProgram({ store }: IdentityContext, call: Call): Promise<Answer> {
  const allowed = allowAct(call.principal, 'token.revoke', call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const { program } = call.params;
  const { site } = allowed.account;
  const named = { site, program: program ?? '', actor: actorOf(allowed.account) };
  // Several may have one name, so the address has an id.
  const revoked = isPublicId(program) ? await revokeToken(store, named, call.now) : 0;
  if (revoked === 0) return refused('not_found');
  return answerEmpty();
}
