import { roles, tokenScopes, type Role, type TokenScope } from './desk.ts';
import { isObject, parsed, readOptionalString, readString, type JsonObject, type Parsed } from './json.ts';
import { refused } from './refusals.ts';

/** A session as lists show it: times rounded down to the minute, and nothing of where it was opened, since no address and no
 *  browser's name is kept. */
export type SessionLine = { id: string; createdAt: string; seenAt: string; isOwn: boolean };

/** A person of a site as its admins see them. `signInPending`: a one-time sign-in waits to be opened. */
export type PersonRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  sections: readonly string[];
  createdAt: string;
  seenAt: string | null;
  passkeys: number;
  signInPending: boolean;
  sessions: readonly SessionLine[];
};

/** A program of a site: what holds a bearer token. */
export type ProgramRow = { id: string; name: string; scopes: readonly TokenScope[]; createdAt: string };

/** `sections` are those that stories of the site have; `mails`: whether a sign-in can be sent by mail. */
export type PeopleView = {
  site: string;
  people: readonly PersonRow[];
  programs: readonly ProgramRow[];
  sections: readonly string[];
  mails: boolean;
};

/** How a one-time sign-in reaches the person: by mail, or shown once to whoever asked for it. */
export type SignInDelivery = 'mail' | 'show';

export type PersonChange = { role: Role; sections: readonly string[]; name?: string | undefined };
export type PersonDraft = PersonChange & { email: string; delivery: SignInDelivery | undefined };

const emailShape = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,189}$/u;
const mostSections = 50;
const sectionCodeUnits = 200;
const nameCodeUnits = 80;

/** An e-mail address as accounts are joined by it: one person is one address however it is written. */
export function sameEmail(written: string): string {
  return written.trim().normalize('NFC').toLowerCase();
}

/** Whether the value is one bare address, and nothing that could add a second recipient to a mail. */
export function isEmail(value: string): boolean {
  return emailShape.test(value) && value.isWellFormed();
}

/** A person to be added. Refused by the field that does not fit. */
export function parsePersonDraft(body: unknown): Parsed<PersonDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const email = readString(body, 'email', 254);
  if (email.outcome === 'refused') return email;
  if (!isEmail(email.value.trim())) return refused('email_malformed', { field: 'email' });
  const change = parsePersonChange(body);
  if (change.outcome === 'refused') return change;
  const delivery = parseDelivery(body);
  if (delivery.outcome === 'refused') return delivery;
  return parsed({ ...change.value, email: sameEmail(email.value), delivery: delivery.value });
}

/** What an account is to become. An admin with sections is refused: whoever keeps the accounts reaches all of the site. */
export function parsePersonChange(body: unknown): Parsed<PersonChange> {
  if (!isObject(body)) return refused('body_malformed');
  const role = roles.find((known) => known === body['role']);
  if (!role) return refused(body['role'] === undefined ? 'field_required' : 'field_malformed', { field: 'role' });
  const sections = parseSections(body['sections'] ?? []);
  if (!sections || (role === 'admin' && sections.length > 0)) return refused('field_malformed', { field: 'sections' });
  const name = readOptionalString(body, 'name', nameCodeUnits);
  if (name.outcome === 'refused') return name;
  return parsed({ role, sections, name: name.value?.trim().normalize('NFC') || undefined });
}

/** `delivery` of a body: undefined where it is left to the installation. */
export function parseDelivery(body: JsonObject): Parsed<SignInDelivery | undefined> {
  const { delivery } = body;
  if (delivery === undefined || delivery === null) return parsed(undefined);
  return delivery === 'mail' || delivery === 'show'
    ? parsed(delivery)
    : refused('field_malformed', { field: 'delivery' });
}

/** Sections as stories write them, each once; undefined for what are none. */
export function parseSections(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > mostSections || !value.every(isSection)) return undefined;
  return [...new Set(value)];
}

function isSection(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > sectionCodeUnits) return false;
  return value.isWellFormed() && !/\p{Cc}/u.test(value);
}

export type TokenDraft = { name: string; scopes: readonly TokenScope[] };

/** A program's name and what its token opens. */
export function parseTokenDraft(body: unknown): Parsed<TokenDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const name = readString(body, 'name', nameCodeUnits);
  if (name.outcome === 'refused') return name;
  const asked: unknown = body['scopes'];
  if (!Array.isArray(asked) || asked.length === 0) return refused('field_required', { field: 'scopes' });
  const scopes = tokenScopes.filter((scope) => asked.includes(scope));
  if (scopes.length !== asked.length) return refused('field_malformed', { field: 'scopes' });
  return parsed({ name: name.value.trim().normalize('NFC'), scopes });
}
