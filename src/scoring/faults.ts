import { makeReply, type Reply } from './exchange.ts';

/** A no in Google's envelope. Clients match on message, `details[].errorType` and HTTP code, so all three are as captured
 *  or documented there (docs/guide/from-perspective.md names what differs). */
export type Fault = {
  outcome: 'fault';
  code: number;
  status: string;
  message: string;
  details?: readonly object[] | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
};

/** The service that error details name: clients compare it, so that it is Google's name and not this server's. */
const service = 'commentanalyzer.googleapis.com';

type ErrorType =
  | 'COMMENT_EMPTY'
  | 'COMMENT_TOO_LONG'
  | 'NO_REQUESTED_ATTRIBUTES'
  | 'INVALID_REQUEST'
  | 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE'
  | 'LANGUAGE_DETECTION_FAILED';

function invalid(message: string, errorType: ErrorType, more: object = {}): Fault {
  const detail = { '@type': 'type.googleapis.com/google.commentanalyzer.v1alpha1.Error', errorType, ...more };
  return { outcome: 'fault', code: 400, status: 'INVALID_ARGUMENT', message, details: [detail] };
}

/** A request that cannot be what its caller meant; `message` as Google documents it where it does. */
export function invalidRequest(message: string): Fault {
  return invalid(message, 'INVALID_REQUEST');
}

/** A text of which nothing can be seen. */
export function commentEmpty(): Fault {
  return invalid('Comment must be non-empty.', 'COMMENT_EMPTY');
}

/** A text of so many bytes. */
export function commentTooLong(bytes: number, limit: number): Fault {
  const message = `Comment text was too many bytes. Value (${bytes}) exceeded limit (${limit}).`;
  return invalid(message, 'COMMENT_TOO_LONG');
}

/** Nothing was asked for. */
export function attributesMissing(): Fault {
  return invalid('Missing requested_attributes', 'NO_REQUESTED_ATTRIBUTES');
}

// A name comes from the request and may be of any length.
const longestName = 100;

/** A name that no attribute has. */
export function attributeUnknown(name: string): Fault {
  return invalidRequest(`Unknown requested attribute: ${shorten(name)}`);
}

/** A kind of score that is not given. */
export function scoreTypeUnsupported(scoreType: string, attribute: string): Fault {
  return invalidRequest(`Requested score type ${shorten(scoreType)} is not supported by attribute ${attribute}`);
}

/** An attribute that is not given in a language. One attribute only: clients take it out and ask again until none is left.
 *  The key beside its name says whether the caller named the language or it was detected. */
export function languageUnsupported(
  attribute: string,
  languages: { requestedLanguages: readonly string[] } | { detectedLanguages: readonly string[] },
): Fault {
  const [named = []] = Object.values(languages);
  const message = `Attribute ${attribute} does not support request languages: ${named.map(shorten).join(',')}`;
  return invalid(message, 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE', {
    languageNotSupportedByAttributeError: { attribute, ...languages },
  });
}

/** A text in no language that is known here. */
export function languageUndetected(): Fault {
  return invalid('Unable to detect language', 'LANGUAGE_DETECTION_FAILED');
}

/** A body that is no JSON of the right shape: where, and what is wrong, never what stands there. */
export function bodyInvalid(field: string, description: string): Fault {
  const detail = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description }] };
  const message = `Invalid JSON payload received. ${description}`;
  return { outcome: 'fault', code: 400, status: 'INVALID_ARGUMENT', message, details: [detail] };
}

/** A key that opens nothing here: never given out, revoked, or of another scope. */
export function keyInvalid(): Fault {
  const reason = 'API_KEY_INVALID';
  return {
    outcome: 'fault',
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    details: [errorInfo(reason, { service })],
  };
}

/** No key at all. */
export function keyMissing(): Fault {
  const message =
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form " +
    'of API consumer identity to call this API.';
  return { outcome: 'fault', code: 403, status: 'PERMISSION_DENIED', message };
}

/** More requests in a minute than the key may make. `consumer` names its holder, never the key. */
export function quotaExceeded(of: { consumer: string; perMinute: number; seconds: number; helpUrl: string }): Fault {
  const { consumer, perMinute, seconds, helpUrl } = of;
  const metric = 'Analysis requests (AnalyzeComment)';
  const info = errorInfo('RATE_LIMIT_EXCEEDED', {
    consumer,
    quota_limit: 'AnalyzeRequestsPerMinutePerProject',
    quota_limit_value: String(perMinute),
    quota_location: 'global',
    quota_metric: `${service}/analyze_requests`,
    service,
  });
  const description = 'Ask whoever runs this server for a higher limit.';
  const help = { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ description, url: helpUrl }] };
  return {
    outcome: 'fault',
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: `Quota exceeded for quota metric '${metric}' and limit '${metric} per minute' of service '${service}' for consumer '${consumer}'.`,
    details: [info, help],
    headers: { 'retry-after': String(seconds) },
  };
}

/** The machine is at fault or has too much to do: the text is no worse for it and may be sent again. */
export function unavailable(retrySeconds: number): Fault {
  return {
    outcome: 'fault',
    code: 503,
    status: 'UNAVAILABLE',
    message: 'The service is currently unavailable.',
    headers: { 'retry-after': String(retrySeconds) },
  };
}

/** Nothing stands at the address. */
export function addressUnknown(): Fault {
  return { outcome: 'fault', code: 404, status: 'NOT_FOUND', message: 'Requested entity was not found.' };
}

/** The address answers another method. */
export function methodUnknown(allow: readonly string[]): Fault {
  const allowed = allow.join(', ');
  const message = `This address answers ${allowed} only.`;
  return { outcome: 'fault', code: 405, status: 'UNIMPLEMENTED', message, headers: { allow: allowed } };
}

/** A body beyond the cap. */
export function bodyTooLarge(limit: number): Fault {
  const message = `Request payload size exceeds the limit: ${limit} bytes.`;
  return { outcome: 'fault', code: 413, status: 'INVALID_ARGUMENT', message };
}

/** A body that is not JSON by its own account, or that is compressed. */
export function mediaTypeUnknown(): Fault {
  const message = 'The body has to be application/json, not compressed.';
  return { outcome: 'fault', code: 415, status: 'INVALID_ARGUMENT', message };
}

/** The fault as it is sent. `$.xgafv=1` asks for the older list of errors beside it, which Angular-era clients read. */
export function sendFault(fault: Fault, { legacy }: { legacy: boolean }): Reply {
  const { code, status, message, details, headers = {} } = fault;
  const errors = legacy ? { errors: [{ message, domain: 'global', reason: legacyReasons[code] ?? 'badRequest' }] } : {};
  return makeReply(code, { error: { code, message, ...errors, status, ...(details ? { details } : {}) } }, headers);
}

const legacyReasons: Readonly<Record<number, string>> = {
  403: 'forbidden',
  404: 'notFound',
  405: 'httpMethodNotAllowed',
  413: 'uploadTooLarge',
  415: 'unsupportedMediaType',
  429: 'rateLimitExceeded',
  503: 'backendError',
};

function errorInfo(reason: string, metadata: Readonly<Record<string, string>>): object {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com', metadata };
}

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
