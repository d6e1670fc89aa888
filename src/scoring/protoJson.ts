import { isUtf8 } from 'node:buffer';
import { isObject, type JsonObject } from '../contract/json.ts';
import { bodyInvalid, type Fault } from './faults.ts';
import { type Field, schemas } from './schemas.ts';

/** A message that was read: camelCase names, nulls taken out, numbers of enumerations as names, maps as `Map`, so that no
 *  name of a client's means anything to JavaScript. `unknownFields` counts what was passed over. */
export type ReadMessage = { outcome: 'read'; message: unknown; unknownFields: number };

/** Reads a body as proto3 JSON: names in camelCase or snake_case, `null` for unset, numbers as numbers or strings. Google
 *  refuses fields it does not know; here they are passed over and counted, so that a client with a newer field goes on.
 *  A fault names where the shape is wrong and never what stands there. */
export function readBody(body: Uint8Array | undefined, schema: string): ReadMessage | Fault {
  const value = parseJson(body);
  if (value === undefined) return bodyInvalid('', 'The body is no JSON (RFC 8259) in UTF-8.');
  if (!isObject(value)) return bodyInvalid('', 'Root element must be a message.');
  const reading: Reading = { unknownFields: 0 };
  const message = readMessage(value, { schema, path: '', reading });
  return reading.fault ?? { outcome: 'read', message, unknownFields: reading.unknownFields };
}

function parseJson(body: Uint8Array | undefined): unknown {
  // An empty body is an empty message.
  if (body === undefined || body.length === 0) return {};
  if (!isUtf8(body)) return undefined;
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

// The first thing that is wrong ends the reading; one is enough for whoever sent it.
type Reading = { unknownFields: number; fault?: Fault };

type Place = { path: string; reading: Reading };

function readMessage(value: unknown, { schema, path, reading }: Place & { schema: string }): unknown {
  if (!isObject(value)) return refuse({ path, reading }, 'a message');
  const { properties = {} } = schemas[schema] ?? {};
  const names = fieldNames(schema);
  const message: JsonObject = {};
  for (const [sent, inner] of Object.entries(value)) {
    const name = names.get(sent);
    const field = name === undefined ? undefined : properties[name];
    if (name === undefined || field === undefined) reading.unknownFields += 1;
    else if (Object.hasOwn(message, name)) refuse({ path: join(path, name), reading }, 'given once');
    else if (inner !== null) message[name] = readField(inner, field, { path: join(path, name), reading });
    if (reading.fault) break;
  }
  return message;
}

function readField(value: unknown, field: Field, place: Place): unknown {
  if ('$ref' in field) return readMessage(value, { schema: field.$ref, ...place });
  switch (field.type) {
    case 'string':
      return field.enum ? readEnum(value, field.enum, place) : readString(value, place);
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(place, 'true or false');
    case 'number':
      return readNumber(value, place);
    case 'integer':
      return readInteger(value, place);
    case 'array':
      return readList(value, field.items, place);
    case 'object':
      return readMap(value, field.additionalProperties.$ref, place);
  }
}

// UTF-8 knows no lone surrogates, and the contract's strings are UTF-8.
function readString(value: unknown, place: Place): unknown {
  return typeof value === 'string' && value.isWellFormed() ? value : refuse(place, 'a string of Unicode characters');
}

// What no name fits is handed on as it was sent: the contract has an answer of its own for it.
function readEnum(value: unknown, names: readonly string[], place: Place): unknown {
  if (typeof value === 'string') return readString(value, place);
  return Number.isInteger(value) ? (names[Number(value)] ?? String(value)) : refuse(place, 'a name or a number');
}

function readNumber(value: unknown, place: Place): unknown {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : refuse(place, 'a finite number');
}

function readInteger(value: unknown, place: Place): unknown {
  const number = readNumber(value, place);
  return Number.isInteger(number) && Math.abs(Number(number)) <= 0x7fff_ffff ? number : refuse(place, 'a whole number');
}

function readList(value: unknown, items: { $ref: string } | { type: 'string' }, place: Place): unknown {
  if (!Array.isArray(value)) return refuse(place, 'a list');
  const list: unknown[] = [];
  for (const [at, inner] of value.entries()) {
    if (place.reading.fault) break;
    list.push(readField(inner, items, { ...place, path: `${place.path}[${at}]` }));
  }
  return list;
}

function readMap(value: unknown, schema: string, place: Place): unknown {
  if (!isObject(value)) return refuse(place, 'a map');
  const map = new Map<string, unknown>();
  for (const [at, [key, inner]] of Object.entries(value).entries()) {
    if (place.reading.fault) break;
    map.set(key, readMessage(inner ?? {}, { ...place, schema, path: `${place.path}[${at}]` }));
  }
  return map;
}

function refuse({ path, reading }: Place, expected: string): undefined {
  reading.fault ??= bodyInvalid(path, `Invalid value at '${path}': expected ${expected}.`);
  return undefined;
}

const namesOf = new Map<string, ReadonlyMap<string, string>>();

/** How the fields of a message may be named: as they are and in snake_case. */
function fieldNames(schema: string): ReadonlyMap<string, string> {
  const known = namesOf.get(schema);
  if (known) return known;
  const names = Object.keys(schemas[schema]?.properties ?? {});
  const made = new Map(
    names.flatMap((name) => [
      [name, name],
      [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name],
    ]),
  );
  namesOf.set(schema, made);
  return made;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
