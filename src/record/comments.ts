import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { ColumnWriter, type ElementType, type ElementValue } from './columnWriter.ts';
import { sealReceived, type SealedReceived } from './sealReceived.ts';
import type { Store } from './store.ts';

/** Bytes, or their lower-case hexadecimal form: where many comments come in, the bytes are never made. */
export type Digest = Buffer | string;

/** A comment as intake hands it over: parsed, screened, with its place in the queue. */
export type NewComment = {
  site: string;
  id: string;
  story: string;
  parent: string | null;
  name: string;
  text: string;
  sha256: Digest;
  lang: string;
  dir: 'ltr' | 'rtl';
  submittedAt: Date;
  /** HMAC of the network prefix under the key of the day (threats.md §5); null where none is kept. */
  network: Digest | null;
  /** Digest of the whole body, to tell a repetition from another body under the same id. */
  fingerprint: Digest | null;
  screening: object | null;
  /** How much it needs a person by what the machine says, 0 to 1. */
  need: number;
  /** Its place in the queue's order when it comes in (contract/need.ts `urgencyOf`). */
  urgency: number;
  /** Guidelines that screening suspects. */
  suspects: readonly string[];
  contact: { sealed: Buffer; language: string; deleteAfter: Date } | null;
};

/** Stores many comments with their 'received' events and addresses in one transaction. Returns the ids that were stored;
 *  one missing was there before. When this returns, the rows are on disk
 *  (`synchronous_commit`). One statement: a batch costs one round trip and one flush. The ids of one batch differ. */
export async function recordHeldComments(store: Store, comments: readonly NewComment[]): Promise<ReadonlySet<string>> {
  const columns = freeColumns.pop() ?? new ColumnWriter();
  try {
    const [row] = await queryRows<{ known: string[] | null }>(store.writer, insertHeld(columns, comments));
    const stored = new Set(comments.map(({ id }) => id));
    for (const id of row?.known ?? []) stored.delete(id);
    return stored;
  } finally {
    columns.reset();
    if (freeColumns.length < mostFreeColumns) freeColumns.push(columns);
  }
}

// One for each batch under way.
const freeColumns: ColumnWriter[] = [];
const mostFreeColumns = 4;

// The longest column stands first: pg makes room for a message as it grows, and then has it from the start.
function insertHeld(columns: ColumnWriter, comments: readonly NewComment[]): Sql {
  const events = comments.map(sealReceived);
  const column = (type: ElementType, read: (comment: NewComment) => ElementValue): Buffer =>
    columns.write(type, comments.map(read));
  const ofEvents = (type: ElementType, read: (event: SealedReceived) => ElementValue): Buffer =>
    columns.write(type, events.map(read));
  const hasContacts = comments.some(({ contact }) => contact !== null);
  const ofContacts = (type: ElementType, read: (contact: Contact) => ElementValue): Buffer | null =>
    hasContacts ? column(type, ({ contact }) => contact && read(contact)) : null;
  return sql`select record_held(
    ${column('text', ({ text }) => text)},
    ${column('jsonb', ({ screening }) => screening && JSON.stringify(screening))},
    ${column('text', ({ site }) => site)}, ${column('uuid', ({ id }) => id)}, ${column('text', ({ story }) => story)},
    ${column('uuid', ({ parent }) => parent)}, ${column('text', ({ name }) => name)},
    ${column('bytea', ({ sha256 }) => sha256)}, ${column('text', ({ lang }) => lang)}, ${column('text', ({ dir }) => dir)},
    ${column('timestamptz', ({ submittedAt }) => submittedAt)}, ${column('bytea', ({ network }) => network)},
    ${column('bytea', ({ fingerprint }) => fingerprint)}, ${column('real', ({ need }) => need)},
    ${column('float8', ({ urgency }) => urgency)},
    ${column('text', ({ suspects }) => (suspects.length === 0 ? null : suspects.join(' ')))},
    ${ofEvents('uuid', ({ id }) => id)}, ${ofEvents('bytea', ({ salt }) => salt)},
    ${ofEvents('bytea', ({ commitment }) => commitment)}, ${ofContacts('bytea', ({ sealed }) => sealed)},
    ${ofContacts('text', ({ language }) => language)}, ${ofContacts('timestamptz', ({ deleteAfter }) => deleteAfter)}
  ) as known`;
}

type Contact = NonNullable<NewComment['contact']>;

/** What is needed to answer a submission a second time; digests are hex. Undefined for a comment that is not there. */
export async function findSubmission(store: Store, site: string, id: string): Promise<FoundSubmission | undefined> {
  const [row] = await queryRows<FoundSubmission>(
    store.writer,
    sql`select id, encode(fingerprint, 'hex') as fingerprint, encode(sha256, 'hex') as sha256, submitted_at as "submittedAt"
      from comment where site = ${site} and id = ${id}`,
  );
  return row;
}

/** `fingerprint` is null once it was forgotten (retention); `sha256` once the comment was erased. */
export type FoundSubmission = { id: string; fingerprint: string | null; sha256: string | null; submittedAt: Date };

/** The published comment of this story that can be replied to, with its text; undefined where there is none. */
export async function findParent(
  store: Store,
  { site, story, id }: { site: string; story: string; id: string },
): Promise<{ text: string } | undefined> {
  const [row] = await queryRows<{ text: string }>(
    store.reader,
    sql`select text from published where site = ${site} and story = ${story} and id = ${id}`,
  );
  return row;
}
