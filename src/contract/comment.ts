import { isObject, parsed, type Parsed } from './json.ts';
import { isPublicId } from './ids.ts';
import { parseProse } from './prose.ts';
import { refused } from './refusals.ts';
import { countCodePoints, hasRefusedNameCharacter, isBlank, nameCodePoints, textCodePoints } from './text.ts';

/** What a reader wrote, normalised and within the limits. Fields that readers may not set are dropped here. */
export type CommentDraft = { name: string; text: string; email?: string; parentId?: string };

export type CommentState = 'held' | 'approved' | 'rejected' | 'removed' | 'withdrawn' | 'erased';

/** The draft in a JSON or form body. Refused with the first reason in the order of the form's fields. */
export function parseCommentDraft(body: unknown): Parsed<CommentDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const name = parseName(body['name']);
  if (name.outcome === 'refused') return name;
  const text = parseText(body['text']);
  if (text.outcome === 'refused') return text;
  const email = parseEmail(body['email']);
  if (email.outcome === 'refused') return email;
  const parentId = body['parentId'];
  const isTopLevel = parentId === undefined || parentId === null || parentId === '';
  if (!isTopLevel && !isPublicId(parentId)) return refused('parent_unknown', { field: 'parentId' });
  return parsed({
    name: name.value,
    text: text.value,
    ...(email.value === undefined ? {} : { email: email.value }),
    ...(isTopLevel ? {} : { parentId }),
  });
}

/** A reader's name, normalised. Refused where it is none that could be told apart. */
export function parseName(value: unknown): Parsed<string> {
  const field = 'name';
  if (value === undefined || value === null) return refused('name_required', { field });
  if (typeof value !== 'string') return refused('field_malformed', { field });
  const name = value.normalize('NFC');
  if (countCodePoints(name) > nameCodePoints)
    return refused('name_too_long', { field, values: { most: nameCodePoints } });
  if (hasRefusedNameCharacter(name)) return refused('name_characters', { field });
  if (isBlank(name)) return refused('name_required', { field });
  return parsed(name);
}

/** A comment's text, normalised. Refused where it is empty, too long, or holds a refused character. */
export function parseText(value: unknown): Parsed<string> {
  const field = 'text';
  const text = parseProse(value, { field, most: textCodePoints });
  if (text.outcome === 'refused') return text;
  return text.value === undefined ? refused('text_required', { field }) : parsed(text.value);
}

/** The longest address of RFC 5321 §4.5.3.1.3, without its angle brackets. */
const emailLength = 254;
const emailShape = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}.]+(?:\.[^\s@<>()[\]\\,;:"\p{Cc}.]+)+$/u;

/** An e-mail address, trimmed; undefined where the field is empty. Refused when it has not the shape of one. */
export function parseEmail(value: unknown): Parsed<string | undefined> {
  if (value === undefined || value === null) return parsed(undefined);
  const email = typeof value === 'string' ? value.trim() : undefined;
  if (email === '') return parsed(undefined);
  if (email === undefined || email.length > emailLength || !email.isWellFormed() || !emailShape.test(email)) {
    return refused('email_malformed', { field: 'email' });
  }
  return parsed(email);
}
