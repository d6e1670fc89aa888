import { createHash, randomBytes } from 'node:crypto';

/** What a commitment is about, so that an event can be proven later without the table it stands in. */
export type CommittedRecord = {
  id: string;
  site: string;
  kind: string;
  comment: string | null;
  at: string;
  actor: string;
  body: object;
};

/** 32 random bytes for one event. Erasing them makes the event's commitment a value that nobody can open. */
export function makeSalt(): Buffer {
  return randomBytes(32);
}

/** SHA-256(0x00 ‖ salt ‖ canonical JSON), 32 bytes (threats.md §7). The decision log takes these as they are. */
export function commit(record: CommittedRecord, salt: Uint8Array): Buffer {
  return createHash('sha256').update(leafPrefix).update(salt).update(canonicalJson(record)).digest();
}

const leafPrefix = Buffer.of(0);

/** JSON after RFC 8785: keys in UTF-16 order, no white space. Numbers here are integers, whose JSON form is canonical. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
