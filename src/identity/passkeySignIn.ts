import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import {
  findPasskey,
  insertChallenge,
  noSite,
  takeChallenge,
  usePasskey,
  type StoredPasskey,
} from '../record/passkeys.ts';
import type { Identity, IdentityContext } from './identify.ts';
import { comesFromOwnPage } from './origin.ts';
import { challengeMinutes } from './passkeys.ts';
import { answerSignedIn, startSession } from './session.ts';
import { loadWebauthn, readAuthentication, readChallenge } from './webauthn.ts';

/** Signing in by passkey without saying who one is: the authenticator knows. */
export function passkeySignInHandlers(context: IdentityContext): Identity['handlers'] {
  return {
    postPasskeySignInOptions: (call) => beginSignIn(context, call),
    postPasskeySignIn: (call) => signInByPasskey(context, call),
  };
}

/** 200 with the options for `navigator.credentials.get`. The same for everybody: it tells nobody who has a passkey. */
async function beginSignIn(context: IdentityContext, call: Call): Promise<Answer> {
  if (!comesFromOwnPage(call, context.ownOrigins)) return refused('origin_foreign');
  const tooMany = context.challenges.refuse(call.address, call.now);
  if (tooMany) return tooMany;
  context.challenges.count(call.address, call.now);
  const { generateAuthenticationOptions } = await loadWebauthn();
  const options = await generateAuthenticationOptions({
    rpID: context.host,
    timeout: challengeMinutes * 60_000,
    userVerification: 'preferred',
  });
  const expiresAt = addMinutes(call.now, challengeMinutes);
  await insertChallenge(context.store, { site: noSite, challenge: options.challenge, account: null, expiresAt });
  return answerJson(200, options);
}

/** 201 with the session's cookie, as `postSession`. The body is the browser's authentication response. 401
 *  `credentials_unknown` for everything that does not hold, without saying what. */
async function signInByPasskey(context: IdentityContext, call: Call): Promise<Answer> {
  if (!comesFromOwnPage(call, context.ownOrigins)) return refused('origin_foreign');
  const tooMany = context.failures.refuse(call.address, call.now);
  if (tooMany) return tooMany;
  const response = readAuthentication(call.body);
  const challenge = readChallenge(call.body);
  if (!response || challenge === undefined) return refused('body_malformed');
  if (!(await takeChallenge(context.store, { site: noSite, challenge, account: null }, call.now))) {
    return refuseSignIn(context, call);
  }
  const passkey = await checkAnswer(context, response, challenge);
  if (!passkey) return refuseSignIn(context, call);
  const started = startSession(passkey.site, call.now);
  if (!(await usePasskey(context.store, passkey, started.session))) return refuseSignIn(context, call);
  return answerSignedIn(context.store, call, started);
}

function refuseSignIn(context: IdentityContext, call: Call): Refused {
  context.failures.count(call.address, call.now);
  return refused('credentials_unknown');
}

/** The passkey that answered, with its new counter; undefined when the answer does not hold. */
async function checkAnswer(
  context: IdentityContext,
  response: AuthenticationResponseJSON,
  challenge: string,
): Promise<StoredPasskey | undefined> {
  const passkey = await findPasskey(context.store, Buffer.from(response.id, 'base64url'));
  if (!passkey) return undefined;
  const { verifyAuthenticationResponse } = await loadWebauthn();
  // The library throws for everything that does not hold, and a browser can send anything: every throw is a no.
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...context.ownOrigins],
      expectedRPID: context.host,
      credential: {
        id: passkey.credential.toString('base64url'),
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: false,
    });
    return verified ? { ...passkey, counter: authenticationInfo.newCounter } : undefined;
  } catch {
    return undefined;
  }
}
