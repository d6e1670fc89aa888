import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { isObject, type JsonObject } from '../contract/json.ts';

/** The library that makes and checks what browsers and authenticators say to one another. Loaded when the first passkey is
 *  asked for: with its certificates' grammar it is a fifth of what a start would load. */
export function loadWebauthn() {
  return import('@simplewebauthn/server');
}

/** What a browser's `navigator.credentials.create` answered, field by field; undefined for anything else. */
export function readRegistration(body: unknown): RegistrationResponseJSON | undefined {
  const answer = readAnswer(body);
  const attestationObject = answer?.response['attestationObject'];
  if (!answer || typeof attestationObject !== 'string') return undefined;
  const { id, rawId, clientDataJSON, response } = answer;
  const transports = readTransports(response['transports']);
  return {
    id,
    rawId,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports },
  };
}

/** What a browser's `navigator.credentials.get` answered, field by field; undefined for anything else. */
export function readAuthentication(body: unknown): AuthenticationResponseJSON | undefined {
  const answer = readAnswer(body);
  if (!answer) return undefined;
  const { id, rawId, clientDataJSON, response } = answer;
  const { authenticatorData, signature } = response;
  if (typeof authenticatorData !== 'string' || typeof signature !== 'string') return undefined;
  return {
    id,
    rawId,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature },
  };
}

/** The challenge that an answer says it answers; undefined where it has none. Which one it must be, the caller knows. */
export function readChallenge(body: unknown): string | undefined {
  const encoded = readAnswer(body)?.clientDataJSON;
  if (encoded === undefined) return undefined;
  try {
    const clientData: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    const challenge = isObject(clientData) ? clientData['challenge'] : undefined;
    return typeof challenge === 'string' && /^[A-Za-z0-9_-]{16,200}$/.test(challenge) ? challenge : undefined;
  } catch {
    return undefined;
  }
}

function readAnswer(
  body: unknown,
): { id: string; rawId: string; clientDataJSON: string; response: JsonObject } | undefined {
  if (!isObject(body) || !isObject(body['response']) || body['type'] !== 'public-key') return undefined;
  const { id, rawId, response } = body;
  const { clientDataJSON } = response as JsonObject;
  if (typeof id !== 'string' || typeof rawId !== 'string' || typeof clientDataJSON !== 'string') return undefined;
  return { id, rawId, clientDataJSON, response: response as JsonObject };
}

// How the browser says it reaches the authenticator: kept so that it is asked the same way next time.
function readTransports(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((transport) => typeof transport === 'string' && /^[a-z-]{1,20}$/.test(transport)).slice(0, 8);
}
