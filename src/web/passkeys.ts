import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { callApi, type ApiAnswer } from './api.ts';

/** How an attempt with a passkey ended. `stopped`: the person or the device said no, which is nobody's fault. */
export type PasskeyOutcome = 'done' | 'stopped' | 'refused' | 'unreachable' | 'known';

/** Whether this browser has passkeys at all; without a secure connection it has not. */
export function hasPasskeys(): boolean {
  return browserSupportsWebAuthn();
}

/** Makes a passkey on this device and has the server keep it. `known`: this device has one already. */
export async function addPasskey(): Promise<PasskeyOutcome> {
  const options = await callApi<PublicKeyCredentialCreationOptionsJSON>('postPasskeyOptions', { body: {} });
  if (options.outcome !== 'answered') return options.outcome;
  try {
    const response = await startRegistration({ optionsJSON: options.body });
    return ended(await callApi('postPasskey', { body: response }));
  } catch (error) {
    return error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
      ? 'known'
      : 'stopped';
  }
}

/** Signs in with a passkey of this device; after `done` the session cookie is set. */
export async function signInWithPasskey(): Promise<PasskeyOutcome> {
  const options = await callApi<PublicKeyCredentialRequestOptionsJSON>('postPasskeySignInOptions', {
    body: {},
  });
  if (options.outcome !== 'answered') return options.outcome;
  try {
    const response = await startAuthentication({ optionsJSON: options.body });
    return ended(await callApi('postPasskeySignIn', { body: response }));
  } catch {
    return 'stopped';
  }
}

function ended(answer: ApiAnswer<unknown>): PasskeyOutcome {
  return answer.outcome === 'answered' ? 'done' : answer.outcome;
}
