/** Where the rows live. Without `databaseUrl` it is the embedded server in `${dataFolder}/postgres`. */
export type StorageSettings = {
  /** Folder of this installation (STET_DATA). */
  dataFolder: string;
  /** A PostgreSQL 15 or newer, or a PgBouncer before it (DATABASE_URL). */
  databaseUrl?: string | undefined;
  /** The readers' role where the role of `databaseUrl` may not create roles (DATABASE_READER_URL). */
  readerUrl?: string | undefined;
  /** For LISTEN and migrations where `databaseUrl` is a PgBouncer (DATABASE_DIRECT_URL). */
  directUrl?: string | undefined;
  /** The installation's secret; the passwords of the two roles are derived from it. */
  secret: string;
  pool?: PoolSettings | undefined;
  /** Lets a server run whose `fsync`, `full_page_writes` or `synchronous_commit` is off. For throw-away test machines. */
  allowUnsafe?: boolean | undefined;
  /** Begin of the two role names; the database's name unless given. Databases that are copies of one share its roles. */
  rolePrefix?: string | undefined;
  /** Folder with `initdb` and `postgres` for the embedded server; those of the npm package unless given. */
  binaries?: string | undefined;
  /** Most connections of all processes to the embedded server, for whoever starts it; 60 unless given. */
  connections?: number | undefined;
};

export type PoolSettings = {
  /** Most connections of this process that write; 8 unless given. */
  writers?: number | undefined;
  /** Most connections of this process that serve readers; 8 unless given. */
  readers?: number | undefined;
  /** How long a query waits for a free connection before it fails; 10,000 unless given. */
  connectMilliseconds?: number | undefined;
  /** How long a query may take before it fails and its connection is given up: for servers, whose readers wait. For ever
   *  unless given: `stet verify` reads whole tables. */
  queryMilliseconds?: number | undefined;
};
