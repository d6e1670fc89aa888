import { type ConnectionSettings, withConnection } from './connections.ts';
import { StorageProblem } from './problem.ts';

/** What the doctor and the start-up want to know of a server; `version` as PostgreSQL numbers it (150004 is 15.4). */
export type ServerFacts = {
  version: number;
  encoding: string;
  fsync: boolean;
  fullPageWrites: boolean;
  synchronousCommit: string;
  dataChecksums: boolean;
};

const oldestVersion = 150000;

/** Checks what the promises rest on: PostgreSQL 15 or newer, UTF8, and that an acknowledged commit is on disk (fsync,
 *  full_page_writes, and synchronous_commit as the writing role has it). Throws a StorageProblem. */
export async function checkServer(
  access: { owner: ConnectionSettings; writer: ConnectionSettings },
  { allowUnsafe }: { allowUnsafe: boolean },
): Promise<void> {
  const facts = await readServerFacts(access.writer);
  if (facts.version < oldestVersion) {
    throw new StorageProblem(
      'tooOld',
      `The database is PostgreSQL ${readableVersion(facts.version)}, and Stet needs 15 or newer.`,
      'Upgrade that server, or leave DATABASE_URL out to use the embedded PostgreSQL.',
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new StorageProblem(
      'address',
      `The database keeps its text as ${facts.encoding}, which cannot hold every language.`,
      "Create the database anew with encoding 'UTF8' template template0, and point DATABASE_URL to it.",
    );
  }
  const off = [
    ...(facts.fsync ? [] : ['fsync']),
    ...(facts.fullPageWrites ? [] : ['full_page_writes']),
    ...(facts.synchronousCommit === 'off' ? ['synchronous_commit'] : []),
  ];
  if (off.length > 0 && !allowUnsafe) {
    throw new StorageProblem(
      'unsafe',
      `The database has ${off.join(' and ')} switched off, so a comment could be lost after its sender was thanked.`,
      `Set ${off.map((name) => `${name} = on`).join(', ')} in postgresql.conf and reload the server.`,
    );
  }
}

/** The facts of a server, under whichever role the connection has (synchronous_commit can differ by role). */
export function readServerFacts(connection: ConnectionSettings): Promise<ServerFacts> {
  return withConnection(connection, async (client) => {
    // Only what 9.6 understands as well: an old server is to be named, not to answer with a syntax error.
    const { rows } = await client.query<Record<string, string>>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
         current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
         current_setting('synchronous_commit') as synchronous_commit,
         current_setting('data_checksums') as data_checksums`,
    );
    const row = rows[0] ?? {};
    return {
      version: Number(row['version']),
      encoding: String(row['encoding']),
      fsync: row['fsync'] === 'on',
      fullPageWrites: row['full_page_writes'] === 'on',
      synchronousCommit: String(row['synchronous_commit']),
      dataChecksums: row['data_checksums'] === 'on',
    };
  });
}

function readableVersion(version: number): string {
  return version >= 100000
    ? `${Math.floor(version / 10000)}`
    : `${Math.floor(version / 10000)}.${Math.floor(version / 100) % 100}`;
}
