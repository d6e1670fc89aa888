import { createHmac } from 'node:crypto';
import type { RegistrationResponseJSON, VerifiedRegistrationResponse } from '@simplewebauthn/server';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import type { Account } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { insertChallenge, insertPasskey, listPasskeys, takeChallenge } from '../record/passkeys.ts';
import type { Identity, IdentityContext } from './identify.ts';
import { loadWebauthn, readChallenge, readRegistration } from './webauthn.ts';

/** How long a challenge waits for its answer. */
export const challengeMinutes = 5;

// Somebody with twenty keys has lost count; the limit keeps the list that browsers are sent small.
const mostPasskeys = 20;

/** Beginning a passkey for the person who is signed in, and keeping it. Programs can have none. */
export function passkeyHandlers(context: IdentityContext): Identity['handlers'] {
  return {
    postPasskeyOptions: (call) => beginPasskey(context, call),
    postPasskey: (call) => keepPasskey(context, call),
  };
}

/** 200 with the options for `navigator.credentials.create`, as `@simplewebauthn/browser` takes them. */
async function beginPasskey(context: IdentityContext, call: Call): Promise<Answer> {
  const person = findPerson(call);
  if (!person) return refused(call.principal ? 'not_allowed' : 'credentials_missing');
  const known = await listPasskeys(context.store, person.email);
  if (known.length >= mostPasskeys) return refused('not_allowed');
  const { generateRegistrationOptions } = await loadWebauthn();
  const options = await generateRegistrationOptions({
    rpName: 'Stet',
    rpID: context.host,
    userName: person.email,
    userDisplayName: person.name,
    // The same for every site of a person, and nothing that can be read back into an address (WebAuthn §14.6.1).
    userID: new Uint8Array(createHmac('sha256', context.personKey).update(person.email).digest()),
    timeout: challengeMinutes * 60_000,
    attestationType: 'none',
    excludeCredentials: known.map(({ credential, transports }) => ({
      id: credential.toString('base64url'),
      transports,
    })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
  });
  await insertChallenge(context.store, {
    site: person.site,
    challenge: options.challenge,
    account: person.id,
    expiresAt: addMinutes(call.now, challengeMinutes),
  });
  return answerJson(200, options);
}

/** 201 with how many passkeys the person has now. The body is the browser's registration response. 401
 *  `credentials_unknown` for a challenge that is not this person's, was answered before or expired; 422 for an answer
 *  that does not hold. */
async function keepPasskey(context: IdentityContext, call: Call): Promise<Answer> {
  const person = findPerson(call);
  if (!person) return refused(call.principal ? 'not_allowed' : 'credentials_missing');
  const response = readRegistration(call.body);
  const challenge = readChallenge(call.body);
  if (!response || challenge === undefined) return refused('body_malformed');
  const { site, id: account, email } = person;
  if (!(await takeChallenge(context.store, { site, challenge, account }, call.now)))
    return refused('credentials_unknown');
  const registered = await verifyRegistration(context, response, challenge);
  if (!registered) return refused('field_malformed', { field: 'response' });
  const { credential } = registered;
  const kept = await insertPasskey(
    context.store,
    {
      site,
      account,
      credential: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
    },
    call.now,
  );
  if (!kept) return refused('field_malformed', { field: 'id' });
  return answerJson(201, { passkeys: (await listPasskeys(context.store, email)).length });
}

type Person = Account & { email: string };

function findPerson(call: Call): Person | undefined {
  const { principal } = call;
  const account = principal?.accounts.find(({ site }) => site === principal.session?.site);
  return account?.email === undefined ? undefined : { ...account, email: account.email };
}

type Registered = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

// The library throws for everything that does not hold, and a browser can send anything: every throw is a no.
async function verifyRegistration(
  context: IdentityContext,
  response: RegistrationResponseJSON,
  challenge: string,
): Promise<Registered | undefined> {
  const { verifyRegistrationResponse } = await loadWebauthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...context.ownOrigins],
      expectedRPID: context.host,
      requireUserVerification: false,
    });
    return verified ? registrationInfo : undefined;
  } catch {
    return undefined;
  }
}
