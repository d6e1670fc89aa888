/** What kind of thing is wrong, for whoever reacts differently to one of them. */
export type ProblemKind = keyof typeof exitCodes;

// The numbers of BSD's sysexits.h, so that a service manager can tell "try again" (69, 74) from "ask a person" (the rest).
const exitCodes = {
  unreachable: 69,
  space: 74,
  folder: 73,
  denied: 77,
  address: 78,
  missing: 78,
  tooOld: 78,
  newerSchema: 78,
  changedMigration: 78,
  unsafe: 78,
  roles: 78,
  embedded: 70,
};

/** Something that keeps the storage from working and that an operator can mend: `message` is one sentence on what is
 *  wrong, `mend` one on what to do, `exitCode` what a command ends with. Neither sentence holds a password. */
export class StorageProblem extends Error {
  readonly kind: ProblemKind;
  readonly mend: string;
  readonly exitCode: number;

  constructor(kind: ProblemKind, message: string, mend: string) {
    super(message);
    this.name = 'StorageProblem';
    this.kind = kind;
    this.mend = mend;
    this.exitCode = exitCodes[kind];
  }
}

/** A StorageProblem for what pg, the operating system or a server said while opening; what it does not know comes back
 *  as it is, so that a bug keeps its stack. */
export function explainFailure(error: unknown): Error {
  if (error instanceof StorageProblem) return error;
  const { code, message } = readFailure(error);
  const known = explanations.find(({ codes, words }) => codes.includes(code) || (words?.test(message) ?? false));
  if (known) return new StorageProblem(known.kind, known.message, known.mend);
  return error instanceof Error ? error : new Error(String(error));
}

/** SQLSTATE or errno of a failure (empty where it has none) and its message. */
export function readFailure(error: unknown): { code: string; message: string } {
  // Node tries each address of a name and reports the failures together; the first one stands for all.
  const first = error instanceof AggregateError && !('code' in error) ? error.errors[0] : error;
  if (typeof first !== 'object' || first === null) return { code: '', message: String(first) };
  return {
    code: 'code' in first ? String(first.code) : '',
    message: 'message' in first ? String(first.message) : '',
  };
}

type Explanation = { codes: string[]; words?: RegExp; kind: ProblemKind; message: string; mend: string };

const explanations: Explanation[] = [
  {
    codes: ['28P01', '28000'],
    words: /password must be a string|no password supplied|client password must be/i,
    kind: 'denied',
    message: 'The database refused the user name or password.',
    mend: 'Check user and password in DATABASE_URL (and DATABASE_READER_URL, DATABASE_DIRECT_URL), and that pg_hba.conf lets this machine in.',
  },
  {
    codes: ['3D000'],
    kind: 'missing',
    message: 'The database that DATABASE_URL names does not exist on that server.',
    mend: "Create it (create database … encoding 'UTF8') or correct the name at the end of DATABASE_URL.",
  },
  {
    codes: ['53100', 'ENOSPC', 'EDQUOT'],
    words: /no space left on device/i,
    kind: 'space',
    message: 'There is no space left on the disk of the database or of STET_DATA.',
    mend: 'Free some space there, or move STET_DATA to a larger disk, and start again.',
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS'],
    kind: 'folder',
    message: 'The data folder or the database socket may not be used by this user.',
    mend: 'Point STET_DATA to a folder that this user may write to, or correct its owner.',
  },
  {
    codes: ['53300'],
    words: /timeout exceeded when trying to connect|too many clients/i,
    kind: 'unreachable',
    message: 'The database has no free connection for Stet.',
    mend: 'Raise max_connections of the database, put a PgBouncer before it, or run fewer Stet processes.',
  },
  {
    codes: ['42501'],
    kind: 'denied',
    message: 'The role of DATABASE_URL lacks a right that the migrations need.',
    mend: 'Make that role the owner of the database (alter database … owner to …), and try again.',
  },
  {
    codes: ['ERR_INVALID_URL'],
    kind: 'address',
    message: 'DATABASE_URL (or DATABASE_READER_URL, DATABASE_DIRECT_URL) is not the address of a PostgreSQL database.',
    mend: 'Write it as postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
  },
  {
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    words: /does not support SSL connections/i,
    kind: 'address',
    message: 'The encrypted connection to the database could not be made or trusted.',
    mend: 'Add sslrootcert=/path/to/ca.pem to DATABASE_URL, or correct its sslmode.',
  },
  {
    codes: [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ECONNRESET',
      'ENOENT',
      'EPIPE',
      '57P03',
      '57P01',
      '08006',
      '08001',
      '08P01',
    ],
    words: /connection terminated|timeout expired|server closed the connection/i,
    kind: 'unreachable',
    message: 'The database does not answer at the address of DATABASE_URL.',
    mend: 'Check that PostgreSQL runs there and that host and port in DATABASE_URL are right, or leave DATABASE_URL out to use the embedded PostgreSQL.',
  },
];
