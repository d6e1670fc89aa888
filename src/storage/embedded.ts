import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type ConnectionSettings, connectionToSocket } from './connections.ts';
import { prepareDataFolder } from './dataFolder.ts';
import { database, owner } from './embedded/cluster.ts';
import { type ServerFolders, socketPort } from './embedded/folders.ts';
import { locateServer } from './embedded/place.ts';
import { joinServer, leaveServer, type ServerChoice } from './embedded/presence.ts';
import type { StorageSettings } from './settings.ts';

/** The embedded server as one process sees it. */
export type EmbeddedHome = {
  clusterFolder: string;
  socketFolder: string;
  /** One sentence for the operator, where this process was the first to keep the cluster outside the data folder. */
  notice?: string | undefined;
  /** Its superuser, who owns the database. */
  owner: ConnectionSettings;
  /** Leaves the server; whoever leaves last stops it. Twice is once. */
  leave(): Promise<void>;
};

/** Joins the embedded server of the data folder, and starts it first where it does not run. As long as this process
 *  has not left, a server that was killed is started again. Throws a StorageProblem that names the mend. */
export async function openEmbedded(
  settings: Pick<StorageSettings, 'dataFolder'> & ServerChoice,
): Promise<EmbeddedHome> {
  await prepareDataFolder(settings.dataFolder);
  const { folders, notice } = await locateServer(settings.dataFolder);
  const { socketFolder, leave } = await stayPresent(folders, settings);
  return {
    clusterFolder: folders.cluster,
    socketFolder,
    notice,
    owner: connectionToSocket(socketFolder, { port: socketPort, user: owner, database }),
    leave,
  };
}

async function stayPresent(
  folders: ServerFolders,
  { binaries, connections }: ServerChoice,
): Promise<{ socketFolder: string; leave: () => Promise<void> }> {
  const leaving = new AbortController();
  let present = await joinServer(folders, { binaries, connections, signal: leaving.signal });
  let returning: Promise<void> = Promise.resolve();
  const watch = (client: pg.Client): void => {
    client.once('end', () => {
      if (!leaving.signal.aborted) returning = comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    for (let wait = 100; !leaving.signal.aborted; wait = Math.min(wait * 2, 30_000)) {
      try {
        present = await joinServer(folders, { binaries, connections, signal: leaving.signal });
        return watch(present.client);
      } catch {
        // A full disk, say. Queries fail and say so meanwhile; the next try may find it mended.
        await pause(wait, undefined, { signal: leaving.signal }).catch(() => {});
      }
    }
  };
  watch(present.client);
  let left: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    leaving.abort();
    await returning;
    await leaveServer(present.client, folders);
  };
  return { socketFolder: present.socketFolder, leave: () => (left ??= leave()) };
}
